"""Cases for the operators: what they do with one. Each in one transaction, with its line in the audit log."""

from collections.abc import Callable, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation, DeletionConfirmed, Level, Reply, ReplyKind
from bot.conversation.case import Case, CaseOutcome, CaseStatus
from bot.conversation.ports import Timer
from bot.storage import audit, bursts, erasure, notes, outbox, queue, speaking, window
from bot.storage.case_views import CaseViews, read_case
from bot.storage.errors import (
    NoSuchCaseError,
    NoSuchConversationError,
    NoSuchOperatorError,
    OtherCaseOpenError,
    StaleCaseError,
)
from bot.storage.rows import Held, hold_by_id, save_case
from bot.storage.tables import operators, timers

_HELPS = ("operator", "coordinator")

Change = Callable[[Case], Case]
Say = Callable[[Case, Conversation], Reply]
Done = Literal[
    "reopened", "claimed", "released", "transferred", "resolved", "labelled", "lapsed", "answered", "to_call_back"
]  # fmt: skip
_NOW_IS: dict[CaseStatus, Done] = {"claimed": "claimed", "open": "released", "resolved": "resolved"}


class Cases(CaseViews):
    """What the admin API and the console do. `version` is what the operator last saw; None acts on what is."""

    async def open(
        self, conversation_id: UUID, operator: str, level: Level, category: str | None, now: datetime
    ) -> Case:
        """Open a case, or raise the one that is not resolved. NoSuchConversationError."""
        async with self._database.write() as connection:
            held = await hold_by_id(connection, conversation_id)
            if held is None:
                raise NoSuchConversationError(str(conversation_id))
            before = held.case
            after = self._handoff.opened_by(before, level, category, uuid4(), conversation_id, now)
            if after != before:
                done = "raised" if before else "opened"
                await audit.write(connection, operator, done, str(after.id), now, f"{after.level} {category or ''}")
            return await save_case(connection, self._handoff, after, before, now, held.channel)

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

    async def label(
        self, case_id: UUID, operator: str, labels: tuple[str, ...], now: datetime, version: int | None = None
    ) -> Case:
        """What it is about, in the operators' own words. NoSuchCaseError, StaleCaseError."""
        return await self._change(case_id, lambda case: self._handoff.label(case, labels), operator, now, version)

    async def take_up(self, case_id: UUID, operator: str, now: datetime, version: int | None = None) -> Case:
        """Open a resolved one again, to ask how it went. As `claim`, and OtherCaseOpenError."""
        return await self._change(
            case_id, lambda case: self._handoff.take_up(case, operator, now), operator, now, version
        )

    async def call_back(
        self, case_id: UUID, operator: str, at: datetime | None, now: datetime, version: int | None = None
    ) -> Case:
        """Promise an hour that is safe for the person; None takes it back. As `claim`."""
        change = self._handoff.call_back
        return await self._change(case_id, lambda case: change(case, operator, at, now), operator, now, version)

    async def bring_back(self, case_id: UUID, at: datetime, now: datetime) -> Case | None:
        """The hour of a call-back has come: first of its level. None where it was moved, done or taken back."""
        async with self._database.write() as connection:
            try:
                case, held = await _hold(connection, case_id)
            except NoSuchCaseError:
                return None
            after = self._handoff.bring_back(case, at, now)
            if after is None or after == case:
                return after
            if _is_in_the_way(held, case):
                return None  # they wrote again since, and somebody has that case
            await audit.write(connection, "", "called_back", str(case_id), now, f"{case.level} {case.category or ''}")
            return await save_case(connection, self._handoff, after, case, now, held.channel)

    async def knock(self, conversation_id: UUID, now: datetime) -> bool:
        """Ask the person to write, so that what is held back may follow; False where that is not needed, or not set."""
        async with self._database.write() as connection:
            held = await hold_by_id(connection, conversation_id)
            if held is None or not held.has_held or held.left or not held.reachable:
                return False
            reply = self._handoff.knock(held.conversation.lang)
            if reply is None or await window.knocked(connection, held.id):
                return False
            await speaking.queue(connection, held, reply, "bot", now)
            return True

    async def reply(self, case_id: UUID, operator: str, text: str, now: datetime, version: int | None = None) -> Case:
        """Queue a reply; outside the window it waits until the person writes. As `claim`, PersonLeftError,
        PersonUnreachableError.
        """
        reply = Reply(ReplyKind.OPERATOR, text)
        async with self._database.write() as connection:
            case, held = await _hold(connection, case_id)
            _refuse_stale(case, version)
            after = self._handoff.replied(case, operator, now)
            speaking.refuse_gone(held)
            closes = self._handoff.closes_at(held.channel, held.last_sent_at, case.heard_at)
            waits = held.has_held or (closes is not None and now >= closes)
            await (speaking.hold_back if waits else speaking.queue)(connection, held, reply, "operator", now)
            await audit.write(connection, operator, "answered", str(case_id), now, "held" if waits else "")
            return await save_case(connection, self._handoff, after, case, now, held.channel)

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
                await speaking.queue(connection, held, say(case, held.conversation), "bot", now)
            await audit.write(connection, case.claimed_by or "", "lapsed", str(case_id), now)
            return await save_case(connection, self._handoff, after, case, now, held.channel)

    async def move_timer(self, timer: Timer, due_at: datetime, payload: Mapping[str, str | int]) -> None:
        """The next of its kind in its place; nothing where it was forgotten meanwhile."""
        async with self._database.write() as connection:
            if (await connection.execute(delete(timers).where(timers.c.id == timer.id))).rowcount:
                row = {"kind": timer.kind, "conversation_id": timer.conversation_id, "due_at": due_at}
                await connection.execute(insert(timers), row | {"payload": dict(payload)})

    async def note(self, case_id: UUID, operator: str, text: str, now: datetime) -> None:
        """For the other operators; the person never sees it. NoSuchCaseError."""
        async with self._database.write() as connection:
            await read_case(connection, case_id)
            await notes.add(connection, case_id, operator, text, now)
            await audit.write(connection, operator, "noted", str(case_id), now)

    async def link(self, case_id: UUID, other_id: UUID, operator: str, now: datetime) -> None:
        """Both are about the same person. NoSuchCaseError."""
        async with self._database.write() as connection:
            for one in (case_id, other_id):
                await read_case(connection, one)
            await notes.link(connection, self._database.writer.dialect.name, case_id, other_id)
            await audit.write(connection, operator, "linked", str(case_id), now, str(other_id))

    async def erase(self, conversation_id: UUID, operator: str, now: datetime) -> str:
        """A person, because an operator was asked to; the receipt. NoSuchConversationError."""
        receipt = f"D-{token_hex(4).upper()}"
        async with self._database.write() as connection:
            held = await hold_by_id(connection, conversation_id)
            if held is None:
                raise NoSuchConversationError(str(conversation_id))
            await erasure.erase(connection, self._handoff, held, DeletionConfirmed(receipt), now)
            await audit.write(connection, operator, "erased", str(conversation_id), now, "at the desk")
        await self._database.scrub()
        return receipt

    async def _change(
        self, case_id: UUID, change: Change, operator: str, now: datetime,
        version: int | None = None,
    ) -> Case:  # fmt: skip
        async with self._database.write() as connection:
            case, held = await _hold(connection, case_id)
            _refuse_stale(case, version)
            after = change(case)
            if after.status != "resolved" and _is_in_the_way(held, case):
                raise OtherCaseOpenError("This person has another case that is not resolved.")
            after = await self._save(connection, after, case, held, now, operator)
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
        if after.status == "resolved":
            await bursts.pass_on(connection, self._handoff, before, now)
        who = operator or after.claimed_by or ""
        done = _done(before, after)
        await audit.write(connection, who, done, str(after.id), now, _detail(done, after))
        return await save_case(connection, self._handoff, after, before, now, held.channel)


