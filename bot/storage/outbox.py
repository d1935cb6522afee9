"""Replies are put into the outbox in the order of their turns, and taken out of it when they are not to be said."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Reply, ReplyKind
from bot.conversation.ports import PRIORITIES, Priority
from bot.storage.drains import Drain, note
from bot.storage.rows import HELD_BACK
from bot.storage.tables import messages, outbox
from bot.storage.types import bound

REPLY = TypeAdapter(Reply)
MOST_WAITING = 20
"""Replies of one conversation; above it the older ordinary ones become one line."""
LEFT_WAITING = 5
"""The newest so many are said all the same."""
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""Due whatever the clock says, also after it jumped back."""
DROPPED = 1_000_000
"""Attempts of a row that is not said any more: it may be on the wire at this moment, is never tried again, and what is
said after it waits until it is known what became of it."""
UNSAID = Reply(ReplyKind.NOTICE, "")
"""Stands for its words: nothing to say is nothing to send."""
_STAYS = (ReplyKind.HELP, ReplyKind.CARE, ReplyKind.OPERATOR, ReplyKind.KNOCK)

_of_it = outbox.c.conversation_id == bindparam("conversation")
_same = outbox.alias("same")
_LAST_URGENT = (
    select(func.max(_same.c.id))
    .where(_same.c.conversation_id == bindparam("conversation"), _same.c.priority == Priority.URGENT)
    .scalar_subquery()
)
_PULL = (
    update(outbox)
    .where(_of_it, outbox.c.priority != Priority.URGENT, outbox.c.id < _LAST_URGENT)
    .values(priority=Priority.URGENT, due_at=AT_ONCE)
)
"""What waits before an urgent reply goes out as soon, since nothing overtakes within a conversation."""
_WAITING = (
    select(outbox.c.id, outbox.c.message_id, outbox.c.reply)
    .where(_of_it, outbox.c.sending_since.is_(None))
    .order_by(outbox.c.id)
    .with_for_update()
)


async def queue(
    connection: AsyncConnection,
    conversation_id: UUID,
    channel: str,
    address: str,
    replies: Sequence[Reply],
    message_ids: Sequence[int | None],
    now: datetime,
) -> None:
    """Queue replies behind what already waits for this person; the order of ids is the order of sending."""
    common = {
        "conversation_id": conversation_id, "channel": channel, "address": address,
        "attempts": 0, "queued_at": now, "due_at": AT_ONCE,
    }  # fmt: skip
    rows = [
        bound(outbox, {**common, "message_id": message_id, "reply": dumped(reply), "priority": priority_of(reply)})
        for reply, message_id in zip(replies, message_ids, strict=True)
    ]
    if rows:
        await connection.execute(insert(outbox), rows)
        note(connection, Drain(conversation_id, min(map(priority_of, replies))))
    if Priority.URGENT in map(priority_of, replies):
        await connection.execute(_PULL, {"conversation": conversation_id})


def priority_of(reply: Reply) -> Priority:
    """By what it is for."""
    return PRIORITIES.get(reply.kind, Priority.ORDINARY)


async def merge(connection: AsyncConnection, conversation_id: UUID, line: Reply) -> None:
    """Too many wait for one person: the older ordinary replies become `line`; help and operators' words stay."""
    rows = (await connection.execute(_WAITING, {"conversation": conversation_id})).all()
    # The first may be on its way at this moment.
    older = rows[1:-LEFT_WAITING]
    gone = [row for row in older if row.message_id and priority_of(loaded(row.reply)) is Priority.ORDINARY]
    if len(gone) < 2:
        return
    *dropped, kept = gone
    await _not_said(connection, conversation_id, dropped, "merged")
    said = (messages.c.conversation_id == conversation_id) & (messages.c.id == kept.message_id)
    values = {"kind": line.kind.value, "text": line.text, "spans": None}
    values = bound(messages, values, conversation_id=conversation_id, id=kept.message_id)
    await connection.execute(update(messages).where(said).values(values))
    values = bound(outbox, {"reply": dumped(line)}, conversation_id=conversation_id)
    await connection.execute(update(outbox).where(outbox.c.id == kept.id).values(values))


async def follow(connection: AsyncConnection, conversation_id: UUID, channel: str, address: str, now: datetime) -> None:
    """The person wrote: what was held back for that goes out now, before anything newer."""
    theirs = (messages.c.conversation_id == conversation_id) & HELD_BACK
    waiting = select(messages.c.id, messages.c.text).where(theirs).order_by(messages.c.id)
    rows = (await connection.execute(waiting)).all()
    replies = [Reply(ReplyKind.OPERATOR, row.text) for row in rows]
    await connection.execute(update(messages).where(theirs).values(delivery="queued", why=None))
    await queue(connection, conversation_id, channel, address, replies, [row.id for row in rows], now)


async def silence_bot(connection: AsyncConnection, conversation_id: UUID) -> None:
    """A person took over: what the bot had still to say is not said, except help texts and receipts of erasures."""
    rows = (await connection.execute(_WAITING, {"conversation": conversation_id})).all()
    gone = [row for row in rows if row.message_id and loaded(row.reply).kind not in _STAYS]
    if gone:
        await _not_said(connection, conversation_id, gone, "claimed")


async def drop(connection: AsyncConnection, conversation_id: UUID, why: str) -> None:
    """Nothing that waits for this person is sent any more, and the goodbye not before what is on its way."""
    waiting = (messages.c.conversation_id == conversation_id) & messages.c.delivery.in_(("queued", "held"))
    await connection.execute(update(messages).where(waiting).values(delivery="failed", why=why))
    values = {"reply": dumped(UNSAID), "attempts": DROPPED, "due_at": AT_ONCE}
    values = bound(outbox, values, conversation_id=conversation_id)
    await connection.execute(update(outbox).where(outbox.c.conversation_id == conversation_id).values(values))


async def discard(connection: AsyncConnection, conversation_id: UUID) -> None:
    """Drop the replies alone, where the transcript goes as well."""
    await connection.execute(delete(outbox).where(outbox.c.conversation_id == conversation_id))


def dumped(reply: Reply) -> str:
    """As it is kept."""
    return REPLY.dump_json(reply).decode()


def loaded(reply: str) -> Reply:
    """What was kept."""
    return REPLY.validate_json(reply)


async def _not_said(connection: AsyncConnection, conversation_id: UUID, rows: Sequence[Any], why: str) -> None:
    """Drop rows of the outbox; the transcript says why."""
    lines = (messages.c.conversation_id == conversation_id) & messages.c.id.in_([row.message_id for row in rows])
    await connection.execute(update(messages).where(lines).values(delivery="failed", why=why))
    await connection.execute(delete(outbox).where(outbox.c.id.in_([row.id for row in rows])))
