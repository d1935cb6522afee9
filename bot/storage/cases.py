"""Cases for the operators: what they do with one. Each in one transaction, with its line in the audit log."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation, Reply, ReplyKind
from bot.conversation.case import Case, CaseOutcome, CaseStatus
from bot.conversation.ports import Timer
from bot.storage import audit, erasure, notes, outbox, queue, transcript
from bot.storage.engine import Database
from bot.storage.errors import (
    NoSuchCaseError,
    NoSuchConversationError,
    NoSuchOperatorError,
    PersonLeftError,
    PersonUnreachableError,
    StaleCaseError,
)
from bot.storage.rows import Handoff, Held, case_of, hold_by_id, restored, save_case
from bot.storage.tables import cases, conversations, operators, timers

_THERE = select(
    conversations.c.channel, conversations.c.state, conversations.c.last_sent_at, conversations.c.reachable,
).where(conversations.c.id == bindparam("conversation"))  # fmt: skip
_COUNT = update(conversations).where(conversations.c.id == bindparam("conversation"))
_HELPS = ("operator", "coordinator")

Change = Callable[[Case], Case]
Say = Callable[[Case, Conversation], Reply]
Done = Literal["claimed", "released", "transferred", "resolved", "labelled", "lapsed", "answered"]
_NOW_IS: dict[CaseStatus, Done] = {"claimed": "claimed", "open": "released", "resolved": "resolved"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A case with all that stands beside it."""

    case: Case
    notes: Sequence[notes.Note]
    linked: Sequence[UUID]
    channel: str
    person: Conversation
    """What the chat knows of them: language, country, whether under 18, answers to its questions."""
    last_sent_at: datetime | None
    reachable: bool


