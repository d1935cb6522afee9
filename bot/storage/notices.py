"""Dated notices of editors, for every process that looks; kept for ever, and undone by a withdrawal of the id."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select

from bot.storage import audit
from bot.storage.engine import Database
from bot.storage.tables import notices

PREFIX = "notice-"


@dataclass(frozen=True, slots=True)
class Published:
    """A notice as it was published."""

    id: str
    topics: frozenset[str]
    es: str
    en: str
    begins: date
    ends: date
    by: str
    at: datetime


class Notices:
    """An append-only list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def publish(
        self, topics: frozenset[str], es: str, en: str, begins: date, ends: date, by: str, now: datetime
    ) -> Published:
        """As it is kept, with its id."""
        named = " ".join(sorted(topics))
        row = {"topics": named, "es": es, "en": en, "begins": begins, "ends": ends, "by": by, "at": now}
        async with self._database.write() as connection:
            (key,) = (await connection.execute(insert(notices).returning(notices.c.id), row)).one()
            await audit.write(connection, by, "published", f"{PREFIX}{key}", now, named)
        return Published(f"{PREFIX}{key}", topics, es, en, begins, ends, by, now)

    async def all(self) -> list[Published]:
        """Oldest first, those that are over or undone too."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(notices).order_by(notices.c.id))).mappings().all()
        return [
            Published(**{**row, "id": f"{PREFIX}{row['id']}", "topics": frozenset(row["topics"].split())})
            for row in rows
        ]
