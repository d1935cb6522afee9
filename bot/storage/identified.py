"""Numbers that identify somebody are let go a day after the last message, where no case was opened."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Database
from bot.storage.identifiers import without_identifiers
from bot.storage.tables import cases, conversations, messages
from bot.storage.types import bound

AFTER = timedelta(hours=24)
AT_ONCE = 20
"""Conversations of one transaction: a turn that waits for the writer meanwhile waits some milliseconds."""
WORDS = frozenset({"text", "last", "told", "kept_question"})
"""In the state of a conversation: what somebody said, as they said it."""


class Identified:
    """A part of the daily job. What became a case keeps all of it until it is closed and its days are over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime) -> int:
        """How many conversations would be looked through. StoreBusyError."""
        async with self._database.read() as connection:
            return await connection.scalar(select(func.count()).select_from(conversations).where(_due(now))) or 0

    async def mask(self, now: datetime) -> int:
        """How many were looked through. StoreBusyError: the rest is looked through the next time."""
        count = 0
        some = select(conversations.c.id, conversations.c.masked_id, conversations.c.state).where(_due(now))
        while True:
            async with self._database.write() as connection:
                # Locked as in a turn: who writes meanwhile waits, and what they write is looked at another day.
                found = (await connection.execute(some.limit(AT_ONCE).with_for_update())).all()
                for row in found:
                    await _mask(connection, row.id, row.masked_id, row.state)
            count += len(found)
            if len(found) < AT_ONCE:
                break
        await self._database.scrub()
        return count


def _due(now: datetime) -> ColumnElement[bool]:
    quiet = (conversations.c.updated_at < now - AFTER) & (conversations.c.masked_id < conversations.c.last_message_id)
    return quiet & ~exists().where(cases.c.conversation_id == conversations.c.id)


async def _mask(connection: AsyncConnection, conversation_id: UUID, after: int, state: str) -> None:
    said = (messages.c.conversation_id == conversation_id) & (messages.c.id > after)
    lines = select(messages.c.id, messages.c.text).where(said, messages.c.direction == "in")
    for number, text in (await connection.execute(lines)).all():
        if (masked := without_identifiers(text)) != text:
            here = (messages.c.conversation_id == conversation_id) & (messages.c.id == number)
            values = bound(messages, {"text": masked}, conversation_id=conversation_id, id=number)
            await connection.execute(update(messages).where(here).values(values))
    values = {"state": json.dumps(masked_in(json.loads(state))), "masked_id": conversations.c.last_message_id}
    values = bound(conversations, values, id=conversation_id)
    await connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(values))


def masked_in(state: Any, *, words: bool = False) -> Any:
    """A state, or a part of one, with what was said in it masked."""
    if isinstance(state, str):
        return without_identifiers(state) if words else state
    if isinstance(state, Mapping):
        return {key: masked_in(value, words=words or key in WORDS or key == "answers") for key, value in state.items()}
    if isinstance(state, Sequence):
        return [masked_in(one, words=words) for one in state]
    return state
