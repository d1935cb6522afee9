"""Operator accounts: who may use the admin API, by a token that only its hash remembers."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import audit
from bot.storage.crypto import token_hash
from bot.storage.desk_tables import api_tokens
from bot.storage.engine import Database
from bot.storage.errors import NoSuchOperatorError, OperatorExistsError
from bot.storage.rows import Handoff, hold_by_id, save_case
from bot.storage.tables import cases, operators
from bot.storage.types import UTCTime

Role = Literal["operator", "coordinator", "editor", "auditor"]


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody with a token."""

    id: UUID
    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None
    scopes: frozenset[str] | None = None
    """What the token that they came with is for; None: all that the role allows."""


COLUMNS = [operators.c[name] for name in Operator.__dataclass_fields__ if name != "scopes"]
_BY_TOKEN = select(*COLUMNS).where(operators.c.token_hash == bindparam("hash"), operators.c.disabled_at.is_(None))
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

    async def add(self, name: str, role: Role, now: datetime) -> str:
        """A new operator; the token, which is never seen again. OperatorExistsError."""
        token = secrets.token_urlsafe(32)
        row = {"id": uuid4(), "name": name, "role": role, "token_hash": token_hash(token), "created_at": now}
        try:
            async with self._database.write() as connection:
                await connection.execute(insert(operators), row)
                await audit.write(connection, name, "account made", name, now, role)
        except IntegrityError as error:
            raise OperatorExistsError(f"There is an operator called {name} already.") from error
        return token

    async def list_operators(self) -> Sequence[Operator]:
        """All of them, by name, the disabled ones too."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(*COLUMNS).order_by(operators.c.name))
        return [Operator(**row._mapping) for row in rows]

    async def disable(self, name: str, now: datetime) -> None:
        """The token stops working; the cases that they hold return to the queue. NoSuchOperatorError."""
        known = select(operators.c.id).where(operators.c.name == name)
        off = update(operators).where(operators.c.name == name, operators.c.disabled_at.is_(None))
        async with self._database.write() as connection:
            if await connection.scalar(known) is None:
                raise NoSuchOperatorError(f"There is no operator called {name}.")
            if (await connection.execute(off.values(disabled_at=now))).rowcount:
                await audit.write(connection, name, "account closed", name, now)
            await self._release_all(connection, name, now)

    async def authenticate(self, token: str, now: datetime) -> Operator | None:
        """Whose token this is; the same work whether it is known or not."""
        given = {"hash": token_hash(token)}
        async with self._database.read() as connection:
            own = (await connection.execute(_BY_TOKEN, given)).mappings().first()
            made = (await connection.execute(_BY_API_TOKEN, given | {"now": now})).mappings().first()
        if made is not None:
            return Operator(**{**made, "scopes": frozenset(made["scopes"].split())})
        return None if own is None else Operator(**own)

    async def _release_all(self, connection: AsyncConnection, name: str, now: datetime) -> None:
        for conversation_id in (await connection.scalars(_HELD, {"name": name})).all():
            held = await hold_by_id(connection, conversation_id)
            if held and held.case and held.case.claimed_by == name:
                after = self._handoff.release(held.case, name, None, now)
                await save_case(connection, self._handoff, after, held.case, now, held.channel)
                await audit.write(connection, name, "released", str(after.id), now, "account disabled")
