"""Replies that operators keep ready: one's own, and those that all share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Lang
from bot.storage import audit
from bot.storage.desk_tables import canned
from bot.storage.engine import Database
from bot.storage.errors import NoSuchReplyError, TooManyRepliesError
from bot.storage.types import bound

MOST = 60
"""Of one's own, and of the shared ones: more nobody looks through while somebody waits."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One reply. `owner` is empty where all share it."""

    id: int
    owner: str
    lang: Lang
    title: str
    text: str


class Canned:
    """A small table; nothing is cached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, owner: str, lang: Lang | None = None) -> Sequence[Ready]:
        """One's own first, then the shared ones, in the order in which they were made."""
        columns = [canned.c[name] for name in Ready.__dataclass_fields__]
        query = select(*columns).where(or_(canned.c.owner == owner, canned.c.owner == ""))
        if lang is not None:
            query = query.where(canned.c.lang == lang)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(canned.c.owner == "", canned.c.id))
            return [Ready(**row._mapping) for row in rows]

    async def add(self, owner: str, lang: Lang, title: str, text: str, by: str, now: datetime) -> None:
        """One more; `owner` is empty for all. TooManyRepliesError."""
        row = {"owner": owner, "lang": lang, "title": title, "text": text, "by": by, "at": now}
        async with self._database.write() as connection:
            if await _count(connection, owner) >= MOST:
                raise TooManyRepliesError(f"{MOST} are there already.")
            await connection.execute(insert(canned), bound(canned, row))
            await audit.write(connection, by, "reply kept", "" if owner else "shared", now)

    async def remove(self, number: int, owner: str, by: str, now: datetime) -> None:
        """One of this owner, or of the shared ones where it is empty. NoSuchReplyError."""
        mine = (canned.c.id == number) & (canned.c.owner == owner)
        async with self._database.write() as connection:
            if (await connection.execute(delete(canned).where(mine))).rowcount != 1:
                raise NoSuchReplyError(f"There is no reply {number} of theirs.")
            await audit.write(connection, by, "reply dropped", "" if owner else "shared", now)


async def _count(connection: AsyncConnection, owner: str) -> int:
    return await connection.scalar(select(func.count()).select_from(canned).where(canned.c.owner == owner)) or 0
