"""A real database for each test, SQLite and (where it is installed) PostgreSQL, and a person who writes to it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bot import handoff
from bot.conversation import (
    CaseNeeded,
    Conversation,
    Event,
    InboundMessage,
    Kind,
    Outcome,
    Reading,
    Reply,
    ReplyKind,
    Turn,
)
from bot.conversation.case import Case
from bot.storage import Cases, Database, DatabaseOutbox, DatabaseStore, Operators, upgrade
from bot.storage.queue import Wanted
from knowledge.schema.base import Level
from tests.support import postgres
from tests.support.outbox import claim, went_out

SECRET = "a secret of more than thirty-two characters"
on_sqlite = pytest.mark.parametrize("world", ["sqlite"], indirect=True)
"""What the other database says in words of its own, or does not have."""
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def reply(text: str) -> Reply:
    return Reply(ReplyKind.ANSWER, text)


def turn(
    conversation: Conversation | None = None, replies: Sequence[str] = ("hola",), events: Sequence[Event] = ()
) -> Turn:
    reading = Reading("es", "es", Outcome.ANSWER)
    return Turn(conversation or Conversation(), tuple(reply(text) for text in replies), tuple(events), reading)


@dataclass
class World:
    """The database and what stands on it; `say` is one turn of a person."""

    path: Path
    url: str
    database: Database
    store: DatabaseStore
    outbox: DatabaseOutbox
    cases: Cases
    operators: Operators
    count: int = 0

    def message(
        self, text: str = "hola", who: str = "52155", at: datetime = NOW, kind: Kind = Kind.TEXT
    ) -> InboundMessage:
        self.count += 1
        return InboundMessage("telegram", f"d{self.count}", who, kind, at, text)

    async def handle(
        self, message: InboundMessage, replies: Sequence[str] = (), events: Sequence[Event] = (), now: datetime = NOW
    ) -> UUID | None:
        async with self.store.turn() as one:
            if not await one.claim_delivery(message, now):
                return None
            conversation_id, conversation, late = await one.load(message, now)
            after = turn(conversation, replies, events)
            await one.save(conversation_id, replace(message, late=late), after, now)
        return conversation_id

    async def say(
        self, text: str = "hola", *, replies: Sequence[str] = (), events: Sequence[Event] = (),
        who: str = "52155", at: datetime = NOW, kind: Kind = Kind.TEXT,
    ) -> UUID:  # fmt: skip
        conversation_id = await self.handle(self.message(text, who, at, kind), replies, events, at)
        assert conversation_id
        return conversation_id

    async def case(self, who: str = "52155", level: Level = Level.URGENT, at: datetime = NOW, **more: object) -> Case:
        event = CaseNeeded("danger", level, "violence", "rule-1", "me pega", "US", **more)
        conversation_id = await self.say("me pega", events=[event], who=who, at=at)
        items, _ = await self.cases.find(Wanted(), None, 100)
        return next(item for item in items if item.conversation_id == conversation_id and item.status != "resolved")

    async def waiting(self, now: datetime = NOW + timedelta(days=1)) -> list[str]:
        """All that is due now, in the order in which it would be sent, were everything sent at once."""
        texts = []
        while (rows := await claim(self.outbox, now)) or self.outbox.throttled:
            await asyncio.sleep(0.05 if self.outbox.throttled else 0)
            for row in rows:
                texts += [row.reply.text] if row.reply.text else []  # what was dropped says nothing
                await went_out(self.outbox, row, "p")
        return texts


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bot.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def path(tmp_path: Path, template: Path) -> Path:
    return shutil.copy(template, tmp_path / "bot.db")


@pytest.fixture(params=["sqlite", "postgresql"] if postgres.available() else ["sqlite"])
async def world(request: pytest.FixtureRequest, path: Path) -> AsyncIterator[World]:
    url = f"sqlite:///{path}" if request.param == "sqlite" else request.getfixturevalue("new_postgres")()
    database = await Database.open(url, SECRET, wait=1)
    outbox = DatabaseOutbox(database)
    yield World(
        path, url, database, DatabaseStore(database, handoff), outbox,
        Cases(database, handoff), Operators(database, handoff),
    )  # fmt: skip
    await outbox.leave()
    await database.close()


@pytest.fixture
def count_statements(world: World) -> Callable[[], list[str]]:
    from sqlalchemy import event

    seen: list[str] = []
    event.listen(world.database.writer.sync_engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    return lambda: seen
