"""What editors stopped, for every process that looks; kept for ever as a record, and in the log of who did what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from bot.storage import audit
from bot.storage.engine import Database
from bot.storage.tables import withdrawals


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One decision about an id; the newest of an id counts."""

    item: str
    stopped: bool
    why: str
    by: str
    at: datetime


class Withdrawals:
    """An append-only list of decisions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, decision: Withdrawal) -> None:
        """Stop an id, or let it be said again."""
        async with self._database.write() as connection:
            row = {name: getattr(decision, name) for name in Withdrawal.__dataclass_fields__}
            await connection.execute(insert(withdrawals), row)
            done = "withdrew" if decision.stopped else "restored"
            await audit.write(connection, decision.by, done, decision.item, decision.at)

    async def history(self) -> list[Withdrawal]:
        """All decisions, oldest first."""
        columns = [withdrawals.c[name] for name in Withdrawal.__dataclass_fields__]
        async with self._database.read() as connection:
            rows = await connection.execute(select(*columns).order_by(withdrawals.c.id))
        return [Withdrawal(**row._mapping) for row in rows]

    async def stopped(self) -> frozenset[str]:
        """The ids that must not be said now."""
        last = {decision.item: decision.stopped for decision in await self.history()}
        return frozenset(item for item, is_stopped in last.items() if is_stopped)
