"""What an inbox shows of each case at a glance: channel, language, whether under 18, and the person's last words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation, Lang
from bot.storage.rows import restored
from bot.storage.tables import conversations, messages

LOOKED_AT = 3
"""Of the last three lines two with words: the very last is often a place, or `persona`."""


@dataclass(frozen=True, slots=True)
class Glance:
    """Of one conversation."""

    channel: str
    lang: Lang | None
    minor: bool
    words: str
    """Of the last line that has some; empty where all were places, pictures or recordings."""
    before: str
    """Of the line before that one."""
    at: datetime | None
    """When that line came; None: there is none any more."""


async def of(connection: AsyncConnection, conversation_ids: Sequence[UUID]) -> Mapping[UUID, Glance]:
    """Glances by conversation; those that were erased are left out."""
    states = select(conversations.c.id, conversations.c.channel, conversations.c.state)
    theirs = messages.c.conversation_id.in_(conversation_ids) & (messages.c.author == "person")
    newest_first = func.row_number().over(partition_by=messages.c.conversation_id, order_by=messages.c.id.desc())
    numbered = select(messages.c.conversation_id, messages.c.id, newest_first.label("place")).where(theirs).subquery()
    here = (messages.c.conversation_id == numbered.c.conversation_id) & (messages.c.id == numbered.c.id)
    lines = (
        select(messages.c.conversation_id, messages.c.text, messages.c.at)
        .join(numbered, here)
        .where(numbered.c.place <= LOOKED_AT)
        .order_by(messages.c.conversation_id, messages.c.id)
    )
    said: dict[UUID, list[tuple[str, datetime]]] = {}
    for line in await connection.execute(lines):
        said.setdefault(line.conversation_id, []).append((line.text, line.at))
    found = {}
    for row in await connection.execute(states.where(conversations.c.id.in_(conversation_ids))):
        person: Conversation = restored(row.state)
        told = said.get(row.id, [])
        before, words = ["", "", *(text for text, _ in told if text.strip())][-2:]
        at = told[-1][1] if told else None
        found[row.id] = Glance(row.channel, person.lang, person.minor, words, before, at)
    return found
