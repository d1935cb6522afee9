"""An outbox in memory, true to `bot.conversation.ports.Outbox`; keeps a log of what became of each row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bot.conversation.ports import OutboxRow, Timer
from bot.storage import Database, DatabaseOutbox
from bot.storage.sending import _row
from bot.storage.tables import outbox


@dataclass
class MemoryOutbox:
    rows: dict[int, OutboxRow] = field(default_factory=dict)
    due_at: dict[int, datetime] = field(default_factory=dict)
    in_hand: set[int] = field(default_factory=set)
    parts_sent: dict[int, str] = field(default_factory=dict)
    """Sent and not marked yet, by row, with the provider's id."""
    timers: dict[int, Timer] = field(default_factory=dict)
    log: list[tuple[str, int, str]] = field(default_factory=list)
    """(sent | retry | failed | unreachable, row, provider's id or why)."""
    errors: list[Exception] = field(default_factory=list)
    """The next questions for what is due raise these."""
    gathers: float = 0.0
    throttled: bool = False
    mark_errors: list[Exception] = field(default_factory=list)
    """The next marks as sent raise these."""

    def add(self, row: OutboxRow, at: datetime) -> None:
        self.rows[row.id] = row
        self.due_at[row.id] = at

    async def settle(self, now: datetime) -> Mapping[int, Sequence[str]]:
        return {}

    async def claim(
        self,
        now: datetime,
        room: Mapping[str, int],
        ordinary: Mapping[str, int] | None = None,
        only: UUID | None = None,
    ) -> Sequence[OutboxRow]:
        if self.errors:
            raise self.errors.pop(0)
        taken, seen, found = Counter[str](), set[UUID](), []
        for number in sorted(self.rows.keys() - self.parts_sent.keys()):
            row = self.rows[number]
            first = row.conversation_id not in seen
            seen.add(row.conversation_id)
            if (
                first
                and only in (None, row.conversation_id)
                and number not in self.in_hand
                and self.due_at[number] <= now
            ):
                found.append(row)
        found.sort(key=lambda row: row.priority)
        for row in found:
            places = room if not row.priority or ordinary is None else ordinary
            if taken[row.channel] < places.get(row.channel, 0):
                taken[row.channel] += 1
                self.in_hand.add(row.id)
        return [row for row in found if row.id in self.in_hand]

    def said(self, row: OutboxRow, provider_id: str, *, whole: bool) -> None:
        if whole:
            self.parts_sent[row.id] = provider_id

    @property
    def unmarked(self) -> int:
        return len(self.parts_sent)

    async def mark(self) -> None:
        if self.mark_errors:
            raise self.mark_errors.pop(0)
        for number, provider_id in self.parts_sent.items():
            self.log.append(("sent", number, provider_id))
            del self.rows[number]
        self.parts_sent.clear()

    def let_go(self, row: OutboxRow) -> None:
        self.in_hand.discard(row.id)

    async def give_back(self, now: datetime) -> None:
        pass

    async def leave(self) -> None:
        pass

    async def retry(self, row: OutboxRow, at: datetime, why: str, pause_until: datetime | None = None) -> None:
        self.log.append(("retry", row.id, why))
        self.rows[row.id] = replace(row, attempts=row.attempts + 1)
        self.due_at[row.id] = at

    async def failed(self, row: OutboxRow, why: str, *, unreachable: bool) -> None:
        self.log.append(("unreachable" if unreachable else "failed", row.id, why))
        gone = [n for n, r in self.rows.items() if unreachable and r.conversation_id == row.conversation_id]
        for number in {row.id, *gone}:
            del self.rows[number]

    async def hold_back(self, row: OutboxRow, why: str, now: datetime) -> None:
        self.log.append(("held", row.id, why))
        del self.rows[row.id]

    async def timers_due(self, now: datetime) -> Sequence[Timer]:
        return sorted((t for t in self.timers.values() if t.due_at <= now), key=lambda timer: timer.due_at)

    async def timer_done(self, timer_id: int) -> None:
        self.timers.pop(timer_id, None)


async def unsent(database: Database) -> list[OutboxRow]:
    """All that waits, in the order in which it was queued."""
    async with database.read() as connection:
        return [_row(row) for row in (await connection.execute(select(outbox).order_by(outbox.c.id))).mappings()]


async def claim(box: DatabaseOutbox, now: datetime, most: int = 100) -> Sequence[OutboxRow]:
    """What may go out now, on any channel."""
    return await box.claim(now, dict.fromkeys(("telegram", "whatsapp", "sms", "web"), most))


async def went_out(box: DatabaseOutbox, row: OutboxRow, provider_id: str = "p") -> None:
    """It went out whole, and is marked."""
    box.said(row, provider_id, whole=True)
    box.let_go(row)
    await box.mark()
