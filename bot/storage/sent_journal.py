"""What was sent, written down before the database knows: so that a crash in between repeats nothing."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.conversation.ports import OutboxRow
from bot.storage.ring import Ring

SLOTS = 1024
"""Far more than the replies that are sent and not yet marked at any time."""
SIZE = 256
"""Bytes of a record: row, its time, whether it was the last part, the provider's id."""
_LONGEST_ID = 180

Key = tuple[int, int]
"""A row's number and when it was queued: numbers come again after a backup is restored."""


class SentJournal:
    """One file beside an embedded database."""

    gathers = 0.1

    def __init__(self, path: Path) -> None:
        self._ring = Ring(path, SLOTS, SIZE)
        self.sent: dict[Key, str] = {}
        """Before this start, rows of which all parts went out, with the provider's id of the last one."""
        self.begun: dict[Key, list[str]] = {}
        """Rows of which some did."""
        for number, at, whole, provider_id in self._ring.records:
            self.begun.setdefault((number, at), []).append(provider_id)
            if whole:
                self.sent[number, at] = provider_id

    def note(self, row: OutboxRow, provider_id: str, *, whole: bool) -> None:
        """A part went out."""
        self._ring.write(row.id, micros(row.queued_at), whole, provider_id[:_LONGEST_ID])

    def close(self) -> None:
        """At the end of the process."""
        self._ring.close()


class NoJournal:
    """Where many processes share a database: it is marked at once, and a claim runs out by itself."""

    gathers = 0.0
    sent: Mapping[Key, str] = {}
    begun: Mapping[Key, list[str]] = {}

    def note(self, row: OutboxRow, provider_id: str, *, whole: bool) -> None:
        """Nothing is kept."""


def micros(at: datetime | None) -> int:
    """A time as a whole number; what a database keeps of it."""
    return int(at.timestamp() * 1_000_000) if at else 0
