"""For the editors: phrases that were not understood, masked, and what people said of the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.storage.audit import numbered
from bot.storage.engine import Database
from bot.storage.tables import unanswered


@dataclass(frozen=True, slots=True)
class Phrase:
    """What somebody asked and got no answer to."""

    id: int
    text: str
    lang: str
    at: datetime


class Phrases:
    """Reads alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, cursor: str | None, limit: int) -> tuple[Sequence[Phrase], str | None]:
        """Newest first, and the cursor of the next page. BadCursorError."""
        query = select(*(unanswered.c[name] for name in Phrase.__dataclass_fields__))
        if cursor is not None:
            query = query.where(unanswered.c.id < numbered(cursor))
        async with self._database.read() as connection:
            found = await connection.execute(query.order_by(unanswered.c.id.desc()).limit(limit + 1))
        rows = [Phrase(**row._mapping) for row in found]
        return rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None
