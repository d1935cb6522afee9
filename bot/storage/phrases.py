"""Phrases that were not understood, masked, for the editors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

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

    async def newest(self, limit: int) -> Sequence[Phrase]:
        """Newest first."""
        columns = [unanswered.c[name] for name in Phrase.__dataclass_fields__]
        async with self._database.read() as connection:
            rows = await connection.execute(select(*columns).order_by(unanswered.c.id.desc()).limit(limit))
        return [Phrase(**row._mapping) for row in rows]
