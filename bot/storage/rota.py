"""The rota: who reads cases when, and the days on which nobody does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import audit
from bot.storage.desk_tables import holidays, shifts
from bot.storage.engine import Database, insert_if_new
from bot.storage.tables import operators

Signed = tuple[str, datetime] | None
"""Who changed it and when, for the log; None from the command line, which keeps no line of it."""


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift as it is kept; times in minutes from midnight."""

    id: int
    operator: str
    weekday: int
    begins: int
    ends: int
    langs: str
    stands: bool
    """False: the operator's account is closed, so nobody comes."""


_COLUMNS = [shifts.c[name] for name in ShiftRow.__dataclass_fields__ if name != "stands"]
_STANDS = operators.c.disabled_at.is_(None).label("stands")
_ALL = (
    select(*_COLUMNS, _STANDS)
    .outerjoin(operators, operators.c.name == shifts.c.operator)
    .order_by(shifts.c.weekday, shifts.c.begins, shifts.c.id)
)


class Shifts:
    """A small table, also changed while the server runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, operator: str, weekday: int, begins: int, ends: int, langs: str, signed: Signed = None) -> None:
        """One more, every week."""
        row = {"operator": operator, "weekday": weekday, "begins": begins, "ends": ends, "langs": langs}
        async with self._database.write() as connection:
            await connection.execute(insert(shifts), row)
            await _sign(connection, signed, "shift added", operator, f"{weekday} {begins}-{ends}")

    async def remove(self, shift_id: int, signed: Signed = None) -> bool:
        """Whether there was one."""
        async with self._database.write() as connection:
            gone = (await connection.execute(delete(shifts).where(shifts.c.id == shift_id))).rowcount == 1
            if gone:
                await _sign(connection, signed, "shift removed", str(shift_id))
            return gone

    async def add_holiday(self, day: date, name: str, signed: Signed = None) -> None:
        """No shift begins on it; once more changes nothing."""
        async with self._database.write() as connection:
            new = insert_if_new(connection.dialect.name, holidays)
            await connection.execute(new, {"day": day, "name": name})
            await _sign(connection, signed, "holiday added", str(day))

    async def remove_holiday(self, day: date, signed: Signed = None) -> None:
        """Shifts begin on it again; nothing where it was none."""
        async with self._database.write() as connection:
            if (await connection.execute(delete(holidays).where(holidays.c.day == day))).rowcount:
                await _sign(connection, signed, "holiday removed", str(day))

    async def all(self) -> tuple[Sequence[ShiftRow], Sequence[date]]:
        """Shifts in the order of the week, and holidays."""
        async with self._database.read() as connection:
            found = [ShiftRow(**row._mapping) for row in await connection.execute(_ALL)]
            return found, list(await connection.scalars(select(holidays.c.day).order_by(holidays.c.day)))


async def _sign(connection: AsyncConnection, signed: Signed, action: str, item: str, detail: str = "") -> None:
    if signed is not None:
        await audit.write(connection, signed[0], action, item, signed[1], detail)
