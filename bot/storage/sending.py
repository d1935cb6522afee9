"""The outbox as the delivery sees it: replies claimed, sent, marked, tried again or given up; and timers."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    bindparam,
    delete,
    exists,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import ReplyKind
from bot.conversation.ports import LONGEST_PAUSE, Delivery, OutboxRow, Priority, StoreBusyError, Timer
from bot.storage.alerts import CALLS
from bot.storage.drains import Drain, note
from bot.storage.engine import Database
from bot.storage.outbox import DROPPED, discard, drop, loaded
from bot.storage.senders import Senders, pause, shares, spend
from bot.storage.sent_journal import NoJournal, SentJournal, micros
from bot.storage.tables import conversations, messages, outbox, timers
from bot.storage.window import hold_back
from bot.telemetry import figures

_log = logging.getLogger(__name__)

MOST_UNMARKED = 256
"""Replies sent and not marked, above which nothing more is claimed; the journal holds four times as many."""
_TIMERS_AT_ONCE = 100

_older = outbox.alias("older")
_FIRST = ~exists().where(
    _older.c.conversation_id == outbox.c.conversation_id,
    _older.c.id < outbox.c.id,
    _older.c.id.not_in(bindparam("sent", expanding=True)),
)
"""Nothing waits before it in its conversation."""


def _due() -> ColumnElement[bool]:
    """Its time has come, or lies so far away that only a clock that jumped can have set it."""
    jumped = [
        (outbox.c.priority == priority) & (outbox.c.due_at > bindparam(f"latest_{priority}"))
        for priority in LONGEST_PAUSE
    ]
    return or_(outbox.c.due_at <= bindparam("now"), *jumped)


@cache
def _heads(channels: int, *, of_one: bool = False) -> CompoundSelect[Any]:
    """For so many channels, each with its places; a statement of its own for each would be built anew at every look.

    Where several processes claim, each passes by what another is just claiming; SQLite has no such lock and needs none.
    """
    heads = []
    for number in range(channels):
        waiting = (outbox.c.channel == bindparam(f"channel_{number}")) & outbox.c.sending_since.is_(None)
        free = outbox.c.id.not_in(bindparam("taken", expanding=True))
        query = select(outbox).where(waiting, free, _due(), _FIRST).order_by(outbox.c.priority, outbox.c.id)
        if of_one:
            query = query.where(outbox.c.conversation_id == bindparam("conversation"))
        query = query.limit(bindparam(f"room_{number}", type_=Integer)).with_for_update(skip_locked=True, of=outbox)
        heads.append(select(query.subquery()))
    return union_all(*heads)


_LINE = select(outbox.c.message_id).where(outbox.c.id == bindparam("row")).scalar_subquery()
_MARK = (
    update(messages)
    .where(messages.c.conversation_id == bindparam("conversation"), messages.c.id == _LINE)
    .values(delivery=bindparam("now_is"), provider_id=bindparam("provider"), why=bindparam("reason"))
)
_REMOVE = delete(outbox).where(outbox.c.id == bindparam("row"))
_ROW = update(outbox).where(outbox.c.id == bindparam("row"))


class DatabaseOutbox:
    """The `Outbox` of ports.py. An embedded database has one process, whose memory says what is being sent; on
    PostgreSQL the row says it, and by whom.
    """

    def __init__(self, database: Database, journal: SentJournal | None = None, senders: Senders | None = None) -> None:
        self._database = database
        self._senders = (senders or Senders(database)) if database.shared else None
        self.throttled = False
        self._journal = journal or NoJournal()
        self._in_hand: set[int] = set()
        self._sent: dict[int, tuple[OutboxRow, str]] = {}
        self._marking = asyncio.Lock()

    async def settle(self, now: datetime) -> Mapping[int, Sequence[str]]:
        """Mark what the journal says went out before a crash; of replies half sent the ids so far, by row."""
        await self.give_back(now)
        numbers = {number for number, _ in self._journal.begun}
        async with self._database.read() as connection:
            rows = (await connection.execute(select(outbox).where(outbox.c.id.in_(numbers)))).mappings().all()
        known = {(row.id, micros(row.queued_at)): row for row in map(_row, rows)}
        begun, whole = self._journal.begun, self._journal.sent
        self._sent |= {row.id: (row, whole[key]) for key, row in known.items() if key in whole}
        if self._sent:
            _log.warning("%d replies had gone out before the last end, and are marked now", len(self._sent))
            figures.SETTLED.inc(len(self._sent))
        await self.mark()
        return {row.id: begun[key] for key, row in known.items() if key in begun and key not in whole}

    async def claim(
        self,
        now: datetime,
        room: Mapping[str, int],
        ordinary: Mapping[str, int] | None = None,
        only: UUID | None = None,
    ) -> Sequence[OutboxRow]:
        """Take the first reply of each conversation, most urgent first; at most `room` of a channel.

        What is not urgent gets only the first `ordinary` places of its channel. `only`: of this conversation.
        """
        self.throttled = False
        open_ = [(channel, most) for channel, most in room.items() if most > 0]
        if not open_ or len(self._sent) >= MOST_UNMARKED:
            return []
        values: dict[str, Any] = {"now": now, "sent": list(self._sent), "taken": [*self._sent, *self._in_hand]}
        values |= {f"latest_{priority}": now + pause_ for priority, pause_ in LONGEST_PAUSE.items()}
        values |= {"conversation": only} if only else {}
        for number, (channel, most) in enumerate(open_):
            values |= {f"channel_{number}": channel, f"room_{number}": most}
        heads, ordinary = _heads(len(open_), of_one=only is not None), room if ordinary is None else ordinary
        if self._senders:
            found = await self._claimed(self._senders, heads, values, dict(open_), ordinary)
        else:
            async with self._database.read(short=True) as connection:
                rows = (await connection.execute(heads, values)).mappings().all()
            found = list(_within(map(_row, rows), room, ordinary))
        self._in_hand |= {row.id for row in found}
        return found

    def said(self, row: OutboxRow, provider_id: str, *, whole: bool) -> None:
        """A part went out: into the journal at once."""
        self._journal.note(row, provider_id, whole=whole)
        if whole:
            self._sent[row.id] = (row, provider_id)

    @property
    def unmarked(self) -> int:
        """Replies that are sent and not yet marked."""
        return len(self._sent)

    @property
    def gathers(self) -> float:
        """Seconds for which marks may be gathered: the journal knows them; without one each is marked at once."""
        return self._journal.gathers

    async def mark(self) -> None:
        """Mark what is sent, all with one commit; what fails is marked the next time, and not sent again."""
        async with self._marking:
            if not self._sent:
                return
            async with self._database.mark() as connection:
                together = dict(self._sent)
                await _finish(connection, together.values(), "sent")
            for number in together:
                del self._sent[number]

    def let_go(self, row: OutboxRow) -> None:
        """It is in nobody's hands any more."""
        self._in_hand.discard(row.id)

    async def give_back(self, now: datetime) -> None:
        """What processes claimed that are gone is due again; keep our own sign of life."""
        if not self._senders:
            return
        try:
            await self._senders.join()
        except DBAPIError as error:
            raise StoreBusyError(f"the database fails: {type(error.orig).__name__}") from error
        async with self._database.mark() as connection:
            await self._senders.free(connection, [*self._in_hand, *self._sent], now)

    async def leave(self) -> None:
        """At the end of the process."""
        if self._senders:
            await self._senders.leave()

    async def retry(self, row: OutboxRow, at: datetime, why: str, pause_until: datetime | None = None) -> None:
        """Try again at `at`; until `pause_until` nobody sends on its channel what is not urgent."""
        values = {"attempts": row.attempts + 1, "due_at": at, "last_error": why, "sending_since": None, "sender": None}
        async with self._database.mark() as connection:
            await connection.execute(_REMOVE.where(outbox.c.attempts == DROPPED), {"row": row.id})
            await connection.execute(_ROW.values(values), {"row": row.id})
            if pause_until and self._senders:
                await pause(connection, row.channel, pause_until)
            note(connection, Drain(row.conversation_id, row.priority, at))

    async def failed(self, row: OutboxRow, why: str, *, unreachable: bool) -> None:
        """Give up; `unreachable` drops all that waits for this person."""
        async with self._database.mark() as connection:
            if unreachable:
                # The conversation first, as in a turn: whoever locks in another order may wait for ever.
                gone = update(conversations).where(conversations.c.id == row.conversation_id)
                await connection.execute(gone.values(reachable=False))
            await _finish(connection, [(row, None)], "failed", why)
            if unreachable:
                await drop(connection, row.conversation_id, why)
                await discard(connection, row.conversation_id)  # nothing of theirs is on its way but this one

    async def hold_back(self, row: OutboxRow, why: str, now: datetime) -> None:
        """An operator's words wait until the person writes; the bot's own are given up."""
        async with self._database.mark() as connection:
            if row.reply.kind is ReplyKind.OPERATOR:
                line = select(outbox.c.message_id).where(outbox.c.id == row.id)
                await hold_back(connection, row.conversation_id, await connection.scalar(line), now)
                await connection.execute(_REMOVE, {"row": row.id})
            else:
                await _finish(connection, [(row, None)], "failed", why)

    async def timers_due(self, now: datetime) -> Sequence[Timer]:
        """Timers whose time has come, oldest first; those of alerts are none of the delivery's."""
        query = (
            select(timers).where(timers.c.due_at <= now, timers.c.kind != CALLS).order_by(timers.c.due_at, timers.c.id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query.limit(_TIMERS_AT_ONCE))).mappings().all()
        return [Timer(**row) for row in rows]

    async def timer_done(self, timer_id: int) -> None:
        """Forget it; unknown ids are no error."""
        async with self._database.write() as connection:
            await connection.execute(delete(timers).where(timers.c.id == timer_id))

    async def _claimed(
        self, senders: Senders, heads: CompoundSelect[Any], values: Mapping[str, Any], room: Mapping[str, int],
        ordinary: Mapping[str, int],
    ) -> list[OutboxRow]:  # fmt: skip
        """Found and marked as ours in one transaction, within what is left of the rate that all senders share."""
        async with self._database.mark() as connection:
            left = await shares(connection, sorted(room))
            within = {name: min(most, left[name][0]) for name, most in ordinary.items() if name in left}
            rows = [_row(row) for row in (await connection.execute(heads, values)).mappings()]
            found = list(_within(rows, room, within))
            # More is due, and only the rate is in the way: to be looked for again in a moment.
            self.throttled = len(found) < len(rows) and any(within[name] < ordinary[name] for name in within)
            if found:
                mine = outbox.c.id.in_([row.id for row in found])
                claim = update(outbox).where(mine).values(sending_since=values["now"], sender=senders.me)
                await connection.execute(claim)
            for name, count in sorted(Counter(row.channel for row in found).items()):
                await spend(connection, name, left[name][1] + count)
        return found


