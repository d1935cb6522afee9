"""Danger: found in messages, asked about, helped with."""
