"""Replies that wait to be sent, in the order of their turns, and timers."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Reply, ReplyKind
from bot.conversation.ports import Delivery, OutboxRow, Timer
from bot.storage.engine import Database
from bot.storage.rows import HELD_BACK
from bot.storage.tables import conversations, messages, outbox, timers
from bot.storage.window import hold_back

_REPLY = TypeAdapter(Reply)
_STAYS = (ReplyKind.HELP, ReplyKind.CARE, ReplyKind.OPERATOR, ReplyKind.KNOCK)
_TIMERS_AT_ONCE = 100

_older = outbox.alias("older")
_HELD_UP = exists().where(
    _older.c.conversation_id == outbox.c.conversation_id,
    _older.c.id <= outbox.c.id,
    _older.c.due_at > bindparam("now"),
)
"""It, or something of this conversation that was queued before and must not be overtaken, waits for a later time."""
_DUE = select(outbox).where(outbox.c.due_at <= bindparam("now"), ~_HELD_UP).order_by(outbox.c.id)
_LINE = select(outbox.c.message_id).where(outbox.c.id == bindparam("row")).scalar_subquery()
_MARK = (
    update(messages)
    .where(messages.c.conversation_id == bindparam("conversation"), messages.c.id == _LINE)
    .values(delivery=bindparam("now_is"), provider_id=bindparam("provider"), why=bindparam("reason"))
)
_THERE = select(outbox.c.id).where(outbox.c.id == bindparam("row"))
_REMOVE = delete(outbox).where(outbox.c.id == bindparam("row"))


class DatabaseOutbox:
    """The `Outbox` of ports.py."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sent: list[tuple[OutboxRow, str | None]] = []
        self._marking = asyncio.Lock()

    async def due(self, now: datetime, limit: int) -> Sequence[OutboxRow]:
        """Unsent replies, oldest first, of conversations whose first one's time has come; at most `limit`."""
        async with self._database.read() as connection:
            rows = (await connection.execute(_DUE.limit(limit), {"now": now})).mappings().all()
        return [_row(row) for row in rows]

    async def still_due(self, row: OutboxRow) -> bool:
        """Whether it may go out at this moment: not where a person took over, or the writer left, since it was read."""
        async with self._database.read() as connection:
            return await connection.scalar(_THERE, {"row": row.id}) is not None

    async def sent(self, row: OutboxRow, provider_id: str, now: datetime) -> None:
        """Mark as sent. Who waits for the writer at the same time is marked together, with one commit."""
        mark: tuple[OutboxRow, str | None] = (row, provider_id)
        self._sent.append(mark)
        try:
            async with self._marking:
                if mark not in self._sent:
                    return  # written by whoever held the lock before
                async with self._database.write() as connection:
                    together = list(self._sent)
                    await _finish(connection, together, "sent")
                self._sent = [other for other in self._sent if other not in together]
        except BaseException:
            # Not marked: it stays due, and is marked again without being sent again.
            self._sent = [other for other in self._sent if other is not mark]
            raise

    async def retry(self, row: OutboxRow, at: datetime, why: str) -> None:
        """Try again at `at`."""
        change = update(outbox).where(outbox.c.id == row.id)
        async with self._database.write() as connection:
            await connection.execute(change.values(attempts=row.attempts + 1, due_at=at, last_error=why))

    async def failed(self, row: OutboxRow, why: str, *, unreachable: bool) -> None:
        """Give up; `unreachable` drops all that waits for this person."""
        async with self._database.write() as connection:
            if unreachable:
                # The conversation first, as in a turn: whoever locks in another order may wait for ever.
                gone = update(conversations).where(conversations.c.id == row.conversation_id)
                await connection.execute(gone.values(reachable=False))
            await _finish(connection, [(row, None)], "failed", why)
            if unreachable:
                await drop(connection, row.conversation_id, why)

    async def hold_back(self, row: OutboxRow, why: str, now: datetime) -> None:
        """An operator's words wait until the person writes; the bot's own are given up."""
        async with self._database.write() as connection:
            waits = row.reply.kind is ReplyKind.OPERATOR
            if waits:
                line = select(outbox.c.message_id).where(outbox.c.id == row.id)
                await hold_back(connection, row.conversation_id, await connection.scalar(line), now)
                await connection.execute(_REMOVE, {"row": row.id})
            else:
                await _finish(connection, [(row, None)], "failed", why)

    async def timers_due(self, now: datetime) -> Sequence[Timer]:
        """Timers whose time has come, oldest first."""
        query = select(timers).where(timers.c.due_at <= now).order_by(timers.c.due_at, timers.c.id)
        async with self._database.read() as connection:
            rows = (await connection.execute(query.limit(_TIMERS_AT_ONCE))).mappings().all()
        return [Timer(**row) for row in rows]

    async def timer_done(self, timer_id: int) -> None:
        """Forget it; unknown ids are no error."""
        async with self._database.write() as connection:
            await connection.execute(delete(timers).where(timers.c.id == timer_id))


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
        "attempts": 0, "queued_at": now, "due_at": now,
    }  # fmt: skip
    rows = [
        {**common, "message_id": message_id, "reply": _REPLY.dump_json(reply).decode()}
        for reply, message_id in zip(replies, message_ids, strict=True)
    ]
    if rows:
        await connection.execute(insert(outbox), rows)


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
    waiting = select(outbox.c.id, outbox.c.message_id, outbox.c.reply).where(
        outbox.c.conversation_id == conversation_id
    )
    rows = (await connection.execute(waiting)).all()
    gone = [row for row in rows if row.message_id and _REPLY.validate_json(row.reply).kind not in _STAYS]
    if gone:
        lines = (messages.c.conversation_id == conversation_id) & messages.c.id.in_([row.message_id for row in gone])
        await connection.execute(update(messages).where(lines).values(delivery="failed", why="claimed"))
        await connection.execute(delete(outbox).where(outbox.c.id.in_([row.id for row in gone])))


async def drop(connection: AsyncConnection, conversation_id: UUID, why: str) -> None:
    """Nothing that waits for this person is sent any more."""
    waiting = (messages.c.conversation_id == conversation_id) & messages.c.delivery.in_(("queued", "held"))
    await connection.execute(update(messages).where(waiting).values(delivery="failed", why=why))
    await discard(connection, conversation_id)


async def discard(connection: AsyncConnection, conversation_id: UUID) -> None:
    """Drop the replies alone, where the transcript goes as well."""
    await connection.execute(delete(outbox).where(outbox.c.conversation_id == conversation_id))


async def _finish(
    connection: AsyncConnection,
    rows: Sequence[tuple[OutboxRow, str | None]],
    delivery: Delivery,
    why: str | None = None,
) -> None:
    """Say in the transcript what became of them, and remove them; a line or a row that was erased is no error."""
    common = {"now_is": delivery, "reason": why}
    marks = [{"conversation": row.conversation_id, "row": row.id, "provider": id_, **common} for row, id_ in rows]
    await connection.execute(_MARK, marks)
    await connection.execute(_REMOVE, [{"row": row.id} for row, _ in rows])


def _row(row: Any) -> OutboxRow:
    reply = _REPLY.validate_json(row["reply"])
    return OutboxRow(
        row["id"], row["conversation_id"], row["channel"], row["address"], reply, row["attempts"], row["queued_at"]
    )
