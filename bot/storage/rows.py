"""Rows of conversations and cases: locked, read and written, shared by turns, operators and erasure."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Select, and_, bindparam, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import CaseNeeded, CaseView, Conversation, Location
from bot.conversation.case import Case, CaseOutcome
from bot.storage.tables import cases, conversations, timers

_log = logging.getLogger(__name__)

_FIELDS = [field.name for field in fields(Case)]
UNRESOLVED = cases.c.status != "resolved"

_HERE = timers.c.conversation_id == conversations.c.id
_BESIDE = (
    select(exists().where(_HERE).label("has_timers"), *cases.c)
    .select_from(conversations.outerjoin(cases, and_(cases.c.conversation_id == conversations.c.id, UNRESOLVED)))
    .where(conversations.c.id == bindparam("conversation"))
)
_BY_ID = select(conversations).where(conversations.c.id == bindparam("conversation")).with_for_update()
_UPDATE_CASE = update(cases).where(cases.c.id == bindparam("case"))


class Handoff(Protocol):
    """The life of a case, as `bot.handoff` has it: storage only keeps what comes out."""

    def need(self, case: Case | None, event: CaseNeeded, new_id: UUID, conversation_id: UUID, now: datetime) -> Case:
        """Open or raise."""
        ...

    def claim(self, case: Case, operator: str, now: datetime) -> Case:
        """Take."""
        ...

    def release(self, case: Case, operator: str, note: str | None, now: datetime) -> Case:
        """Give back."""
        ...

    def replied(self, case: Case, operator: str, now: datetime) -> Case:
        """Answer."""
        ...

    def resolve(self, case: Case, operator: str, outcome: CaseOutcome, note: str | None, now: datetime) -> Case:
        """Close."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation under its lock."""

    id: UUID
    channel: str
    address: str
    conversation: Conversation
    last_sent_at: datetime | None
    reachable: bool
    left: bool
    erase_when_closed: bool
    last_message_id: int
    case: Case | None
    """The one that is not resolved."""
    has_timers: bool


async def hold(connection: AsyncConnection, query: Select[Any], values: Mapping[str, Any]) -> Held | None:
    """Lock the conversation that `query` finds, for the rest of the transaction. All that change one begin here."""
    row = (await connection.execute(query, values)).mappings().first()
    if row is None:
        return None
    # A second statement, because it must see what was committed while the first one waited.
    beside = (await connection.execute(_BESIDE, {"conversation": row["id"]})).mappings().one()
    case = None if beside["id"] is None else case_of(beside)
    return Held(
        id=row["id"],
        channel=row["channel"],
        address=row["address"],
        conversation=restored(row["state"]).having(case=_view(case)),
        last_sent_at=row["last_sent_at"],
        reachable=row["reachable"],
        left=row["left"],
        erase_when_closed=row["erase_when_closed"],
        last_message_id=row["last_message_id"],
        case=case,
        has_timers=beside["has_timers"],
    )


async def hold_by_id(connection: AsyncConnection, conversation_id: UUID) -> Held | None:
    """Lock this conversation."""
    return await hold(connection, _BY_ID, {"conversation": conversation_id})


async def save_case(connection: AsyncConnection, case: Case, before: Case | None) -> Case:
    """Keep what became of a case, nothing where nothing did; the case."""
    if before is None:
        await connection.execute(insert(cases), _values(case))
    elif case != before:
        await connection.execute(_UPDATE_CASE, {"case": case.id, **_values(case)})
    return case


def case_of(row: Mapping[Any, Any]) -> Case:
    """A case from its row."""
    place = row["place"] and Location(*json.loads(row["place"]))
    return Case(**{name: row[name] for name in _FIELDS} | {"place": place})


def _values(case: Case) -> dict[str, Any]:
    place = case.place and json.dumps([case.place.latitude, case.place.longitude])
    return {name: getattr(case, name) for name in _FIELDS} | {"place": place}


def _view(case: Case | None) -> CaseView | None:
    if case is None:
        return None
    return CaseView(claimed=case.status == "claimed", category=case.category, level=case.level)


def restored(state: str) -> Conversation:
    """The state as it was kept; a new one where it cannot be read."""
    try:
        return Conversation.restored(state)
    except ValidationError:
        # Begin anew rather than leave somebody without answers for ever. No traceback: it would quote what they said.
        _log.error("a conversation's state could not be read and was dropped")
        return Conversation()
