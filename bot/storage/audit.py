"""Who did what, when: written with the change itself, never altered. Ids and names of operators, no person's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.desk_tables import audit
from bot.storage.engine import Database
from bot.storage.errors import BadCursorError

_ADD = insert(audit)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did; `who` is empty where no operator did it."""

    id: int
    at: datetime
    who: str
    action: str
    item: str
    detail: str


_COLUMNS = [audit.c[name] for name in Entry.__dataclass_fields__]


async def write(connection: AsyncConnection, who: str, action: str, item: str, now: datetime, detail: str = "") -> None:
    """In the transaction of what was done."""
    row = {"at": now, "who": who, "action": action, "item": item[:80], "detail": detail.strip()[:120]}
    await connection.execute(_ADD, row)


class Audit:
    """The log as auditors and the history of a case read it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, who: str, action: str, item: str, now: datetime, detail: str = "") -> None:
        """What changes nothing in the database, but must be known: a reading, an export. StoreBusyError."""
        async with self._database.write() as connection:
            await write(connection, who, action, item, now, detail)

    async def of(self, item: str) -> Sequence[Entry]:
        """All that was done with one thing, oldest first."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(*_COLUMNS).where(audit.c.item == item).order_by(audit.c.id))
        return [Entry(**row._mapping) for row in rows]

    async def page(self, cursor: str | None, limit: int) -> tuple[Sequence[Entry], str | None]:
        """Newest first, and the cursor of the next page. BadCursorError."""
        query = select(*_COLUMNS).order_by(audit.c.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(audit.c.id < numbered(cursor))
        async with self._database.read() as connection:
            rows = [Entry(**row._mapping) for row in await connection.execute(query)]
        return rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None


def numbered(cursor: str) -> int:
    """A cursor that is an id. BadCursorError."""
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 18):
        raise BadCursorError("not a cursor of ours")
    return int(cursor)
