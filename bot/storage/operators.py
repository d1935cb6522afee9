"""Operator accounts: who may use the admin API, by a token that only its hash remembers."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import audit
from bot.storage.crypto import token_hash
from bot.storage.desk_tables import api_tokens, sessions
from bot.storage.engine import Database
from bot.storage.errors import NoSuchOperatorError, OperatorExistsError
from bot.storage.rows import Handoff, hold_by_id, save_case
from bot.storage.tables import cases, operators
from bot.storage.types import UTCTime

Role = Literal["operator", "coordinator", "editor", "auditor"]
CLI_NAME = "cli"
"""How the log signs what was done from a shell on the machine."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody with a token."""

    id: UUID
    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None
    token_expires_at: datetime | None = None
    has_totp: bool = False
    """Whether the log-in asks for a code."""
    scopes: frozenset[str] | None = None
    """What the token that they came with is for; None: all that the role allows."""


COLUMNS = [
    *(operators.c[name] for name in ("id", "name", "role", "created_at", "disabled_at", "token_expires_at")),
    operators.c.totp_secret.is_not(None).label("has_totp"),
]
_BY_TOKEN = select(*COLUMNS).where(
    operators.c.token_hash == bindparam("hash"), operators.c.disabled_at.is_(None),
    operators.c.token_expires_at.is_(None) | (operators.c.token_expires_at > bindparam("now", type_=UTCTime)),
)  # fmt: skip
_BY_API_TOKEN = (
    select(*COLUMNS, api_tokens.c.scopes)
    .join(api_tokens)
    .where(
        api_tokens.c.token_hash == bindparam("hash"), operators.c.disabled_at.is_(None),
        api_tokens.c.revoked_at.is_(None),
        api_tokens.c.expires_at.is_(None) | (api_tokens.c.expires_at > bindparam("now", type_=UTCTime)),
    )
)  # fmt: skip
_HELD = select(cases.c.conversation_id).where(cases.c.status == "claimed", cases.c.claimed_by == bindparam("name"))


class Operators:
    """Accounts, also changed by a second process while the server runs: nothing is cached."""

    def __init__(self, database: Database, handoff: Handoff) -> None:
        self._database = database
        self._handoff = handoff

    async def add(
        self, name: str, role: Role, now: datetime, *, by: str = CLI_NAME, expires_at: datetime | None = None
    ) -> str:
        """A new operator; the token, which is never seen again. OperatorExistsError."""
        if name == CLI_NAME:
            raise OperatorExistsError(f"The name {CLI_NAME} signs for the command line.")
        token = secrets.token_urlsafe(32)
        row = {
            "id": uuid4(), "name": name, "role": role, "token_hash": token_hash(token), "created_at": now,
            "token_expires_at": expires_at,
        }  # fmt: skip
        try:
            async with self._database.write() as connection:
                await connection.execute(insert(operators), row)
                await audit.write(connection, by, "account made", name, now, role)
        except IntegrityError as error:
            raise OperatorExistsError(f"There is an operator called {name} already.") from error
        return token

    async def list_operators(self) -> Sequence[Operator]:
        """All of them, by name, the disabled ones too."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(*COLUMNS).order_by(operators.c.name))
        return [Operator(**row._mapping) for row in rows]

    async def disable(self, name: str, now: datetime, *, by: str = CLI_NAME) -> None:
        """Tokens and sessions end; the cases that they hold return to the queue. NoSuchOperatorError."""
        async with self._database.write() as connection:
            account = await _account(connection, name)
            if account.disabled_at is None:
                await connection.execute(update(operators).where(operators.c.id == account.id).values(disabled_at=now))
                await connection.execute(delete(sessions).where(sessions.c.operator_id == account.id))
                mine = (api_tokens.c.operator_id == account.id) & api_tokens.c.revoked_at.is_(None)
                await connection.execute(update(api_tokens).where(mine).values(revoked_at=now))
                await audit.write(connection, by, "account closed", name, now)
            await self._release_all(connection, name, now, "account disabled")

    async def change_role(self, name: str, role: Role, now: datetime, *, keeps: bool, by: str = CLI_NAME) -> None:
        """From the next click and request on; unless it `keeps` them, its cases return to the queue.

        NoSuchOperatorError.
        """
        async with self._database.write() as connection:
            account = await _account(connection, name)
            await connection.execute(update(operators).where(operators.c.id == account.id).values(role=role))
            await audit.write(connection, by, "role changed", name, now, role)
            if not keeps:
                await self._release_all(connection, name, now, "role changed")

    async def enable(self, name: str, now: datetime, *, by: str = CLI_NAME, expires_at: datetime | None = None) -> str:
        """Open again, with a new token; none of the old ones opens anything. NoSuchOperatorError."""
        return await self._new_token(name, now, by, "account opened", expires_at, disabled_at=None)

    async def rotate(self, name: str, now: datetime, *, by: str = CLI_NAME, expires_at: datetime | None = None) -> str:
        """A new token instead of the account's own, which opens nothing from now on. NoSuchOperatorError."""
        return await self._new_token(name, now, by, "token rotated", expires_at)

    async def _new_token(
        self, name: str, now: datetime, by: str, done: str, expires_at: datetime | None, **more: object
    ) -> str:
        token = secrets.token_urlsafe(32)
        values = {"token_hash": token_hash(token), "token_expires_at": expires_at, **more}
        async with self._database.write() as connection:
            account = await _account(connection, name)
            await connection.execute(update(operators).where(operators.c.id == account.id).values(values))
            await audit.write(connection, by, done, name, now)
        return token

    async def authenticate(self, token: str, now: datetime) -> Operator | None:
        """Whose token this is; the same work whether it is known or not."""
        given = {"hash": token_hash(token)}
        async with self._database.read() as connection:
            own = (await connection.execute(_BY_TOKEN, given | {"now": now})).mappings().first()
            made = (await connection.execute(_BY_API_TOKEN, given | {"now": now})).mappings().first()
        if made is not None:
            return Operator(**{**made, "scopes": frozenset(made["scopes"].split())})
        return None if own is None else Operator(**own)

    async def _release_all(self, connection: AsyncConnection, name: str, now: datetime, why: str) -> None:
        for conversation_id in (await connection.scalars(_HELD, {"name": name})).all():
            held = await hold_by_id(connection, conversation_id)
            if held and held.case and held.case.claimed_by == name:
                after = self._handoff.release(held.case, name, None, now)
                await save_case(connection, self._handoff, after, held.case, now, held.channel)
                await audit.write(connection, name, "released", str(after.id), now, why)


async def _account(connection: AsyncConnection, name: str) -> Any:
    """NoSuchOperatorError."""
    known = select(operators.c.id, operators.c.disabled_at).where(operators.c.name == name)
    row = (await connection.execute(known)).first()
    if row is None:
        raise NoSuchOperatorError(f"There is no operator called {name}.")
    return row
