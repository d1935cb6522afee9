"""The queue: which cases, in which order, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Level
from bot.conversation.case import Case, CaseStatus
from bot.storage import transcript
from bot.storage.bursts import ALONE
from bot.storage.errors import BadCursorError
from bot.storage.rows import UNRESOLVED, case_of
from bot.storage.tables import cases

URGENCY = (cases.c.level, cases.c.in_time, cases.c.counts_from, cases.c.id)
"""Most urgent first, then those whose claim ran out, then by evidence and waiting."""
MOST = 1000
"""Counted no further."""
_OPEN = select(cases.c.id).where(cases.c.status == "open", ALONE).limit(MOST).subquery()
WAITING = select(func.count()).select_from(_OPEN)
NEWEST = select(func.max(cases.c.opened_at)).where(cases.c.status == "open", ALONE)
NEXT = select(cases.c.id).where(cases.c.status == "open", ALONE).order_by(*URGENCY).limit(1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases; None and False: whatever they are."""

    status: CaseStatus | None = None
    unresolved: bool = False
    level: Level | None = None
    category: str | None = None
    holder: str | None = None
    follow_up: bool = False
    updated_since: datetime | None = None
    opened_since: datetime | None = None
    opened_until: datetime | None = None
    each: bool = False
    """Also open ones that stand behind another."""
    not_holder: str | None = None
    """Held, by somebody else than this one."""


async def page(
    connection: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int
) -> tuple[Sequence[Case], str | None]:
    """One page, most urgent first, and the cursor of the next. BadCursorError."""
    rows = (await connection.execute(asked(wanted, cursor, limit))).mappings().all()
    items = [case_of(row) for row in rows[:limit]]
    return items, _cursor(items[-1]) if len(rows) > limit else None


def asked(wanted: Wanted, cursor: str | None, limit: int) -> Select[Any]:
    """One page and one more row; every such query walks an index in its order. BadCursorError."""
    query = select(cases).where(*_conditions(wanted)).order_by(*URGENCY).limit(limit + 1)
    if cursor is not None:
        place = _place(cursor)
        first = int(wanted.level is place[0])  # a column that is fixed already would only lead to another index
        after = (literal(value, column.type) for value, column in zip(place, URGENCY, strict=True))
        query = query.where(tuple_(*URGENCY[first:]) > tuple_(*list(after)[first:]))
    return query


def counted(wanted: Wanted) -> Select[Any]:
    """How many there are, up to MOST."""
    some = select(cases.c.id).where(*_conditions(wanted)).limit(MOST).subquery()
    return select(func.count()).select_from(some)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    exact = {"level": wanted.level, "category": wanted.category, "claimed_by": wanted.holder}
    found: list[ColumnElement[bool]] = [cases.c[name] == value for name, value in exact.items() if value is not None]
    found += [cases.c.follow_up.is_(True)] if wanted.follow_up else []
    found += [cases.c.claimed_by != wanted.not_holder] if wanted.not_holder is not None else []
    spans = (
        (wanted.updated_since, cases.c.updated_at.__ge__),
        (wanted.opened_since, cases.c.opened_at.__ge__),
        (wanted.opened_until, cases.c.opened_at.__lt__),
    )
    found += [within(at) for at, within in spans if at is not None]
    rarer = wanted.category or wanted.holder or wanted.follow_up
    if wanted.status is not None:
        # Joined with nothing, so that the index of the rarer condition is taken: most cases are resolved ones.
        found.append((cases.c.status.concat("") if rarer else cases.c.status) == wanted.status)
    # The queue shows a burst as one item; a list of all there ever was shows each.
    queue = not wanted.each and (wanted.unresolved or wanted.status == "open")
    return found + ([ALONE] if queue else []) + ([UNRESOLVED] if wanted.unresolved else [])


def _cursor(case: Case) -> str:
    counts_from = case.counts_from or case.opened_at
    return transcript.encoded(f"{case.level}|{int(case.in_time)}|{counts_from.isoformat()}|{case.id}")


def _place(cursor: str) -> tuple[Level, bool, datetime, UUID]:
    try:
        level, in_time, counts_from, case_id = transcript.decoded(cursor).split("|")
        counts = datetime.fromisoformat(counts_from)
        if counts.tzinfo is None:
            raise ValueError("a time without a timezone")
        return Level(level), in_time == "1", counts.astimezone(UTC), UUID(case_id)
    except (ValueError, OverflowError) as error:
        raise BadCursorError("not a cursor of ours") from error
