"""Dates in messages: read, and said."""