def _within(rows: Iterable[OutboxRow], room: Mapping[str, int], ordinary: Mapping[str, int]) -> Iterator[OutboxRow]:
    """The most urgent first, as many as there are places for."""
    taken: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: (row.priority, row.id)):
        if taken[row.channel] < (room if row.priority is Priority.URGENT else ordinary)[row.channel]:
            taken[row.channel] += 1
            yield row


async def _finish(
    connection: AsyncConnection, rows: Iterable[tuple[OutboxRow, str | None]], delivery: Delivery, why: str = ""
) -> None:
    """Say in the transcript what became of them, and remove them; a line or a row that was erased is no error."""
    # In one order for all senders: whoever locks in another may wait for ever.
    rows = sorted(rows, key=lambda one: (one[0].conversation_id, one[0].id))
    common = {"now_is": delivery, "reason": why or None}
    said = [one for one in rows if one[0].attempts != DROPPED]  # of what was dropped the transcript says why
    marks = [{"conversation": row.conversation_id, "row": row.id, "provider": id_, **common} for row, id_ in said]
    if marks:
        await connection.execute(_MARK, marks)
    await connection.execute(_REMOVE, [{"row": row.id} for row, _ in rows])


def _row(row: Any) -> OutboxRow:
    return OutboxRow(
        row["id"], row["conversation_id"], row["channel"], row["address"], loaded(row["reply"]),
        row["attempts"], row["queued_at"], Priority(row["priority"]),
    )  # fmt: skip