def _done(before: Case, after: Case) -> Done:
    """What a change was, for the log."""
    if before.status == "resolved" and after.status != "resolved":
        return "reopened"
    if after.status != before.status:
        return _NOW_IS[after.status]
    if after.call_back_at != before.call_back_at:
        return "to_call_back"
    return "transferred" if after.claimed_by != before.claimed_by else "labelled"


def _is_in_the_way(held: Held, case: Case) -> bool:
    """Whether another case of this person is not resolved."""
    return held.case is not None and held.case.id != case.id


def _detail(done: Done, after: Case) -> str:
    if done == "reopened":
        return f"{after.level} {after.category or ''}"
    return after.outcome or "" if after.status == "resolved" else after.claimed_by or ""


async def _hold(connection: AsyncConnection, case_id: UUID) -> tuple[Case, Held]:
    """The case as it is, under the lock of its conversation, so that a turn and an operator never overlap."""
    held = await hold_by_id(connection, (await read_case(connection, case_id)).conversation_id)
    if held is None:
        raise NoSuchCaseError(str(case_id))
    case = held.case if held.case and held.case.id == case_id else await read_case(connection, case_id)
    return case, held


def _refuse_stale(case: Case, version: int | None) -> None:
    if version is not None and version != case.version:
        raise StaleCaseError(case.claimed_by)
