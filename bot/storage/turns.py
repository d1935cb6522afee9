"""One message's transaction: inbox, lock, state, transcript, outbox, case, timers, erasure."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import (
    AnswerRated,
    CaseNeeded,
    Conversation,
    DeletionConfirmed,
    Event,
    InboundMessage,
    Kind,
    LookAgain,
    NotUnderstood,
    Outcome,
    PlaceGiven,
    Reply,
    Turn,
)
from bot.conversation.case import Case
from bot.conversation.messages import Location
from bot.storage import audit, bursts, checklists, erasure, looking, outbox, transcript
from bot.storage.crypto import Cipher
from bot.storage.engine import Database, insert_if_new
from bot.storage.helped import mark_of
from bot.storage.masking import masked
from bot.storage.presence import Presence, presence
from bot.storage.rows import Handoff, Held, hold, hold_by_id, save_case
from bot.storage.tables import conversations, deliveries, ratings, timers, unanswered
from bot.storage.types import bound

_E = TypeVar("_E", bound=Event)
ERASING = "delete"
"""The flow that asks whether to erase."""
ERASING_LASTS = timedelta(hours=1)
_MAY_BE_DANGER = (Outcome.URGENT, Outcome.CHECK, Outcome.FALLBACK)
_BY_ADDRESS = (
    select(conversations)
    .where(conversations.c.channel == bindparam("of_channel"), conversations.c.address_key == bindparam("of_key"))
    .with_for_update()
)
_UPDATE = update(conversations).where(conversations.c.id == bindparam("conversation"))


class DatabaseStore:
    """The `Store` of ports.py."""

    def __init__(self, database: Database, handoff: Handoff) -> None:
        self._database = database
        self._handoff = handoff

    @asynccontextmanager
    async def turn(self) -> AsyncIterator["DatabaseTurn"]:
        """One transaction. StoreBusyError where its turn does not come in time."""
        async with self._database.write(short=True) as connection:
            turn = DatabaseTurn(connection, self._database.cipher, self._handoff)
            yield turn
        if turn.erased:
            await self._database.scrub()


class DatabaseTurn:
    """The `TurnStore` of ports.py; also for a timer, where no message came."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher, handoff: Handoff) -> None:
        self._connection = connection
        self._cipher = cipher
        self._handoff = handoff
        self._held: Held | None = None
        self._late = False
        self._answered_here = False
        self.erased = False

    async def claim_delivery(self, message: InboundMessage, received_at: datetime) -> bool:
        """False = this delivery was seen before."""
        new = insert_if_new(self._connection.dialect.name, deliveries)
        row = {"channel": message.channel, "delivery_id": message.delivery_id, "received_at": received_at}
        return (await self._connection.execute(new, row)).rowcount == 1

    async def load(self, message: InboundMessage, now: datetime) -> tuple[UUID, Conversation, bool]:
        """The conversation under its lock (made if new), and whether the message is late."""
        key = self._cipher.address_key(message.channel, message.address)
        found = {"of_channel": message.channel, "of_key": key}
        source = bursts.source_of(self._cipher, message)
        held = await hold(self._connection, _BY_ADDRESS, found, source, now)
        if held is None:
            await self._make(message, key, now)
            held = await hold(self._connection, _BY_ADDRESS, found, source, now)
        assert held is not None  # noqa: S101 - it was just made, or another was faster
        # The answer leaves from where they wrote to last.
        self._held = held = replace(held, address=message.address)
        self._answered_here = message.answered_here
        self._late = held.last_sent_at is not None and message.sent_at < held.last_sent_at
        words = message.text if message.kind is Kind.TEXT else ""
        state = await checklists.loaded(self._connection, self._cipher, held.conversation, words, source, now)
        return held.id, state, self._late

    @property
    def blocked(self) -> bool:
        """Whether what this source writes opens no case, so that nobody may be promised."""
        return self._held is not None and self._held.blocked

    @property
    def channel(self) -> str:
        """Of the conversation that was loaded; empty before."""
        return self._held.channel if self._held else ""

    async def resume(self, timer_id: int) -> tuple[UUID, Conversation] | None:
        """Take a timer away and lock its conversation; None where it was answered, or nothing may be sent."""
        here = timers.c.id == timer_id
        conversation_id = await self._connection.scalar(select(timers.c.conversation_id).where(here))
        held = conversation_id and await hold_by_id(self._connection, conversation_id)
        # A message may have cleared it while we waited for the lock.
        cleared = (await self._connection.execute(delete(timers).where(here))).rowcount == 0
        if not held or cleared or held.left or not held.reachable:
            return None
        self._held = held
        return held.id, held.conversation

    async def save(self, conversation_id: UUID, message: InboundMessage | None, turn: Turn, now: datetime) -> None:
        """State, transcript, outbox, case and unanswered phrase; `message` is None where a timer made the turn."""
        held = self._held
        if held is None or held.id != conversation_id:
            raise ValueError("save what was loaded in this transaction")
        there = presence(held, message, turn, self._late)
        case = self._case(held, message, turn, there, now)
        if case:
            case = await self._placed(held, case, message, now)
            before = held.case or _same(held.ended, case)
            case = await save_case(self._connection, self._handoff, case, before, now, held.channel)
            await self._note_opening(held, case, now)
        for confirmed in _of(turn.events, DeletionConfirmed):
            await checklists.forget(self._connection, self._cipher, (one.code for one in held.conversation.steps))
            await self._erase(replace(held, case=case), turn, confirmed, now)
            return
        if there.gone:
            await outbox.drop(self._connection, held.id, there.gone)
        elif held.has_held and message and there.reachable and not there.left and not self._answered_here:
            await outbox.follow(self._connection, held.id, held.channel, held.address, now)
        last_message_id = await self._save_words(held, message, there.replies, now)
        await self._save_state(held, message, turn, there, last_message_id, now)
        await checklists.keep(self._connection, self._cipher, held.conversation, turn.conversation, now)
        await self._save_phrases(turn.events, now)
        await looking.look_again(self._connection, held, turn, now if message else None)

    async def _make(self, message: InboundMessage, key: bytes, now: datetime) -> None:
        row = {
            "id": uuid4(), "channel": message.channel, "address_key": key, "address": message.address,
            "state": Conversation().stored(), "reachable": True, "left": False, "erase_when_closed": False,
            "last_message_id": 0, "created_at": now, "updated_at": now,
        }  # fmt: skip
        await self._connection.execute(
            insert_if_new(self._connection.dialect.name, conversations), bound(conversations, row)
        )

    def _case(
        self, held: Held, message: InboundMessage | None, turn: Turn, there: Presence, now: datetime
    ) -> Case | None:
        """The open case as it is after this turn; who writes after the end of one opens it again."""
        writes = message is not None and message.kind is not Kind.BLOCKED
        case = held.case or (self._opened_again(held, turn, now) if writes and not held.blocked else None)
        for event in () if held.blocked else _of(turn.events, CaseNeeded):
            case = self._handoff.need(case, event, uuid4(), held.id, now)
        for place in _of(turn.events, PlaceGiven):
            case = case and replace(case, place=Location(place.latitude, place.longitude))
        if case and writes:
            case = self._handoff.heard(case, now)
        return case and replace(case, left=there.left)

    async def _placed(self, held: Held, case: Case, message: InboundMessage | None, now: datetime) -> Case:
        """Where it stands in the queue: by itself or behind another of its network, by what speaks for it."""
        before = held.case
        if message is None or case.status != "open":
            return case
        source = case.source if before and case.source else bursts.source_of(self._cipher, message)
        shared, opens = bool(message.network), before is None
        found = await bursts.opening(self._connection, source, now, shared=shared, counts=opens)
        raised = before is not None and case.level.rank < before.level.rank
        if opens or (case.grouped_under and (raised or not await bursts.still_grouped(self._connection, case))):
            case = await bursts.placed(self._connection, case, found)
        talked = held.last_message_id > 0
        return self._handoff.weighed(case, channel=held.channel, several_turns=talked, crowd=found.crowd)

    def _opened_again(self, held: Held, turn: Turn, now: datetime) -> Case | None:
        outcome = turn.reading.outcome
        # To leave, to change the language, or what is understood while we ask whether to erase, wishes for no person.
        other = outcome is Outcome.COMMAND or (_is_erasing(held, now) and outcome not in _MAY_BE_DANGER)
        if held.ended is None or (other and not _of(turn.events, CaseNeeded)) or _of(turn.events, DeletionConfirmed):
            return None
        return self._handoff.reopen(held.ended, now, calm=outcome is Outcome.SMALLTALK)

    async def _note_opening(self, held: Held, case: Case, now: datetime) -> None:
        if held.case is None:
            done = "reopened" if held.ended and held.ended.id == case.id else "opened"
            await audit.write(self._connection, "", done, str(case.id), now, f"{case.level} {case.category or ''}")
        elif held.case.level is not case.level:
            await audit.write(self._connection, "", "raised", str(case.id), now, f"{case.level} {case.category or ''}")

    async def _erase(self, held: Held, turn: Turn, confirmed: DeletionConfirmed, now: datetime) -> None:
        await erasure.erase(self._connection, self._handoff, held, confirmed, now, turn.conversation)
        await audit.write(self._connection, "", "erased", str(held.id), now, "by the person")
        await self._queue(held, turn.replies, [None] * len(turn.replies), now)
        self.erased = True

    async def _queue(
        self, held: Held, replies: Sequence[Reply], message_ids: Sequence[int | None], now: datetime
    ) -> None:
        if not self._answered_here:
            await outbox.queue(self._connection, held.id, held.channel, held.address, replies, message_ids, now)
            if held.unsent + len(replies) > outbox.MOST_WAITING:
                await outbox.merge(self._connection, held.id, self._handoff.merged(held.conversation.lang))

    async def _save_words(
        self, held: Held, message: InboundMessage | None, replies: Sequence[Reply], now: datetime
    ) -> int:
        """Transcript and outbox; the id of the last line."""
        said = [transcript.inbound(held.id, message, held.conversation, self._late, now)] if message else []
        gone = len(replies) if self._answered_here else _gone(message, replies)
        lines = said + [transcript.outbound(held.id, reply, "bot", now, "sent") for reply in replies[:gone]]
        lines += [transcript.outbound(held.id, reply, "bot", now) for reply in replies[gone:]]
        ids = await transcript.write(self._connection, lines, held.last_message_id)
        await self._queue(held, replies[gone:], ids[len(said) + gone :], now)
        return held.last_message_id + len(lines)

    async def _save_state(
        self,
        held: Held,
        message: InboundMessage | None,
        turn: Turn,
        there: Presence,
        last_message_id: int,
        now: datetime,
    ) -> None:
        last = held.last_sent_at
        if message:
            # A clock that runs ahead must not make all that comes after it late.
            sent_at = min(message.sent_at, now)
            last = max(last, sent_at) if last else sent_at
        values = {
            "conversation": held.id, "address": held.address,
            "state": turn.conversation.stored(), "lang": turn.conversation.lang,
            "last_sent_at": last, "reachable": there.reachable, "left": there.left,
            "last_message_id": last_message_id,
        }  # fmt: skip
        if message or not _of(turn.events, LookAgain):  # what we do unasked keeps no conversation for longer
            values["updated_at"] = now
        await self._connection.execute(_UPDATE, bound(conversations, values, id=held.id))

    async def _save_phrases(self, events: Iterable[Event], now: datetime) -> None:
        rows = [{"text": masked(event.text), "lang": event.lang, "at": now} for event in _of(events, NotUnderstood)]
        if rows:
            await self._connection.execute(insert(unanswered), rows)
        rated = [asdict(event) | {"at": now} for event in _of(events, AnswerRated)]
        if rated:
            await self._connection.execute(insert(ratings), rated)


def _is_erasing(held: Held, now: datetime) -> bool:
    """The question is open and fresh: who comes back to it the next day writes again."""
    lately = held.last_sent_at is not None and now - held.last_sent_at < ERASING_LASTS
    return held.conversation.flow == ERASING and lately


def _gone(message: InboundMessage | None, replies: Sequence[Reply]) -> int:
    """How many replies reached the person before this was stored: the help text, if it is what was said then."""
    return int(bool(message and message.helped and replies and mark_of(replies[0].text) == message.helped))


def _same(ended: Case | None, case: Case) -> Case | None:
    return ended if ended and ended.id == case.id else None


def _of(events: Iterable[Event], kind: type[_E]) -> list[_E]:
    return [event for event in events if isinstance(event, kind)]