class Cases:
    """What the admin API and the console do. `version` is what the operator last saw; None acts on what is."""

    def __init__(self, database: Database, handoff: Handoff) -> None:
        self._database = database
        self._handoff = handoff

    async def list_cases(
        self, status: CaseStatus | None, cursor: str | None, limit: int
    ) -> tuple[Sequence[Case], str | None]:
        """One page, most urgent first, and the cursor of the next. BadCursorError."""
        async with self._database.read() as connection:
            return await queue.page(connection, queue.Wanted(status=status), cursor, limit)

    async def get(self, case_id: UUID) -> Case:
        """One case. NoSuchCaseError."""
        async with self._database.read() as connection:
            return await _read(connection, case_id)

    async def whole(self, case_id: UUID) -> Whole:
        """One case with all that stands beside it. NoSuchCaseError."""
        async with self._database.read() as connection:
            case = await _read(connection, case_id)
            there = (await connection.execute(_THERE, {"conversation": case.conversation_id})).one()
            return Whole(
                case, await notes.of(connection, case_id), await notes.linked(connection, case_id), there.channel,
                restored(there.state), there.last_sent_at, there.reachable,
            )  # fmt: skip

    async def find(self, wanted: queue.Wanted, cursor: str | None, limit: int) -> tuple[Sequence[Case], str | None]:
        """One page of those, most urgent first, and the cursor of the next. BadCursorError."""
        async with self._database.read() as connection:
            return await queue.page(connection, wanted, cursor, limit)

    async def messages(
        self, conversation_id: UUID, cursor: str | None, limit: int
    ) -> tuple[Sequence[transcript.Line], str | None]:
        """One page of a transcript, oldest first. NoSuchConversationError, BadCursorError."""
        known = select(conversations.c.id).where(conversations.c.id == conversation_id)
        async with self._database.read() as connection:
            if await connection.scalar(known) is None:
                raise NoSuchConversationError(str(conversation_id))
            return await transcript.page(connection, conversation_id, cursor, limit)

    async def claim_next(self, operator: str, now: datetime) -> Case | None:
        """Claim the most urgent open case; None where there is none."""
        async with self._database.write() as connection:
            while case_id := await connection.scalar(queue.NEXT):
                case, held = await _hold(connection, case_id)
                if case.status == "open":  # else somebody was faster, while we waited for the lock
                    return await self._save(connection, self._handoff.claim(case, operator, now), case, held, now)
        return None

    async def claim(self, case_id: UUID, operator: str, now: datetime, version: int | None = None) -> Case:
        """Take it. NoSuchCaseError, StaleCaseError, and what bot.handoff raises."""
        return await self._change(
            case_id, lambda case: self._handoff.claim(case, operator, now), operator, now, version
        )

    async def release(
        self, case_id: UUID, operator: str, note: str | None, now: datetime, version: int | None = None
    ) -> Case:
        """Back to the queue. As `claim`."""
        release = self._handoff.release
        return await self._change(case_id, lambda case: release(case, operator, note, now), operator, now, version)

    async def transfer(
        self, case_id: UUID, operator: str, to: str, now: datetime, *,
        coordinates: bool = False, version: int | None = None,
    ) -> Case:  # fmt: skip
        """Another's from now on. As `claim`; NoSuchOperatorError where nobody of that name can take cases."""
        able = select(operators.c.name).where(
            operators.c.name == to, operators.c.disabled_at.is_(None), operators.c.role.in_(_HELPS)
        )
        async with self._database.read() as connection:
            if await connection.scalar(able) is None:
                raise NoSuchOperatorError(f"There is nobody called {to} who takes cases.")

        def change(case: Case) -> Case:
            return self._handoff.transfer(case, operator, to, now, coordinates=coordinates)

        return await self._change(case_id, change, operator, now, version)

    async def resolve(
        self, case_id: UUID, operator: str, outcome: CaseOutcome, note: str | None, now: datetime, *,
        follow_up: bool = False, version: int | None = None,
    ) -> Case:  # fmt: skip
        """Close it; the person is erased now where that was promised. As `claim`."""

        def change(case: Case) -> Case:
            return self._handoff.resolve(case, operator, outcome, note, now, follow_up=follow_up)

        return await self._change(case_id, change, operator, now, version)

    async def label(self, case_id: UUID, operator: str, labels: tuple[str, ...], now: datetime) -> Case:
        """What it is about, in the operators' own words. NoSuchCaseError."""
        return await self._change(case_id, lambda case: self._handoff.label(case, labels), operator, now)

    async def reply(self, case_id: UUID, operator: str, text: str, now: datetime, version: int | None = None) -> Case:
        """Queue a reply. As `claim`, and PersonLeftError, PersonUnreachableError."""
        reply = Reply(ReplyKind.OPERATOR, text)
        async with self._database.write() as connection:
            case, held = await _hold(connection, case_id)
            _refuse_stale(case, version)
            after = self._handoff.replied(case, operator, now)
            _refuse_gone(held)
            await _queue(connection, held, reply, "operator", now)
            await audit.write(connection, operator, "answered", str(case_id), now)
            return await save_case(connection, self._handoff, after, case, now)

    async def lapse(self, case_id: UUID, since: datetime, say: Say, now: datetime) -> Case | None:
        """A claim ran out without an answer: back to the queue, and the person is told. None where it was answered."""
        async with self._database.write() as connection:
            try:
                case, held = await _hold(connection, case_id)
            except NoSuchCaseError:
                return None
            after = self._handoff.lapse(case, since)
            if after is None:
                return None
            if held.reachable and not held.left:
                await _queue(connection, held, say(case, held.conversation), "bot", now)
            await audit.write(connection, case.claimed_by or "", "lapsed", str(case_id), now)
            return await save_case(connection, self._handoff, after, case, now)

    async def move_timer(self, timer: Timer, due_at: datetime, payload: Mapping[str, str | int]) -> None:
        """The next of its kind in its place; nothing where it was forgotten meanwhile."""
        async with self._database.write() as connection:
            if (await connection.execute(delete(timers).where(timers.c.id == timer.id))).rowcount:
                row = {"kind": timer.kind, "conversation_id": timer.conversation_id, "due_at": due_at}
                await connection.execute(insert(timers), row | {"payload": dict(payload)})

    async def note(self, case_id: UUID, operator: str, text: str, now: datetime) -> None:
        """For the other operators; the person never sees it. NoSuchCaseError."""
        async with self._database.write() as connection:
            await _read(connection, case_id)
            await notes.add(connection, case_id, operator, text, now)
            await audit.write(connection, operator, "noted", str(case_id), now)

    async def link(self, case_id: UUID, other_id: UUID, operator: str, now: datetime) -> None:
        """Both are about the same person. NoSuchCaseError."""
        async with self._database.write() as connection:
            for one in (case_id, other_id):
                await _read(connection, one)
            await notes.link(connection, self._database.writer.dialect.name, case_id, other_id)
            await audit.write(connection, operator, "linked", str(case_id), now, str(other_id))

    async def _change(
        self, case_id: UUID, change: Change, operator: str, now: datetime,
        version: int | None = None,
    ) -> Case:  # fmt: skip
        async with self._database.write() as connection:
            case, held = await _hold(connection, case_id)
            _refuse_stale(case, version)
            after = await self._save(connection, change(case), case, held, now, operator)
            erased = after.status == "resolved" and await erasure.erase_if_promised(connection, held)
            if erased:
                await audit.write(connection, operator, "erased", str(held.id), now, "as promised")
        if erased:
            await self._database.scrub()
        return after

    async def _save(
        self, connection: AsyncConnection, after: Case, before: Case, held: Held, now: datetime, operator: str = ""
    ) -> Case:
        if after == before:
            return before
        if after.status == "claimed" and before.status == "open":
            await outbox.silence_bot(connection, held.id)
        who = operator or after.claimed_by or ""
        await audit.write(connection, who, _done(before, after), str(after.id), now, _detail(after))
        return await save_case(connection, self._handoff, after, before, now)


