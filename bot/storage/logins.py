"""Passwords, second factors and sessions of the console; only hashes of passwords and of session tokens are kept."""

import asyncio
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, delete, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import audit
from bot.storage.crypto import token_hash
from bot.storage.desk_tables import sessions
from bot.storage.engine import Database
from bot.storage.errors import LogInRefusedError, NoSuchOperatorError, ThrottledError, WeakPasswordError
from bot.storage.operators import CLI_NAME, COLUMNS, Operator
from bot.storage.tables import operators
from bot.storage.throttle import Throttle
from bot.storage.types import bound

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
"""So that nobody keeps the hash busy."""
IDLE = timedelta(hours=1)
"""Without a click; what the page asks by itself does not count."""
LONGEST = timedelta(hours=12)
TOUCH = timedelta(minutes=5)
CODE_SECONDS = 30

_SECRET = re.compile("[A-Z2-7]{32}")
_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))
"""Checked for unknown names, so that they take as long as known ones."""
_OF_NAME = select(operators).where(operators.c.name == bindparam("name"), operators.c.disabled_at.is_(None))
_WHOSE = (
    select(*COLUMNS, sessions.c.started_at, sessions.c.used_at)
    .join(sessions, sessions.c.operator_id == operators.c.id)
    .where(sessions.c.token_hash == bindparam("hash"), operators.c.disabled_at.is_(None))
)


