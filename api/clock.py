"""The one clock of the web process."""

from datetime import UTC, datetime


def now() -> datetime:
    """In UTC."""
    return datetime.now(UTC)
