"""Rows of conversations and cases: locked, read and written, shared by turns, operators and erasure."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Select, bindparam, delete, exists, func, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import CaseNeeded, CaseView, Conversation, Lang, Level, Location, Reply
from bot.conversation.case import Case, CaseOutcome
from bot.storage.limit_tables import blocks
from bot.storage.tables import cases, conversations, messages, outbox, timers
from bot.storage.types import bound

_log = logging.getLogger(__name__)

_FIELDS = [field.name for field in fields(Case)]
UNRESOLVED = cases.c.status != literal_column("'resolved'")
"""Written out, as an index is made for it."""
REMINDER = "reminder"
"""The kind of the one timer of a person with reminders: when they are looked at next."""

HELD_BACK = messages.c.delivery == literal_column("'held'")
"""Written out, as an index is made for it."""
_of_it = cases.alias("of_it")
_NOW = datetime(1970, 1, 1, tzinfo=UTC)
"""Where no message came nobody is blocked, whatever the time."""
_LAST = (
    select(_of_it.c.id)
    .where(_of_it.c.conversation_id == bindparam("conversation"))
    .order_by((_of_it.c.status == "resolved"), _of_it.c.resolved_at.desc(), _of_it.c.id)
    .limit(1)
    .scalar_subquery()
)
"""The one that is not resolved, else the one resolved last."""
_WAITS = exists().where(messages.c.conversation_id == conversations.c.id, HELD_BACK)
_UNSENT = (
    select(func.count()).select_from(outbox).where(outbox.c.conversation_id == conversations.c.id).scalar_subquery()
)
_BLOCKED = exists().where(blocks.c.source == bindparam("of_source"), blocks.c.until > bindparam("now"))
_BESIDE = (
    select(
        _WAITS.label("has_held"),
        _UNSENT.label("unsent"),
        _BLOCKED.label("blocked"),
        *cases.c,
    )
    .select_from(conversations.outerjoin(cases, cases.c.id == _LAST))
    .where(conversations.c.id == bindparam("conversation"))
)
_BY_ID = select(conversations).where(conversations.c.id == bindparam("conversation")).with_for_update()
_BETWEEN = "\n"
_UPDATE_CASE = update(cases).where(cases.c.id == bindparam("case"))


class Handoff(Protocol):
    """The life of a case, as `bot.handoff` has it: storage only keeps what comes out."""

    def need(self, case: Case | None, event: CaseNeeded, new_id: UUID, conversation_id: UUID, now: datetime) -> Case:
        """Open or raise."""
        ...

    def opened_by(
        self, case: Case | None, level: Level, category: str | None, new_id: UUID, conversation_id: UUID, now: datetime
    ) -> Case:
        """Open or raise, as an operator says."""
        ...

    def claim(self, case: Case, operator: str, now: datetime) -> Case:
        """Take."""
        ...

    def release(self, case: Case, operator: str, note: str | None, now: datetime) -> Case:
        """Give back."""
        ...

    def transfer(self, case: Case, operator: str, to: str, now: datetime, *, coordinates: bool = False) -> Case:
        """Pass on."""
        ...

    def lapse(self, case: Case, since: datetime) -> Case | None:
        """Give back what nobody answered."""
        ...

    def heard(self, case: Case, now: datetime) -> Case:
        """The person wrote."""
        ...

    def reopen(self, case: Case, now: datetime, *, calm: bool = False) -> Case | None:
        """The person wrote after the end."""
        ...

    def label(self, case: Case, labels: tuple[str, ...]) -> Case:
        """Say what it is about."""
        ...

    def take_up(self, case: Case, operator: str, now: datetime) -> Case:
        """Open again, to follow up."""
        ...

    def call_back(self, case: Case, operator: str, at: datetime | None, now: datetime) -> Case:
        """Promise an hour."""
        ...

    def bring_back(self, case: Case, at: datetime, now: datetime) -> Case | None:
        """The hour has come."""
        ...

    def closes_at(self, channel: str, *heard: datetime | None) -> datetime | None:
        """Until when the channel takes free words."""
        ...

    def knock(self, lang: Lang | None) -> Reply | None:
        """What asks the person to write."""
        ...

    def merged(self, lang: Lang | None) -> Reply:
        """What stands for replies that are not said any more."""
        ...

    def weighed(self, case: Case, *, channel: str, several_turns: bool, crowd: int) -> Case:
        """How much speaks for it."""
        ...

    def timers(self, before: Case | None, after: Case, now: datetime, *, channel: str) -> Mapping[str, "Due | None"]:
        """What must happen later."""
        ...

    def replied(self, case: Case, operator: str, now: datetime) -> Case:
        """Answer."""
        ...

    def resolve(
        self, case: Case, operator: str, outcome: CaseOutcome, note: str | None, now: datetime, *,
        follow_up: bool = False,
    ) -> Case:  # fmt: skip
        """Close."""
        ...


class Due(Protocol):
    """A timer to set."""

    @property
    def due_at(self) -> datetime:
        """When."""
        ...

    @property
    def payload(self) -> Mapping[str, str | int]:
        """What it needs to know."""
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
    ended: Case | None
    """Where there is none: the one resolved last."""
    has_held: bool
    """An operator's words wait until the person writes."""
    unsent: int
    """Replies that wait to be sent."""
    blocked: bool
    """The source of this message is blocked: it is answered, and opens no case."""


