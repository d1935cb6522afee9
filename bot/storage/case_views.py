"""Cases as they are read: pages of the queue, one with all that stands beside it, transcripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation
from bot.conversation.case import Case
from bot.storage import glances, looks, notes, queue, transcript
from bot.storage.engine import Database
from bot.storage.errors import NoSuchCaseError, NoSuchConversationError
from bot.storage.rows import Handoff, case_of, restored
from bot.storage.tables import cases, conversations

_THERE = select(
    conversations.c.channel, conversations.c.state, conversations.c.last_sent_at, conversations.c.reachable,
).where(conversations.c.id == bindparam("conversation"))  # fmt: skip


LATELY = 100
"""Lines."""
ALIKE = 5
"""Cases that may be about the same person: more would be a shelter's network."""


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
    closes_at: datetime | None
    """Until when the channel takes free words; None: always."""
    fetched: bool
    """Nothing is sent to them: their page fetches it."""
    looked_at: datetime | None
    """When it last did; None: never, or where nothing is fetched."""


class CaseViews:
    """Reads alone."""

    def __init__(self, database: Database, handoff: Handoff) -> None:
        self._database = database
        self._handoff = handoff

    async def get(self, case_id: UUID) -> Case:
        """One case. NoSuchCaseError."""
        async with self._database.read() as connection:
            return await read_case(connection, case_id)

    async def of_conversation(self, conversation_id: UUID) -> Sequence[UUID]:
        """The cases of one person, newest first; empty where none was opened."""
        theirs = select(cases.c.id).where(cases.c.conversation_id == conversation_id)
        async with self._database.read() as connection:
            return list(await connection.scalars(theirs.order_by(cases.c.opened_at.desc())))

    async def whole(self, case_id: UUID) -> Whole:
        """One case with all that stands beside it. NoSuchCaseError."""
        async with self._database.read() as connection:
            case = await read_case(connection, case_id)
            there = (await connection.execute(_THERE, {"conversation": case.conversation_id})).one()
            fetched, look = await looks.of(connection, case.conversation_id)
            return Whole(
                case, await notes.of(connection, case_id), await notes.linked(connection, case_id), there.channel,
                restored(there.state), there.last_sent_at, there.reachable,
                self._handoff.closes_at(there.channel, there.last_sent_at, case.heard_at),
                fetched, look.at if look else None,
            )  # fmt: skip

    async def waiting(self) -> int:
        """How many cases nobody has; counted to a thousand."""
        async with self._database.read() as connection:
            return await connection.scalar(queue.WAITING) or 0

    async def count(self, wanted: queue.Wanted) -> int:
        """How many there are; counted to a thousand."""
        async with self._database.read() as connection:
            return await connection.scalar(queue.counted(wanted)) or 0

    async def newest_open(self) -> datetime | None:
        """Since when the newest case that nobody has is open."""
        async with self._database.read() as connection:
            return cast("datetime | None", await connection.scalar(queue.NEWEST))

    async def related(self, case: Case) -> tuple[Sequence[Case], Sequence[Case]]:
        """Cases that are linked to it; and others of the same conversation, account or network, newest first."""
        async with self._database.read() as connection:
            ids = await notes.linked(connection, case.id)
            alike = cases.c.conversation_id == case.conversation_id
            alike = alike | (cases.c.source == case.source) if case.source else alike
            newest = cases.c.opened_at.desc()
            others = select(cases).where(alike, cases.c.id != case.id, cases.c.id.not_in(ids))
            found = [
                [case_of(row) for row in (await connection.execute(query.order_by(newest))).mappings()]
                for query in (select(cases).where(cases.c.id.in_(ids)), others.limit(ALIKE))
            ]
        return found[0], found[1]

    async def glances(self, of: Sequence[Case]) -> Mapping[UUID, glances.Glance]:
        """What an inbox shows of these cases, by case."""
        async with self._database.read() as connection:
            found = await glances.of(connection, [case.conversation_id for case in of])
        return {case.id: found[case.conversation_id] for case in of if case.conversation_id in found}

    async def closing(self, of: Sequence[Case]) -> Mapping[UUID, datetime]:
        """Until when the channel takes free words, of those cases where it does not always."""
        ids = [case.conversation_id for case in of if case.status != "resolved"]
        query = select(conversations.c.id, conversations.c.channel, conversations.c.last_sent_at)
        async with self._database.read() as connection:
            there = {row.id: row for row in await connection.execute(query.where(conversations.c.id.in_(ids)))}
        found = (
            (case.id, self._handoff.closes_at(row.channel, row.last_sent_at, case.heard_at))
            for case in of if (row := there.get(case.conversation_id))
        )  # fmt: skip
        return {case_id: closes for case_id, closes in found if closes is not None}

    async def find(self, wanted: queue.Wanted, cursor: str | None, limit: int) -> tuple[Sequence[Case], str | None]:
        """One page of those, most urgent first, and the cursor of the next. BadCursorError."""
        async with self._database.read() as connection:
            return await queue.page(connection, wanted, cursor, limit)

    async def newest(self, conversation_id: UUID, limit: int) -> Sequence[transcript.Line]:
        """The last lines of a transcript, oldest first."""
        async with self._database.read() as connection:
            lines = await transcript.newest(connection, conversation_id, limit)
            fetched, look = await looks.of(connection, conversation_id)
        return looks.told(lines, fetched=fetched, look=look)

    async def said(self, conversation_id: UUID) -> Sequence[str]:
        """What the person said lately, oldest first."""
        lines = await self.newest(conversation_id, LATELY)
        return [line.text for line in lines if line.author == "person"]

    async def messages(
        self, conversation_id: UUID, cursor: str | None, limit: int
    ) -> tuple[Sequence[transcript.Line], str | None]:
        """One page of a transcript, oldest first. NoSuchConversationError, BadCursorError."""
        known = select(conversations.c.id).where(conversations.c.id == conversation_id)
        async with self._database.read() as connection:
            if await connection.scalar(known) is None:
                raise NoSuchConversationError(str(conversation_id))
            lines, following = await transcript.page(connection, conversation_id, cursor, limit)
            fetched, look = await looks.of(connection, conversation_id)
        return looks.told(lines, fetched=fetched, look=look), following


async def read_case(connection: AsyncConnection, case_id: UUID) -> Case:
    """One case as it is. NoSuchCaseError."""
    row = (await connection.execute(select(cases).where(cases.c.id == case_id))).mappings().first()
    if row is None:
        raise NoSuchCaseError(str(case_id))
    return case_of(row)
