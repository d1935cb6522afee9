"""When to try again, when to give up, and which channel has to wait."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.conversation.ports import OutboxRow, RateLimitedError


@dataclass(frozen=True, slots=True)
class Retries:
    """Growing pauses with full jitter: somewhere between nothing and `first` * 2 ** attempts, at most `longest`."""

    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=10)
    attempts: int = 300
    """More than a day holds at the longest pause: what gives up is the day."""
    age: timedelta = timedelta(hours=24)

    def pause(self, attempts: int, random: Callable[[], float]) -> timedelta:
        """After so many failed attempts before this one; `random` gives 0 to 1."""
        return min(self.longest, self.first * (1 << min(attempts, 30))) * random()

    def exhausted(self, row: OutboxRow, now: datetime) -> bool:
        """Whether the attempt that just failed was the last one."""
        too_old = row.queued_at is not None and now - row.queued_at >= self.age
        return too_old or row.attempts + 1 >= self.attempts


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
        until = now + timedelta(seconds=max(0.0, error.retry_after))
        first, waits = self._limited.get(row.channel, (row.conversation_id, now))
        if first != row.conversation_id and waits > now:
            self._until[row.channel] = max(until, self._until.get(row.channel, until))
        self._limited[row.channel] = (row.conversation_id, until)
        return until

    def paused(self, channel: str, now: datetime) -> bool:
        """Whether the channel has to wait."""
        return self._until.get(channel, now) > now

    def any(self, now: datetime) -> bool:
        """Whether some channel has to wait."""
        return any(until > now for until in self._until.values())
