"""Cases for the operators: the queue, the transcript, and the changes that `bot.handoff` decides on."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import bindparam, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Level, Reply, ReplyKind
from bot.conversation.case import Case, CaseOutcome, CaseStatus
from bot.storage import erasure, outbox, transcript
from bot.storage.engine import Database
from bot.storage.errors import (
    BadCursorError,
    NoSuchCaseError,
    NoSuchConversationError,
    PersonLeftError,
    PersonUnreachableError,
)
from bot.storage.rows import Handoff, Held, case_of, hold_by_id, save_case
from bot.storage.tables import cases, conversations

_URGENCY = (cases.c.level, cases.c.opened_at, cases.c.id)
"""Most urgent first, then longest waiting."""
_OPEN = select(cases.c.id).where(cases.c.status == "open").order_by(*_URGENCY).limit(1)
_COUNT = update(conversations).where(conversations.c.id == bindparam("conversation"))

Change = Callable[[Case], Case]


class Cases:
    """What the admin API does, each in one transaction."""

    def __init__(self, database: Database, handoff: Handoff) -> None:
        self._database = database
        self._handoff = handoff

    async def list_cases(
        self, status: CaseStatus | None, cursor: str | None, limit: int
    ) -> tuple[Sequence[Case], str | None]:
        """One page, most urgent first, and the cursor of the next. BadCursorError."""
        query = select(cases).order_by(*_URGENCY).limit(limit + 1)
        if status is not None:
            query = query.where(cases.c.status == status)
        if cursor is not None:
            after = (literal(value, column.type) for value, column in zip(_place(cursor), _URGENCY, strict=True))
            query = query.where(tuple_(*_URGENCY) > tuple_(*after))
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        items = [case_of(row) for row in rows[:limit]]
        return items, _cursor(items[-1]) if len(rows) > limit else None

    async def get(self, case_id: UUID) -> Case:
        """One case. NoSuchCaseError."""
        async with self._database.read() as connection:
            return await _read(connection, case_id)

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
            while case_id := await connection.scalar(_OPEN):
                case, _ = await _hold(connection, case_id)
                if case.status == "open":  # else somebody was faster, while we waited for the lock
                    return await save_case(connection, self._handoff.claim(case, operator, now), case)
        return None

    async def claim(self, case_id: UUID, operator: str, now: datetime) -> Case:
        """Take it. NoSuchCaseError, and what bot.handoff raises."""
        return await self._change(case_id, lambda case: self._handoff.claim(case, operator, now))

    async def release(self, case_id: UUID, operator: str, note: str | None, now: datetime) -> Case:
        """Back to the queue. NoSuchCaseError, and what bot.handoff raises."""
        return await self._change(case_id, lambda case: self._handoff.release(case, operator, note, now))

    async def resolve(
        self, case_id: UUID, operator: str, outcome: CaseOutcome, note: str | None, now: datetime
    ) -> Case:
        """Close it; the person is erased now where that was promised. NoSuchCaseError, and what bot.handoff raises."""
        return await self._change(case_id, lambda case: self._handoff.resolve(case, operator, outcome, note, now))

    async def reply(self, case_id: UUID, operator: str, text: str, now: datetime) -> Case:
        """Queue a reply. NoSuchCaseError, PersonLeftError, PersonUnreachableError, and what bot.handoff raises."""
        reply = Reply(ReplyKind.OPERATOR, text)
        async with self._database.write() as connection:
            case, held = await _hold(connection, case_id)
            after = self._handoff.replied(case, operator, now)
            _refuse_gone(held)
            line = transcript.outbound(held.id, reply, "operator", now)
            ids = await transcript.write(connection, [line], held.last_message_id)
            await connection.execute(_COUNT, {"conversation": held.id, "last_message_id": ids[-1]})
            await outbox.queue(connection, held.id, held.channel, held.address, [reply], ids, now)
            return await save_case(connection, after, case)

    async def _change(self, case_id: UUID, change: Change) -> Case:
        async with self._database.write() as connection:
            case, held = await _hold(connection, case_id)
            after = await save_case(connection, change(case), case)
            erased = after.status == "resolved" and await erasure.erase_if_promised(connection, held)
        if erased:
            await self._database.scrub()
        return after


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


def _refuse_gone(held: Held) -> None:
    if held.left:
        raise PersonLeftError("The person left the chat: nothing is sent until they write again.")
    if not held.reachable:
        raise PersonUnreachableError("The person cannot be reached: they blocked the chat, or the address is gone.")


def _cursor(case: Case) -> str:
    return transcript.encoded(f"{case.level}|{case.opened_at.isoformat()}|{case.id}")


def _place(cursor: str) -> tuple[Level, datetime, UUID]:
    try:
        level, opened_at, case_id = transcript.decoded(cursor).split("|")
        opened = datetime.fromisoformat(opened_at)
        if opened.tzinfo is None:
            raise ValueError("a time without a timezone")
        return Level(level), opened.astimezone(UTC), UUID(case_id)
    except (ValueError, OverflowError) as error:
        raise BadCursorError("not a cursor of ours") from error