async def hold(
    connection: AsyncConnection,
    query: Select[Any],
    values: Mapping[str, Any],
    source: bytes = b"",
    now: datetime = _NOW,
) -> Held | None:
    """Lock the conversation that `query` finds, for the rest of the transaction. All that change one begin here.

    `source`: where the message comes from; none where there is no message.
    """
    row = (await connection.execute(query, values)).mappings().first()
    if row is None:
        return None
    # A second statement, because it must see what was committed while the first one waited.
    known = {"conversation": row["id"], "of_source": source, "now": now}
    beside = (await connection.execute(_BESIDE, known)).mappings().one()
    last = None if beside["id"] is None else case_of(beside)
    case = last if last and last.status != "resolved" else None
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
        ended=None if case else last,
        has_held=beside["has_held"],
        unsent=beside["unsent"],
        blocked=beside["blocked"],
    )


async def hold_by_id(connection: AsyncConnection, conversation_id: UUID) -> Held | None:
    """Lock this conversation."""
    return await hold(connection, _BY_ID, {"conversation": conversation_id})


async def save_case(
    connection: AsyncConnection, handoff: Handoff, case: Case, before: Case | None, now: datetime, channel: str
) -> Case:
    """Keep what became of a case and what must happen later, nothing where nothing did; the case."""
    if before == case:
        return case
    if before is None:
        await connection.execute(insert(cases), _values(case) | {"updated_at": now})
    else:
        case = replace(case, version=before.version + 1)
        await connection.execute(_UPDATE_CASE, {"case": case.id, "updated_at": now, **_values(case)})
    for kind, due in handoff.timers(before, case, now, channel=channel).items():
        if before is not None:
            await forget_timer(connection, case.conversation_id, kind)
        if due is not None:
            row = {"kind": kind, "conversation_id": case.conversation_id, "due_at": due.due_at, "payload": due.payload}
            await connection.execute(insert(timers), row)
    return case


async def forget_timer(connection: AsyncConnection, conversation_id: UUID, kind: str) -> None:
    """What it was set for is no longer so."""
    mine = (timers.c.conversation_id == conversation_id) & (timers.c.kind == kind)
    await connection.execute(delete(timers).where(mine))


def case_of(row: Mapping[Any, Any]) -> Case:
    """A case from its row."""
    place = row["place"] and Location(*json.loads(row["place"]))
    labels = tuple(filter(None, (row["labels"] or "").split(_BETWEEN)))
    return Case(**{name: row[name] for name in _FIELDS} | {"place": place, "labels": labels})


def _values(case: Case) -> dict[str, Any]:
    place = case.place and json.dumps([case.place.latitude, case.place.longitude])
    more = {"place": place, "labels": _BETWEEN.join(case.labels), "counts_from": case.counts_from or case.opened_at}
    return bound(cases, {name: getattr(case, name) for name in _FIELDS} | more)


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
