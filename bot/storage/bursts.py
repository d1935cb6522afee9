"""Floods of the desk: a network's cases beyond its budget stand behind one item; who floods it can be blocked.

A source is a keyed hash: of the network on the web, of the account on all other channels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import InboundMessage
from bot.conversation.case import Case
from bot.storage.crypto import Cipher
from bot.storage.limit_tables import case_openings
from bot.storage.rows import UNRESOLVED, Handoff, case_of, forget_timer
from bot.storage.tables import cases, timers

BUDGET = 10
"""Cases that one network opens in BUDGET_LASTS before the others stand behind one: a shelter's bad hour, no flood."""
BUDGET_LASTS = timedelta(hours=1)
OPENINGS_KEPT = timedelta(days=1)
SOURCES_KEPT = timedelta(days=7)
"""After a case is resolved: so long its source can still be blocked."""

ALONE = cases.c.grouped_under.is_(None)
_of_source = cases.c.source == bindparam("of_source")
_LEADS = (
    select(cases.c.id, cases.c.level)
    .where(_of_source, cases.c.status == literal_column("'open'"), ALONE, cases.c.id != bindparam("but"))
    .order_by(cases.c.level, cases.c.opened_at.desc())
    .limit(1)
)
_STANDS = select(cases.c.id).where(cases.c.id == bindparam("lead"), UNRESOLVED, ALONE)
_LATELY = (
    select(func.count())
    .select_from(case_openings)
    .where(case_openings.c.source == bindparam("of_source"), case_openings.c.at > bindparam("since"))
)
_MEMBERS = (
    select(cases)
    .where(cases.c.grouped_under == bindparam("lead"), UNRESOLVED)
    .order_by(cases.c.level, cases.c.counts_from, cases.c.id)
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a case comes from, and how many others came from there lately."""

    source: bytes
    shared: bool
    """Many people may stand behind one source: a network, not an account."""
    crowd: int


def source_of(cipher: Cipher, message: InboundMessage) -> bytes:
    """The keyed hash of the network, or of the account."""
    if message.network:
        return cipher.keyed("network", message.network)
    return cipher.address_key(message.channel, message.address)


async def opening(connection: AsyncConnection, source: bytes, now: datetime, *, shared: bool, counts: bool) -> Opening:
    """What the source opened in the hour before; `counts`: it opens another one now. Of accounts nothing is counted."""
    if not shared:
        return Opening(source, shared, 0)
    crowd = await connection.scalar(_LATELY, {"of_source": source, "since": now - BUDGET_LASTS}) or 0
    if counts:
        await connection.execute(insert(case_openings), {"source": source, "at": now})
    return Opening(source, shared, crowd if counts else max(0, crowd - 1))


async def placed(connection: AsyncConnection, case: Case, found: Opening) -> Case:
    """Behind another case of its network, where that one is as urgent and the budget is used up; else by itself."""
    case = replace(case, source=found.source, grouped_under=None)
    if case.status != "open" or not found.shared or found.crowd < BUDGET:
        return case
    lead = (await connection.execute(_LEADS, {"of_source": found.source, "but": case.id})).first()
    return replace(case, grouped_under=lead.id) if lead and lead.level.rank <= case.level.rank else case


async def still_grouped(connection: AsyncConnection, case: Case) -> bool:
    """Whether the case that it stands behind is still there to stand behind."""
    lead = case.grouped_under
    return lead is not None and await connection.scalar(_STANDS, {"lead": lead}) is not None


async def pass_on(connection: AsyncConnection, handoff: Handoff, lead: Case, now: datetime) -> None:
    """A case is over: the first of those behind it takes its place, the others stand behind that one."""
    rows = (await connection.execute(_MEMBERS, {"lead": lead.id})).mappings().all()
    if not rows:
        return
    grouped = case_of(rows[0])
    alone = replace(grouped, grouped_under=None, version=grouped.version + 1)
    await _move(connection, cases.c.grouped_under == lead.id, alone.id, now)
    await _move(connection, cases.c.id == alone.id, None, now)
    for kind, due in handoff.timers(grouped, alone, now, channel="").items():
        await forget_timer(connection, alone.conversation_id, kind)
        if due is not None:
            row = {"kind": kind, "conversation_id": alone.conversation_id, "due_at": due.due_at, "payload": due.payload}
            await connection.execute(insert(timers), row)


async def _move(connection: AsyncConnection, which: object, lead: UUID | None, now: datetime) -> None:
    values = {"grouped_under": lead, "version": cases.c.version + 1, "updated_at": now}
    await connection.execute(update(cases).where(which).values(values))  # type: ignore[arg-type]


async def counted(connection: AsyncConnection, of: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many stand behind each of these cases; those with none are missing."""
    behind = cases.c.grouped_under
    query = select(behind, func.count()).where(behind.in_(of), UNRESOLVED).group_by(behind)
    rows = (await connection.execute(query)).all() if of else ()
    return {row[0]: row[1] for row in rows}


async def members(connection: AsyncConnection, lead: UUID) -> Sequence[Case]:
    """Those that stand behind a case, most urgent first."""
    return [case_of(row) for row in (await connection.execute(_MEMBERS, {"lead": lead})).mappings()]


async def forget(connection: AsyncConnection, now: datetime) -> None:
    """Sources of cases that are long over; and nobody stands behind a case that is gone, whatever happened."""
    over = cases.c.resolved_at < now - SOURCES_KEPT
    await connection.execute(update(cases).where(over, cases.c.source.is_not(None)).values(source=None))
    lead = cases.alias("lead")
    stands = select(lead.c.id).where(lead.c.id == cases.c.grouped_under, lead.c.status != "resolved").exists()
    await _move(connection, cases.c.grouped_under.is_not(None) & ~stands, None, now)
