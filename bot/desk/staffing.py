"""Who works here, and when: accounts, the tokens of programs, shifts and holidays."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.desk.records import Records
from bot.desk.rights import RIGHTS, Actor, NotAllowedError, may, require
from bot.storage import Logins, Operator, Operators, Role, Shifts, Tokens
from bot.storage.errors import NoSuchOperatorError
from bot.storage.rota import ShiftRow
from bot.storage.tokens import Token

PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True)
class Week:
    """Shifts in the order of the week, and the days on which none begins."""

    shifts: Sequence[ShiftRow]
    holidays: Sequence[date]


async def week(records: Records, who: Actor) -> Week:
    """The rota."""
    require(who, "accounts")
    return Week(*await Shifts(records.database).all())


async def add_shift(
    records: Records, operators: Operators, who: Actor, name: str, weekday: int, begins: int, ends: int, langs: str,
    now: datetime,
) -> None:  # fmt: skip
    """Every week; minutes from midnight. NoSuchOperatorError where nobody of that name takes cases."""
    require(who, "staff")
    if name not in {one.name for one in await operators.list_operators() if one.disabled_at is None}:
        raise NoSuchOperatorError(f"There is no open account called {name}.")
    await Shifts(records.database).add(name, weekday, begins, ends, langs, (who.name, now))


async def remove_shift(records: Records, who: Actor, number: int, now: datetime) -> bool:
    """Whether there was one."""
    require(who, "staff")
    return await Shifts(records.database).remove(number, (who.name, now))


async def set_holiday(records: Records, who: Actor, day: date, now: datetime, *, off: bool = False) -> None:
    """No shift begins on it; `off`: they do again."""
    require(who, "staff")
    if off:
        await Shifts(records.database).remove_holiday(day, (who.name, now))
    else:
        await Shifts(records.database).add_holiday(day, "", (who.name, now))


async def accounts(operators: Operators, who: Actor) -> Sequence[Operator]:
    """All of them, the closed ones too."""
    require(who, "staff")
    return await operators.list_operators()


async def add_account(
    records: Records, operators: Operators, who: Actor, name: str, role: Role, now: datetime, ends: datetime
) -> str:
    """A new one; the password to begin with, shown once. OperatorExistsError."""
    require(who, "staff")
    await operators.add(name, role, now, by=who.name, expires_at=ends)
    return await _new_password(records, who, name, now)


async def renew_password(records: Records, who: Actor, name: str, now: datetime) -> str:
    """Another one for who lost theirs, shown once; their sessions end. NoSuchOperatorError."""
    require(who, "staff")
    _not_oneself(who, name)
    return await _new_password(records, who, name, now)


async def change_role(operators: Operators, who: Actor, name: str, role: Role, now: datetime) -> None:
    """At once, also where they are logged in; a role that takes no cases keeps none. NoSuchOperatorError."""
    require(who, "staff")
    _not_oneself(who, name)
    await operators.change_role(name, role, now, keeps=role in RIGHTS["work"], by=who.name)


async def close_account(operators: Operators, who: Actor, name: str, now: datetime) -> None:
    """Out at once; the cases that it holds go back to the queue. NoSuchOperatorError."""
    require(who, "staff")
    _not_oneself(who, name)
    await operators.disable(name, now, by=who.name)


async def open_account(
    records: Records, operators: Operators, who: Actor, name: str, now: datetime, ends: datetime
) -> str:
    """A closed one again; the new password, shown once. NoSuchOperatorError."""
    require(who, "staff")
    await operators.enable(name, now, by=who.name, expires_at=ends)
    return await _new_password(records, who, name, now)


async def tokens(records: Records, who: Actor) -> Sequence[Token]:
    """Those of programs that open something: one's own, or everybody's for who looks after accounts."""
    found = await Tokens(records.database).all(None if may(who, "staff") else who.name)
    return [one for one in found if one.revoked_at is None]


async def make_token(
    records: Records, who: Actor, label: str, scopes: Sequence[str], now: datetime, ends: datetime
) -> str:
    """One of one's own for a program, shown once. UnknownScopeError."""
    _, token = await Tokens(records.database).add(who.name, label, scopes, now, ends)
    return token


async def revoke_token(records: Records, who: Actor, number: int, now: datetime) -> None:
    """A program's: one's own, or whoever's for who looks after accounts. NoSuchTokenError."""
    await Tokens(records.database).revoke(number, now, who.name, of=None if may(who, "staff") else who.name)


def _not_oneself(who: Actor, name: str) -> None:
    # Else the last coordinator could lock everybody out.
    if who.name == name:
        raise NotAllowedError("Another coordinator does that.")


async def _new_password(records: Records, who: Actor, name: str, now: datetime) -> str:
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    await Logins(records.database).set_password(name, password, now, by=who.name)
    return password
