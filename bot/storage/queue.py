"""The queue: which cases, in which order, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Level
from bot.conversation.case import Case, CaseStatus
from bot.storage import transcript
from bot.storage.errors import BadCursorError
from bot.storage.rows import UNRESOLVED, case_of
from bot.storage.tables import cases

URGENCY = (cases.c.level, cases.c.in_time, cases.c.opened_at, cases.c.id)
"""Most urgent first, then those whose claim ran out, then longest waiting."""
NEXT = select(cases.c.id).where(cases.c.status == "open").order_by(*URGENCY).limit(1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases; None and False: whatever they are."""

    status: CaseStatus | None = None
    unresolved: bool = False
    level: Level | None = None
    category: str | None = None
    holder: str | None = None
    follow_up: bool = False


async def page(
    connection: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int
) -> tuple[Sequence[Case], str | None]:
    """One page, most urgent first, and the cursor of the next. BadCursorError."""
    query = select(cases).where(*_conditions(wanted)).order_by(*URGENCY).limit(limit + 1)
    if cursor is not None:
        after = (literal(value, column.type) for value, column in zip(_place(cursor), URGENCY, strict=True))
        query = query.where(tuple_(*URGENCY) > tuple_(*after))
    rows = (await connection.execute(query)).mappings().all()
    items = [case_of(row) for row in rows[:limit]]
    return items, _cursor(items[-1]) if len(rows) > limit else None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    exact = {"status": wanted.status, "level": wanted.level, "category": wanted.category, "claimed_by": wanted.holder}
    asked: list[ColumnElement[bool]] = [cases.c[name] == value for name, value in exact.items() if value is not None]
    asked += [UNRESOLVED] if wanted.unresolved else []
    return asked + ([cases.c.follow_up.is_(True)] if wanted.follow_up else [])


def _cursor(case: Case) -> str:
    return transcript.encoded(f"{case.level}|{int(case.in_time)}|{case.opened_at.isoformat()}|{case.id}")


def _place(cursor: str) -> tuple[Level, bool, datetime, UUID]:
    try:
        level, in_time, opened_at, case_id = transcript.decoded(cursor).split("|")
        opened = datetime.fromisoformat(opened_at)
        if opened.tzinfo is None:
            raise ValueError("a time without a timezone")
        return Level(level), in_time == "1", opened.astimezone(UTC), UUID(case_id)
    except (ValueError, OverflowError) as error:
        raise BadCursorError("not a cursor of ours") from error
