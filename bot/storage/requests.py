"""Requests that named a key of their own, so that who sends one twice has it done once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from bot.storage.desk_tables import requests
from bot.storage.engine import Database, insert_if_new
from bot.storage.types import bound

KEPT = timedelta(days=1)
"""Who sends it again later has it done again."""
RUNS = timedelta(minutes=2)
"""No request lasts longer: one that has not ended by then was broken off, and the same key may try again."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a request that came before."""

    fingerprint: bytes
    status: int | None
    """None: it has not ended, or this process died in it."""
    case_id: UUID | None
    """The case that it was answered with; the words of the answer are not kept."""
    answer: str | None
    """The answer itself, where it speaks of nobody."""


_COLUMNS = [requests.c[name] for name in Known.__dataclass_fields__]


class Requests:
    """By the hash of who sent it and its key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, key: bytes, fingerprint: bytes, now: datetime) -> Known | None:
        """None where it is new, and from now on known. StoreBusyError."""
        async with self._database.write() as connection:
            broken_off = requests.c.status.is_(None) & (requests.c.at < now - RUNS)
            over = or_(requests.c.at < now - KEPT, broken_off)
            await connection.execute(delete(requests).where(requests.c.key == key, over))
            new = insert_if_new(connection.dialect.name, requests)
            row = {"key": key, "fingerprint": fingerprint, "at": now}
            if (await connection.execute(new, row)).rowcount == 1:
                return None
            found = (await connection.execute(select(*_COLUMNS).where(requests.c.key == key))).one()
            return Known(**found._mapping)

    async def finish(self, key: bytes, status: int, case_id: UUID | None, answer: str | None) -> None:
        """It was done. StoreBusyError."""
        values = {"status": status, "case_id": case_id, "answer": answer}
        async with self._database.write() as connection:
            await connection.execute(
                update(requests).where(requests.c.key == key).values(bound(requests, values, key=key))
            )

    async def forget(self, key: bytes) -> None:
        """It was refused: the same key may try again. StoreBusyError."""
        async with self._database.write() as connection:
            await connection.execute(delete(requests).where(requests.c.key == key))
