"""What people may see of their own conversation: its last lines and the open choices."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Choice, Conversation, Lang
from bot.storage.engine import Database
from bot.storage.rows import restored
from bot.storage.tables import conversations, messages
from bot.storage.transcript import Line

LINES = 100
"""The newest so many; older ones a page does not show."""
_COLUMNS = [messages.c[field.name] for field in fields(Line)]


@dataclass(frozen=True, slots=True)
class Seen:
    """One person's view. `last` is the newest line's id, also where no line is new."""

    lines: Sequence[Line] = ()
    choices: tuple[Choice, ...] = ()
    last: int = 0
    lang: Lang | None = None
    """What the person chose, or the language of their last message."""
    conversation_id: UUID | None = None


class OwnView:
    """Reads without the lock: what is committed is seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, channel: str, address: str, after: int = 0) -> Seen | None:
        """The lines behind `after`; None where nothing is kept of this person."""
        key = self._database.cipher.address_key(channel, address)
        known = select(conversations).where(conversations.c.channel == channel, conversations.c.address_key == key)
        async with self._database.read() as connection:
            row = (await connection.execute(known)).first()
            return None if row is None else await _seen(connection, row, after)


async def _seen(connection: AsyncConnection, row: Row[tuple[object, ...]], after: int) -> Seen:
    state: Conversation = restored(row.state)
    lines = await _lines(connection, row.id, after) if row.last_message_id > after else ()
    return Seen(lines, state.offered, row.last_message_id, state.lang, row.id)


async def _lines(connection: AsyncConnection, conversation_id: UUID, after: int) -> Sequence[Line]:
    # What was dropped because the person left must not pop up when they are back.
    shown = (messages.c.conversation_id == conversation_id) & messages.c.delivery.is_distinct_from("failed")
    query = select(*_COLUMNS).where(shown, messages.c.id > after).order_by(messages.c.id.desc()).limit(LINES)
    return [Line(**row._mapping) for row in reversed((await connection.execute(query)).all())]
