"""An outbox in memory, true to `bot.conversation.ports.Outbox`; keeps a log of what became of each row."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from bot.conversation.ports import OutboxRow, Timer


@dataclass
class MemoryOutbox:
    rows: dict[int, OutboxRow] = field(default_factory=dict)
    due_at: dict[int, datetime] = field(default_factory=dict)
    timers: dict[int, Timer] = field(default_factory=dict)
    log: list[tuple[str, int, str]] = field(default_factory=list)
    """(sent | retry | failed | unreachable, row, provider's id or why)."""
    errors: list[Exception] = field(default_factory=list)
    """The next questions for what is due raise these."""
    mark_errors: list[Exception] = field(default_factory=list)
    """The next marks as sent raise these."""

    def add(self, row: OutboxRow, at: datetime) -> None:
        self.rows[row.id] = row
        self.due_at[row.id] = at

    async def due(self, now: datetime, limit: int) -> Sequence[OutboxRow]:
        if self.errors:
            raise self.errors.pop(0)
        held_up: set[UUID] = set()
        due: list[OutboxRow] = []
        for number in sorted(self.rows):
            row = self.rows[number]
            if self.due_at[number] > now:
                held_up.add(row.conversation_id)
            if row.conversation_id not in held_up:
                due.append(row)
        return due[:limit]

    async def still_due(self, row: OutboxRow) -> bool:
        return row.id in self.rows

    async def sent(self, row: OutboxRow, provider_id: str, now: datetime) -> None:
        if self.mark_errors:
            raise self.mark_errors.pop(0)
        self.log.append(("sent", row.id, provider_id))
        del self.rows[row.id]

    async def retry(self, row: OutboxRow, at: datetime, why: str) -> None:
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
