"""What operators write for one another, and which cases are about the same person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.desk_tables import case_links, notes
from bot.storage.engine import insert_if_new
from bot.storage.types import bound


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note."""

    at: datetime
    by: str
    text: str


async def add(connection: AsyncConnection, case_id: UUID, by: str, text: str, now: datetime) -> None:
    """Behind those that stand there."""
    row = {"case_id": case_id, "by": by, "text": text, "at": now}
    await connection.execute(insert(notes), bound(notes, row))


async def of(connection: AsyncConnection, case_id: UUID) -> Sequence[Note]:
    """Oldest first."""
    query = select(notes.c.at, notes.c.by, notes.c.text).where(notes.c.case_id == case_id).order_by(notes.c.id)
    return [Note(**row._mapping) for row in await connection.execute(query)]


async def link(connection: AsyncConnection, dialect: str, one: UUID, other: UUID) -> None:
    """Both ways; a case is not linked to itself."""
    pairs = [] if one == other else [{"case_id": one, "other_id": other}, {"case_id": other, "other_id": one}]
    for pair in pairs:
        await connection.execute(insert_if_new(dialect, case_links), pair)


async def linked(connection: AsyncConnection, case_id: UUID) -> Sequence[UUID]:
    """The cases about the same person."""
    return list(await connection.scalars(select(case_links.c.other_id).where(case_links.c.case_id == case_id)))
