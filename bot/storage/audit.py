"""Who did what, when: written with the change itself, never altered. Ids and names of operators, no person's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.desk_tables import audit
from bot.storage.engine import Database
from bot.storage.errors import BadCursorError

_ADD = insert(audit)
SEEN_LASTS = timedelta(hours=1)
"""Who sees the same thing again within it leaves no second line."""


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
    await connection.execute(_ADD, _row(who, action, item, now, detail))


def _row(who: str, action: str, item: str, now: datetime, detail: str = "") -> dict[str, object]:
    return {"at": now, "who": who, "action": action, "item": item[:80], "detail": detail.strip()[:120]}


class Audit:
    """The log as auditors and the history of a case read it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, who: str, action: str, item: str, now: datetime, detail: str = "") -> None:
        """What changes nothing in the database, but must be known: a reading, an export. StoreBusyError."""
        async with self._database.write() as connection:
            await write(connection, who, action, item, now, detail)

    async def seen(self, who: str, items: Sequence[str], now: datetime, action: str = "read") -> None:
        """Somebody saw a person's words: one line a reader and item, until SEEN_LASTS is over. StoreBusyError."""
        lately = (audit.c.at > now - SEEN_LASTS) & (audit.c.at <= now)
        known = select(audit.c.item).where(
            audit.c.item.in_(items), audit.c.who == who, audit.c.action == action, lately
        )
        async with self._database.read() as connection:
            told = set(await connection.scalars(known))
        new = [_row(who, action, item, now) for item in dict.fromkeys(items) if item not in told]
        if new:
            async with self._database.write() as connection:
                await connection.execute(_ADD, new)

    async def of(self, item: str) -> Sequence[Entry]:
        """All that was done with one thing, oldest first."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(*_COLUMNS).where(audit.c.item == item).order_by(audit.c.id))
        return [Entry(**row._mapping) for row in rows]

    async def page(
        self, cursor: str | None, limit: int, since: datetime | None = None, until: datetime | None = None,
        *, but: str = "", **exact: str,
    ) -> tuple[Sequence[Entry], str | None]:  # fmt: skip
        """Newest first, from `since` until before `until`, and the cursor of the next page. BadCursorError.

        `exact`: the who, action or item of those that are wanted; `but`: an action that is left out.
        """
        query = select(*_COLUMNS).order_by(audit.c.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(audit.c.id < numbered(cursor))
        query = query.where(audit.c.action != but, *(audit.c[name] == value for name, value in exact.items()))
        if since is not None:
            query = query.where(audit.c.at >= since)
        if until is not None:
            query = query.where(audit.c.at < until)
        async with self._database.read() as connection:
            rows = [Entry(**row._mapping) for row in await connection.execute(query)]
        return rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None

    async def known(self) -> tuple[Sequence[str], Sequence[str]]:
        """Who ever did something, and what was ever done, to choose from."""
        found = []
        async with self._database.read() as connection:
            for column in (audit.c.who, audit.c.action):
                found.append(list(await connection.scalars(select(column).distinct().order_by(column))))
        return [name for name in found[0] if name], found[1]


def numbered(cursor: str) -> int:
    """A cursor that is an id. BadCursorError."""
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 18):
        raise BadCursorError("not a cursor of ours")
    return int(cursor)
