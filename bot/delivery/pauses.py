"""When to try again, when to give up, and which channel has to wait."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bot.conversation.ports import LONGEST_PAUSE, OutboxRow, Priority, RateLimitedError


@dataclass(frozen=True, slots=True)
class Retries:
    """Growing pauses with full jitter: between nothing and `first` * 2 ** attempts, at most `longest`."""

    first: timedelta = timedelta(seconds=2)
    longest: Mapping[Priority, timedelta] = field(default_factory=lambda: LONGEST_PAUSE)
    attempts: int = 300
    """About a day, at the longest pause of an ordinary reply."""
    age: timedelta = timedelta(hours=24)

    def pause(self, row: OutboxRow, random: Callable[[], float]) -> timedelta:
        """After an attempt that failed; `random` gives 0 to 1."""
        return min(self.longest[row.priority], self.first * (1 << min(row.attempts, 30))) * random()

    def exhausted(self, row: OutboxRow, now: datetime) -> bool:
        """Whether the attempt that just failed was the last one: tried often, and for a day; a clock may jump."""
        old = row.queued_at is None or now - row.queued_at >= self.age
        return old and row.attempts + 1 >= self.attempts


LONGEST = max(LONGEST_PAUSE.values())
"""No channel is waited for longer than this without another try."""


class Pauses:
    """Which channels must not be sent to now.

    A provider limits one chat and the whole account with the same words. So one limited person waits alone, and
    only a second one, limited while the first still waits, stops the channel: nobody can silence it for all by
    writing a lot.
    """

    def __init__(self) -> None:
        self._limited: dict[str, tuple[UUID, datetime]] = {}
        self._until: dict[str, datetime] = {}

    def limited(self, row: OutboxRow, error: RateLimitedError, now: datetime) -> datetime:
        """Note it; when this row may be tried again."""
        until = now + min(LONGEST, timedelta(seconds=max(0.0, error.retry_after)))
        first, waits = self._limited.get(row.channel, (row.conversation_id, now))
        if first != row.conversation_id and waits > now:
            self._until[row.channel] = max(until, self._until.get(row.channel, until))
        self._limited[row.channel] = (row.conversation_id, until)
        return until

    def until(self, channel: str) -> datetime | None:
        """When a channel that has to wait is tried again, once it was ever stopped."""
        return self._until.get(channel)

    def paused(self, channel: str, now: datetime) -> bool:
        """Whether the channel has to wait; what lies too far away was noted before the clock jumped back."""
        return now < self._until.get(channel, now) <= now + LONGEST
