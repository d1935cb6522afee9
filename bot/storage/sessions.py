"""Who is logged in where: sessions of the console, listed and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.storage import audit
from bot.storage.crypto import token_hash
from bot.storage.desk_tables import sessions
from bot.storage.engine import Database
from bot.storage.errors import NoSuchSessionError
from bot.storage.logins import IDLE, LONGEST
from bot.storage.tables import operators

_SHOWN = 16
"""Letters of a session's hash: enough to name one of a few, and no use to anybody else."""


@dataclass(frozen=True, slots=True)
class Session:
    """One that still opens the console."""

    id: str
    started_at: datetime
    used_at: datetime
    is_this: bool
    """The one that asks."""


class Sessions:
    """Of one operator."""

    def __init__(self, database: Database, operator: str) -> None:
        self._database = database
        self._operator = operator

    async def all(self, now: datetime, token: str = "") -> Sequence[Session]:
        """Newest first; `token` is that of the one that asks."""
        alive = (sessions.c.started_at > now - LONGEST) & (sessions.c.used_at > now - IDLE)
        query = (
            select(sessions.c.token_hash, sessions.c.started_at, sessions.c.used_at)
            .join(operators)
            .where(operators.c.name == self._operator, alive)
            .order_by(sessions.c.started_at.desc())
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        mine = token_hash(token)
        return [Session(_id(row[0]), row[1], row[2], row[0] == mine) for row in rows]

    async def end(self, session_id: str, now: datetime, by: str) -> None:
        """It opens nothing any more. NoSuchSessionError."""
        if await self._end([session_id], now, by) != 1:
            raise NoSuchSessionError("There is no such session.")

    async def end_all(self, now: datetime, by: str, *, but: str = "") -> int:
        """How many were ended; `but` is the token of the one that stays."""
        return await self._end([one.id for one in await self.all(now, but) if not one.is_this], now, by)

    async def _end(self, ids: Sequence[str], now: datetime, by: str) -> int:
        theirs = select(sessions.c.token_hash).join(operators).where(operators.c.name == self._operator)
        async with self._database.write() as connection:
            found = [one for one in await connection.scalars(theirs) if _id(one) in ids]
            await connection.execute(delete(sessions).where(sessions.c.token_hash.in_(found)))
            if found:
                await audit.write(connection, by, "sessions ended", self._operator, now, str(len(found)))
        return len(found)


def _id(hashed: bytes) -> str:
    return hashed.hex()[:_SHOWN]
