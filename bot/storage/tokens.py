"""API tokens with scopes, for programs: shown once, kept as a hash, revoked at once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.storage import audit
from bot.storage.crypto import token_hash
from bot.storage.desk_tables import api_tokens
from bot.storage.engine import Database
from bot.storage.errors import NoSuchOperatorError, NoSuchTokenError, UnknownScopeError
from bot.storage.tables import operators

SCOPES = (
    "cases:read", "cases:write", "cases:export", "figures:read", "audit:read", "content:read", "content:write",
    "tokens:write",
)  # fmt: skip
"""What a token may be for; beyond the role of its owner it opens nothing."""
LARGEST = 2**63 - 1
"""What every database takes as a number."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed; what it is, nobody knows any more."""

    id: int
    operator: str
    label: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class Tokens:
    """A small table, also changed while the server runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, operator: str, label: str, scopes: Sequence[str], now: datetime, expires_at: datetime | None = None, *,
        by: str | None = None,
    ) -> tuple[int, str]:  # fmt: skip
        """Its number, and the token itself, which is never seen again. NoSuchOperatorError, UnknownScopeError."""
        if not scopes or (unknown := sorted(set(scopes) - set(SCOPES))):
            raise UnknownScopeError(f"Scopes are {', '.join(SCOPES)}; not {', '.join(unknown) if scopes else 'none'}.")
        token = secrets.token_urlsafe(32)
        theirs = select(operators.c.id).where(operators.c.name == operator, operators.c.disabled_at.is_(None))
        async with self._database.write() as connection:
            owner = await connection.scalar(theirs)
            if owner is None:
                raise NoSuchOperatorError(f"There is no operator called {operator}.")
            row = {
                "operator_id": owner, "label": label, "token_hash": token_hash(token), "created_at": now,
                "scopes": " ".join(sorted(set(scopes))), "expires_at": expires_at,
            }  # fmt: skip
            (key,) = (await connection.execute(insert(api_tokens).returning(api_tokens.c.id), row)).one()
            await audit.write(connection, by or operator, "token made", f"token-{key}", now, row["scopes"])
        return key, token

    async def all(self, operator: str | None = None) -> Sequence[Token]:
        """Oldest first, those that are over too; of one operator, or of all."""
        columns = [api_tokens.c[name] for name in Token.__dataclass_fields__ if name != "operator"]
        query = select(operators.c.name.label("operator"), *columns).join(api_tokens)
        if operator is not None:
            query = query.where(operators.c.name == operator)
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(api_tokens.c.id))).mappings().all()
        return [Token(**{**row, "scopes": tuple(row["scopes"].split())}) for row in rows]

    async def rotate(
        self, number: int, now: datetime, by: str, expires_at: datetime | None, *, of: str | None = None
    ) -> str:
        """Another token of the same label and scopes; the old one opens nothing any more. As `revoke`."""
        token = secrets.token_urlsafe(32)
        await self._change(number, now, by, "token rotated", of, token_hash=token_hash(token), expires_at=expires_at)
        return token

    async def revoke(self, number: int, now: datetime, by: str, *, of: str | None = None) -> None:
        """It opens nothing from now on; `of`: only where it is theirs. NoSuchTokenError."""
        await self._change(number, now, by, "token revoked", of, revoked_at=now)

    async def _change(self, number: int, now: datetime, by: str, done: str, of: str | None, **values: object) -> None:
        mine = (api_tokens.c.id == number) & api_tokens.c.revoked_at.is_(None)
        if of is not None:
            mine &= api_tokens.c.operator_id == select(operators.c.id).where(operators.c.name == of).scalar_subquery()
        if not 0 < number <= LARGEST:
            raise NoSuchTokenError(f"There is no token {number}.")
        async with self._database.write() as connection:
            if (await connection.execute(update(api_tokens).where(mine).values(**values))).rowcount != 1:
                raise NoSuchTokenError(f"There is no token {number} that could be changed.")
            await audit.write(connection, by, done, f"token-{number}", now)