def _done(before: Case, after: Case) -> Done:
    """What a change was, for the log."""
    if after.status != before.status:
        return _NOW_IS[after.status]
    return "transferred" if after.claimed_by != before.claimed_by else "labelled"


def _detail(after: Case) -> str:
    return after.outcome or "" if after.status == "resolved" else after.claimed_by or ""


async def _queue(
    connection: AsyncConnection, held: Held, reply: Reply, author: transcript.Author, now: datetime
) -> None:
    line = transcript.outbound(held.id, reply, author, now)
    ids = await transcript.write(connection, [line], held.last_message_id)
    await connection.execute(_COUNT, {"conversation": held.id, "last_message_id": ids[-1]})
    await outbox.queue(connection, held.id, held.channel, held.address, [reply], ids, now)


async def _hold(connection: AsyncConnection, case_id: UUID) -> tuple[Case, Held]:
    """The case as it is, under the lock of its conversation, so that a turn and an operator never overlap."""
    held = await hold_by_id(connection, (await _read(connection, case_id)).conversation_id)
    if held is None:
        raise NoSuchCaseError(str(case_id))
    case = held.case if held.case and held.case.id == case_id else await _read(connection, case_id)
    return case, held


async def _read(connection: AsyncConnection, case_id: UUID) -> Case:
    row = (await connection.execute(select(cases).where(cases.c.id == case_id))).mappings().first()
    if row is None:
        raise NoSuchCaseError(str(case_id))
    return case_of(row)


def _refuse_stale(case: Case, version: int | None) -> None:
    if version is not None and version != case.version:
        raise StaleCaseError(case.claimed_by)


def _refuse_gone(held: Held) -> None:
    if held.left:
        raise PersonLeftError("The person left the chat: nothing is sent until they write again.")
    if not held.reachable:
        raise PersonUnreachableError("The person cannot be reached: they blocked the chat, or the address is gone.")
