"""The transcript: what was said, by whom, and whether it arrived."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation, InboundMessage, Kind, Part, Reply, Span
from bot.conversation.parts import parts_of
from bot.conversation.ports import Delivery
from bot.storage.errors import BadCursorError
from bot.storage.tables import messages
from bot.storage.types import bound

Author = Literal["person", "bot", "operator"]
SPANS = TypeAdapter(tuple[Span, ...])

# Of these nothing but the kind is kept: other people's names and words; a place is kept by its case alone.
_WORDLESS = {Kind.CONTACT, Kind.LOCATION, Kind.GROUP, Kind.BLOCKED}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript, as an operator sees it."""

    id: int
    direction: Literal["in", "out"]
    author: Author
    kind: str
    text: str
    at: datetime
    sent_at: datetime | None
    late: bool
    delivery: Delivery | None
    why: str | None
    spans: str | None
    """Of its text, as they are kept; none of what a person wrote, of plain replies, and of what older versions said."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """As those of the reply that it was."""
        return parts_of(self.text, SPANS.validate_json(self.spans)) if self.spans else ()


async def write(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]], last_id: int) -> Sequence[int]:
    """Add lines behind the last one; their ids, in the same order."""
    ids = range(last_id + 1, last_id + 1 + len(rows))
    if rows:
        numbered = [bound(messages, {**row, "id": id_}) for row, id_ in zip(rows, ids, strict=True)]
        await connection.execute(insert(messages), numbered)
    return ids


def inbound(
    conversation_id: UUID, message: InboundMessage, before: Conversation, late: bool, now: datetime
) -> dict[str, Any]:
    """What is kept of what the person sent."""
    said = {
        "direction": "in", "author": "person", "kind": message.kind.value, "text": _words(message, before),
        "sent_at": message.sent_at, "late": late, "delivery": None, "spans": None,
    }  # fmt: skip
    return {"conversation_id": conversation_id, "at": now, **said}


def outbound(
    conversation_id: UUID, reply: Reply, author: Author, now: datetime, delivery: Delivery = "queued"
) -> dict[str, Any]:
    """A reply that is about to be sent."""
    said = {
        "direction": "out", "author": author, "kind": reply.kind.value, "text": reply.text,
        "sent_at": None, "late": False, "delivery": delivery,
        "spans": SPANS.dump_json(reply.spans).decode() if reply.parts else None,
    }  # fmt: skip
    return {"conversation_id": conversation_id, "at": now, **said}


async def page(
    connection: AsyncConnection, conversation_id: UUID, cursor: str | None, limit: int
) -> tuple[Sequence[Line], str | None]:
    """Lines from the oldest on, and the cursor of the next page. BadCursorError."""
    columns = [messages.c[name] for name in Line.__dataclass_fields__]
    query = select(*columns).where(messages.c.conversation_id == conversation_id).order_by(messages.c.id)
    if cursor is not None:
        query = query.where(messages.c.id > _after(cursor))
    rows = (await connection.execute(query.limit(limit + 1))).all()
    lines = [Line(**row._mapping) for row in rows[:limit]]
    return lines, encoded(str(lines[-1].id)) if len(rows) > limit else None


async def newest(connection: AsyncConnection, conversation_id: UUID, limit: int) -> Sequence[Line]:
    """The last lines, oldest first."""
    columns = [messages.c[name] for name in Line.__dataclass_fields__]
    query = select(*columns).where(messages.c.conversation_id == conversation_id).order_by(messages.c.id.desc())
    rows = (await connection.execute(query.limit(limit))).all()
    return [Line(**row._mapping) for row in reversed(rows)]


def encoded(cursor: str) -> str:
    """An opaque cursor, safe in a URL."""
    return urlsafe_b64encode(cursor.encode()).decode().rstrip("=")


def decoded(cursor: str) -> str:
    """What `encoded` was given. BadCursorError."""
    try:
        return urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode()
    except ValueError as error:
        raise BadCursorError("not a cursor of ours") from error


def _after(cursor: str) -> int:
    number = decoded(cursor)
    # Nine digits fit every database's integer.
    if not re.fullmatch("[0-9]{1,9}", number):
        raise BadCursorError("not a cursor of ours")
    return int(number)


def _words(message: InboundMessage, before: Conversation) -> str:
    if message.kind in _WORDLESS:
        return ""
    if message.kind is not Kind.TAP or message.text:
        return message.text
    # A button carries ids; an operator reads what it said.
    labels = {choice.payload: choice.label for choice in before.offered}
    return labels.get(message.payload, message.payload)
