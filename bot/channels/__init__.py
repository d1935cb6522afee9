"""Channels: each a reader, a sender and a statement of what it can show; splitting and fallback are shared."""
