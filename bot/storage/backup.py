"""A copy of an embedded database, and the way back: erased people stay erased, closed accounts stay closed."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from bot.storage import audit as log
from bot.storage.desk_tables import api_tokens, audit, sessions
from bot.storage.engine import Database
from bot.storage.errors import InUseError
from bot.storage.rows import REMINDER
from bot.storage.tables import conversations, messages, operators, outbox, timers

ERASED = "erased"
"""The action of the log whose item is the conversation that is gone."""


def copy(source: Path, target: Path) -> None:
    """A consistent copy of a database that may be in use, for this user alone. FileExistsError, sqlite3.Error."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        (found,) = there.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(f"the copy is not whole: {found}")
        there.execute("PRAGMA journal_mode=DELETE")


def refuse_in_use(path: Path) -> None:
    """InUseError where another process has the database open."""
    with closing(sqlite3.connect(path, timeout=0.2, isolation_level=None)) as alone:
        try:
            alone.execute("PRAGMA locking_mode=EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            raise InUseError("Another process uses this database: stop the server first.") from error


@dataclass(frozen=True, slots=True)
class Since:
    """What must not be undone by going back to an older copy."""

    erased: Sequence[UUID]
    closed: Sequence[str]
    revoked: Sequence[int]
    entries: Sequence[dict[str, object]]
    """All of the log."""


async def since(current: Database) -> Since:
    """From the database that is given up."""
    async with current.read() as connection:
        gone = await connection.scalars(select(audit.c.item).where(audit.c.action == ERASED))
        closed = await connection.scalars(select(operators.c.name).where(operators.c.disabled_at.is_not(None)))
        revoked = await connection.scalars(select(api_tokens.c.id).where(api_tokens.c.revoked_at.is_not(None)))
        entries = [dict(row) for row in (await connection.execute(select(audit).order_by(audit.c.id))).mappings()]
        return Since([UUID(item) for item in gone], list(closed), list(revoked), entries)


async def settle(restored: Database, later: Since | None, now: datetime) -> int:
    """What a copy must not bring back: erased people (how many), closed accounts, sessions, replies sent long ago."""
    async with restored.write() as connection:
        # What waited when the copy was made was sent since, or is too late: nothing must pop up on a telephone now.
        await connection.execute(delete(outbox))
        unsent = messages.c.delivery.in_(("queued", "held"))
        await connection.execute(update(messages).where(unsent).values(delivery="failed", why="restored"))
        # Who wrote BAJA since is reminded of nothing; of the others it is looked again when they write.
        await connection.execute(delete(timers).where(timers.c.kind == REMINDER))
        await connection.execute(delete(sessions))
        count = 0
        if later is not None:
            gone = delete(conversations).where(conversations.c.id.in_(later.erased))
            count = (await connection.execute(gone)).rowcount
            closed = operators.c.name.in_(later.closed) & operators.c.disabled_at.is_(None)
            await connection.execute(update(operators).where(closed).values(disabled_at=now))
            revoked = api_tokens.c.id.in_(later.revoked) & api_tokens.c.revoked_at.is_(None)
            await connection.execute(update(api_tokens).where(revoked).values(revoked_at=now))
            known = set(await connection.scalars(select(audit.c.id)))
            new = [entry for entry in later.entries if entry["id"] not in known]
            if new:
                await connection.execute(insert(audit), new)
        await log.write(connection, "cli", "restored", "", now, f"{count} erased again")
    await restored.scrub()
    return count
