"""The desk against a flood: what stands behind a case, closed in one step; where it came from, blocked for a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from bot.conversation.case import Case, CaseOutcome
from bot.storage import audit, bursts
from bot.storage.case_views import read_case
from bot.storage.cases import Cases
from bot.storage.engine import Database
from bot.storage.errors import NoSourceError, NoSuchBlockError
from bot.storage.limit_tables import blocks
from bot.storage.types import bound

BLOCK_LASTS = timedelta(hours=24)
"""An address is somebody else's the next day, and that person may be in danger."""

_OF_SOURCE = select(blocks).where(blocks.c.source == bindparam("of_source"), blocks.c.until > bindparam("now"))


@dataclass(frozen=True, slots=True)
class Block:
    """A source that opens no case until then."""

    id: int
    reason: str
    by: str
    at: datetime
    until: datetime


_COLUMNS = [blocks.c[name] for name in Block.__dataclass_fields__]


class Floods:
    """Each act stands in the audit log, without its reason, which may name somebody."""

    def __init__(self, database: Database, cases: Cases) -> None:
        self._database = database
        self._cases = cases

    async def more(self, of: Sequence[Case]) -> Mapping[UUID, int]:
        """How many stand behind each of these cases; those with none are missing."""
        async with self._database.read() as connection:
            return await bursts.counted(connection, [case.id for case in of])

    async def behind(self, case_id: UUID) -> Sequence[Case]:
        """The cases of the same network that stand behind this one, most urgent first."""
        async with self._database.read() as connection:
            return await bursts.members(connection, case_id)

    async def close(self, case_id: UUID, operator: str, outcome: CaseOutcome, note: str | None, now: datetime) -> int:
        """A case and all behind it; how many. What `Cases.claim` and `Cases.resolve` raise, before any is closed."""
        await self._cases.claim(case_id, operator, now)
        # The first one last: before it is over nobody takes its place, and nobody is called.
        closing = [*[case.id for case in await self.behind(case_id)], case_id]
        for one in closing:
            await self._cases.claim(one, operator, now)
            await self._cases.resolve(one, operator, outcome, note, now)
        return len(closing)

    async def block(self, case_id: UUID, operator: str, reason: str, now: datetime) -> Block:
        """The network or account of a case opens none for BLOCK_LASTS. NoSuchCaseError, NoSourceError."""
        async with self._database.write() as connection:
            case = await read_case(connection, case_id)
            if case.source is None:
                raise NoSourceError(str(case_id))
            await connection.execute(delete(blocks).where(blocks.c.source == case.source))
            row = {"source": case.source, "reason": reason, "by": operator, "at": now, "until": now + BLOCK_LASTS}
            made = (await connection.execute(insert(blocks).values(bound(blocks, row)).returning(*_COLUMNS))).one()
            await audit.write(connection, operator, "blocked", str(case_id), now)
        return Block(**made._mapping)

    async def unblock(self, block_id: int, operator: str, reason: str, now: datetime) -> None:
        """It opens cases again; the reason stays for BLOCK_LASTS. NoSuchBlockError."""
        standing = (blocks.c.id == block_id) & (blocks.c.until > now)
        async with self._database.write() as connection:
            source = await connection.scalar(select(blocks.c.source).where(standing))
            if source is None:
                raise NoSuchBlockError(str(block_id))
            lifted = bound(blocks, {"until": now, "by": operator, "reason": reason}, source=source)
            await connection.execute(update(blocks).where(standing).values(lifted))
            await audit.write(connection, operator, "unblocked", str(block_id), now)

    async def blocks(self, now: datetime) -> Sequence[Block]:
        """Those that stand, newest first."""
        query = select(*_COLUMNS).where(blocks.c.until > now).order_by(blocks.c.id.desc())
        async with self._database.read() as connection:
            return [Block(**row._mapping) for row in await connection.execute(query)]

    async def block_of(self, case: Case, now: datetime) -> Block | None:
        """The block of a case's source, where it stands."""
        if case.source is None:
            return None
        async with self._database.read() as connection:
            found = await connection.execute(_OF_SOURCE, {"of_source": case.source, "now": now})
            row = found.mappings().first()
        return Block(**{name: row[name] for name in Block.__dataclass_fields__}) if row else None

    async def forget(self, now: datetime) -> None:
        """Once a day, beside `retention`: where cases came from that are long over."""
        async with self._database.write() as connection:
            await bursts.forget(connection, now)