class Logins:
    """Who may use the console; nothing is cached, so that a disabled account is out at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._throttle = Throttle(database)

    async def set_password(self, name: str, password: str, now: datetime, *, by: str = CLI_NAME) -> None:
        """Also ends its sessions, and what wrong passwords have it wait. NoSuchOperatorError, WeakPasswordError."""
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise WeakPasswordError(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
        hashed = await asyncio.to_thread(_hasher.hash, password)
        await self._change(name, now, by, "password set", password_hash=hashed)
        await self._throttle.forget(name)

    async def set_second_factor(
        self, name: str, now: datetime, *, off: bool = False, secret: str | None = None, by: str = CLI_NAME
    ) -> str:
        """The address that an authenticator app takes, shown once; empty where it is switched off."""
        secret = None if off else secret or pyotp.random_base32()
        await self._change(name, now, by, "second factor off" if off else "second factor set", totp_secret=secret)
        return second_factor_address(name, secret) if secret else ""

    async def change_password(
        self, owner: Operator, old: str, code: str, new: str, now: datetime, source: str = ""
    ) -> str:
        """By its owner, who proves again who they are; all sessions end but the new one, whose token this is.

        As `log_in`, and WeakPasswordError.
        """
        await self.log_in(owner.name, old, code, now, source)
        await self.set_password(owner.name, new, now, by=owner.name)
        return await self._begin(owner.id, owner.name, 0, now)

    async def change_second_factor(
        self, owner: Operator, password: str, code: str, now: datetime, source: str = "", *, secret: str | None
    ) -> str:
        """By its owner: a new secret, proved by a code of it, or none; sessions as in `change_password`.

        To switch it off the code is one of the old secret. As `log_in`.
        """
        proved = secret is None or (_SECRET.fullmatch(secret) and _step(secret, code, now) is not None)
        if not proved:
            raise LogInRefusedError("Name, password or code is wrong.")
        await self.log_in(owner.name, password, "" if secret else code, now, source)
        await self.set_second_factor(owner.name, now, off=secret is None, secret=secret, by=owner.name)
        return await self._begin(owner.id, owner.name, (_step(secret, code, now) or 0) if secret else 0, now)

    async def log_in(self, name: str, password: str, code: str, now: datetime, source: str = "") -> str:
        """A new session's token; `source` is the network or the known device. LogInRefusedError, ThrottledError."""
        async with self._database.read() as connection:
            row = (await connection.execute(_OF_NAME, {"name": name[:80]})).mappings().first()
        secret = row["totp_secret"] if row else None
        step = _step(secret, code, now) if secret else 0
        wait = await self._throttle.begin(name, source, now, proven=bool(secret and step))
        if wait:
            raise ThrottledError(wait)
        right = await asyncio.to_thread(_matches, row["password_hash"] if row else None, password[:LONGEST_PASSWORD])
        if row is None or not right or step is None:
            # Of a name that nobody has nothing is kept: people type a password there by mistake.
            async with self._database.write() as connection:
                await audit.write(connection, "", "log-in failed", row["name"] if row else "", now)
            raise LogInRefusedError("Name, password or code is wrong.")
        token = await self._begin(row["id"], name, step, now)
        await self._throttle.succeeded(name, source)
        return token

    async def prove(self, owner: Operator, password: str, code: str, now: datetime, source: str = "") -> None:
        """That it is they who ask, before something grave; their sessions stay. As `log_in`."""
        await self.log_out(await self.log_in(owner.name, password, code, now, source))

    async def whose(self, token: str, now: datetime, *, by_itself: bool = False) -> Operator | None:
        """Whose session this is; `by_itself`: the page asked, not the operator."""
        known = {"hash": token_hash(token)}
        async with self._database.read() as connection:
            row = (await connection.execute(_WHOSE, known)).mappings().first()
        if row is None or now - row["used_at"] > IDLE or now - row["started_at"] > LONGEST:
            return None
        if now - row["used_at"] > TOUCH and not by_itself:
            async with self._database.write() as connection:
                here = sessions.c.token_hash == known["hash"]
                await connection.execute(update(sessions).where(here).values(used_at=now))
        return Operator(**{column.name: row[column.name] for column in COLUMNS})

    async def log_out(self, token: str) -> None:
        """The token opens nothing any more."""
        async with self._database.write() as connection:
            await connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash(token)))

    async def _begin(self, operator_id: UUID, name: str, step: int, now: datetime) -> str:
        token = secrets.token_urlsafe(32)
        row = {"token_hash": token_hash(token), "operator_id": operator_id, "started_at": now, "used_at": now}
        async with self._database.write() as connection:
            unused = operators.c.totp_used.is_(None) | (operators.c.totp_used < step) if step else true()
            mine = update(operators).where(operators.c.id == operator_id, unused)
            # A code that was seen once opens nothing again, also where both come in the same instant.
            seen = {"totp_used": step} if step else {"totp_used": operators.c.totp_used}
            if (await connection.execute(mine.values(**seen))).rowcount != 1:
                raise LogInRefusedError("Name, password or code is wrong.")
            await connection.execute(delete(sessions).where(sessions.c.started_at < now - LONGEST))
            await connection.execute(insert(sessions), row)
            await audit.write(connection, name, "logged in", name, now)
        return token

    async def _change(self, name: str, now: datetime, by: str, action: str, **values: object) -> None:
        mine = operators.c.name == name
        async with self._database.write() as connection:
            operator_id = await connection.scalar(select(operators.c.id).where(mine))
            if operator_id is None:
                raise NoSuchOperatorError(f"There is no operator called {name}.")
            await connection.execute(update(operators).where(mine).values(bound(operators, values, id=operator_id)))
            await _end_all(connection, operator_id)
            await audit.write(connection, by, action, name, now)


async def _end_all(connection: AsyncConnection, operator_id: UUID) -> None:
    await connection.execute(delete(sessions).where(sessions.c.operator_id == operator_id))


def second_factor_address(name: str, secret: str = "") -> str:
    """What an authenticator app takes; with a new secret where this is none."""
    known = secret if _SECRET.fullmatch(secret) else pyotp.random_base32()
    return pyotp.TOTP(known).provisioning_uri(name=name, issuer_name="Ventanilla")


def _matches(hashed: str | None, password: str) -> bool:
    try:
        return _hasher.verify(hashed or _NOBODY, password.encode("utf-8", "replace")) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def _step(secret: str, code: str, now: datetime) -> int | None:
    """Which half minute a code belongs to, one before or after now; None: to none."""
    given = code.replace(" ", "")
    present = int(now.timestamp()) // CODE_SECONDS
    for step in (present, present - 1, present + 1):
        if pyotp.utils.strings_equal(given, pyotp.TOTP(secret).at(step * CODE_SECONDS)):
            return step
    return None
