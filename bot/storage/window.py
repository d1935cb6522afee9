"""What waits because WhatsApp takes no free words now: held back, and knocked for once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import ReplyKind
from bot.storage.rows import forget_timer
from bot.storage.tables import messages, timers

KNOCK = "knock"
"""The kind of a timer that is due at once: to ask the person to write."""


async def hold_back(connection: AsyncConnection, conversation_id: UUID, message_id: int | None, now: datetime) -> None:
    """A line of the transcript waits until the person writes, and they are asked to."""
    line = (messages.c.conversation_id == conversation_id) & (messages.c.id == message_id)
    await connection.execute(update(messages).where(line).values(delivery="held", why=None, provider_id=None))
    await to_knock(connection, conversation_id, now)


async def to_knock(connection: AsyncConnection, conversation_id: UUID, now: datetime) -> None:
    """By a timer, so that it happens also after a crash, and only where it is still needed."""
    await forget_timer(connection, conversation_id, KNOCK)
    row = {"kind": KNOCK, "conversation_id": conversation_id, "payload": {}, "due_at": now}
    await connection.execute(insert(timers), row)


async def knocked(connection: AsyncConnection, conversation_id: UUID) -> bool:
    """Whether the person was asked since they last wrote: once is enough, and each costs money."""
    here = messages.c.conversation_id == conversation_id
    heard = select(func.coalesce(func.max(messages.c.id), 0)).where(here, messages.c.direction == "in")
    asked = exists().where(
        here, messages.c.kind == ReplyKind.KNOCK.value, messages.c.delivery != "failed",
        messages.c.id > heard.scalar_subquery(),
    )  # fmt: skip
    return bool(await connection.scalar(select(asked)))
