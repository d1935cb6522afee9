"""What the figures are counted from: the log of what happened to cases, and how the queue stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.conversation import Level
from bot.conversation.ports import Priority
from bot.storage.audit import Entry
from bot.storage.desk_tables import audit
from bot.storage.engine import Database
from bot.storage.tables import cases, outbox

COUNTED = ("opened", "reopened", "claimed", "answered", "resolved", "lapsed")
ENTRIES = 50_000
"""The newest so many."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Cases that are not resolved, of one level."""

    level: Level
    status: str
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Unsent:
    """Replies of one priority that wait to be sent."""

    priority: Priority
    count: int
    oldest: datetime


class Figures:
    """Reads alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def happened(self, since: datetime, until: datetime | None = None) -> Sequence[Entry]:
        """What happened to cases, oldest first; `until` itself is left out."""
        columns = [audit.c[name] for name in Entry.__dataclass_fields__]
        query = select(*columns).where(audit.c.at >= since, audit.c.action.in_(COUNTED))
        if until is not None:
            query = query.where(audit.c.at < until)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(audit.c.id.desc()).limit(ENTRIES))
            return [Entry(**row._mapping) for row in rows][::-1]

    async def standing(self) -> Sequence[Standing]:
        """How many wait and are held now."""
        query = select(cases.c.level, cases.c.status, func.count().label("count"), func.min(cases.c.opened_at)).where(
            cases.c.status != "resolved"
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query.group_by(cases.c.level, cases.c.status))).all()
        return [Standing(*row) for row in rows]

    async def unsent(self) -> Sequence[Unsent]:
        """Replies that wait to be sent, by priority."""
        columns = (outbox.c.priority, func.count().label("count"), func.min(outbox.c.queued_at))
        async with self._database.read() as connection:
            rows = (await connection.execute(select(*columns).group_by(outbox.c.priority))).all()
        return [Unsent(Priority(priority), count, oldest) for priority, count, oldest in rows]
