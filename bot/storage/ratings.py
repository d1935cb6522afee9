"""«¿Le sirvió?», counted by answer, for the editors; nobody knows who said it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from bot.storage.engine import Database
from bot.storage.tables import ratings


@dataclass(frozen=True, slots=True)
class Rated:
    """One answer: how often it did not help, and did."""

    topic: str
    section: str
    no: int
    yes: int
    langs: tuple[str, ...]
    last: datetime


class Ratings:
    """Reads alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unhelpful(self, since: datetime, limit: int) -> Sequence[Rated]:
        """Answers that did not help somebody, the worst first."""
        helped = ratings.c.helped.is_(True)
        no, yes = func.sum(case((helped, 0), else_=1)), func.sum(case((helped, 1), else_=0))
        langs = func.min(ratings.c.lang), func.max(ratings.c.lang)
        query = (
            select(ratings.c.topic, ratings.c.section, no, yes, *langs, func.max(ratings.c.at))
            .where(ratings.c.at >= since)
            .group_by(ratings.c.topic, ratings.c.section)
            .having(no > 0)
            .order_by(no.desc(), yes, ratings.c.topic, ratings.c.section)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query.limit(limit))).all()
        return [Rated(row[0], row[1], row[2], row[3], tuple(sorted({row[4], row[5]})), row[6]) for row in rows]
