"""What is said to a person outside a turn: on its way, or held back until they write."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Reply
from bot.storage import outbox, transcript, window
from bot.storage.errors import PersonLeftError, PersonUnreachableError
from bot.storage.rows import Held
from bot.storage.tables import conversations

_COUNT = update(conversations).where(conversations.c.id == bindparam("conversation"))


async def queue(
    connection: AsyncConnection, held: Held, reply: Reply, author: transcript.Author, now: datetime
) -> None:
    """Into the transcript, and on its way."""
    line = await _write(connection, held, transcript.outbound(held.id, reply, author, now))
    await outbox.queue(connection, held.id, held.channel, held.address, [reply], [line], now)


async def hold_back(
    connection: AsyncConnection, held: Held, reply: Reply, author: transcript.Author, now: datetime
) -> None:
    """Into the transcript; it goes out when the person writes, and they are asked to."""
    await _write(connection, held, transcript.outbound(held.id, reply, author, now, "held"))
    await window.to_knock(connection, held.id, now)


async def _write(connection: AsyncConnection, held: Held, line: Mapping[str, object]) -> int:
    ids = await transcript.write(connection, [line], held.last_message_id)
    await connection.execute(_COUNT, {"conversation": held.id, "last_message_id": ids[-1]})
    return ids[-1]


def refuse_gone(held: Held) -> None:
    """Nothing is sent to who left, or cannot be reached. PersonLeftError, PersonUnreachableError."""
    if held.left:
        raise PersonLeftError("The person left the chat: nothing is sent until they write again.")
    if not held.reachable:
        raise PersonUnreachableError("The person cannot be reached: they blocked the chat, or the address is gone.")
