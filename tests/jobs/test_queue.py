"""Jobs on a real PostgreSQL: written with the turn, one at once for a conversation, recovered after a kill."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.conversation.ports import Priority
from bot.jobs import HOUSE, REPLIES, Jobs, Work
from bot.storage import Database
from bot.storage.drains import Drain, note
from bot.storage.engine import full_url
from tests.support import postgres

pytestmark = pytest.mark.skipif(not postgres.available(), reason=postgres.MISSING)
KEY = "a secret of more than thirty-two characters"
ONE, OTHER = UUID(int=1), UUID(int=2)
NOW = datetime.now(UTC)


@pytest.fixture
async def database(new_postgres: Callable[[], str]) -> AsyncIterator[Database]:
    url = new_postgres()
    async with Database.opened(url, KEY) as opened:
        opened.jobs = Jobs(full_url(url))  # type: ignore[attr-defined]
        await opened.jobs.open()  # type: ignore[attr-defined]
        opened.defer = opened.jobs.defer  # type: ignore[attr-defined]
        yield opened
        await opened.jobs.close()  # type: ignore[attr-defined]


async def put(database: Database, *drains: Drain) -> None:
    async with database.write() as connection:
        for drain in drains:
            note(connection, drain)


async def jobs(database: Database) -> list[tuple[str, int, str | None]]:
    query = (
        "SELECT args->>'conversation', priority, queueing_lock FROM procrastinate_jobs WHERE task_name LIKE '%%drain'"
    )
    query += " ORDER BY id"
    async with database.read() as connection:
        return [tuple(row) for row in await connection.exec_driver_sql(query)]


async def test_one_job_at_once_waits_for_a_conversation_and_a_later_try_holds_it_not_back(database: Database) -> None:
    await put(database, Drain(ONE, Priority.ORDINARY, NOW + timedelta(hours=1)))
    await put(database, Drain(ONE, Priority.URGENT), Drain(OTHER, Priority.ORDINARY))
    await put(database, Drain(ONE, Priority.ORDINARY))
    assert await jobs(database) == [(str(ONE), 0, None), (str(ONE), 2, str(ONE)), (str(OTHER), 0, str(OTHER))]


async def test_a_turn_that_fails_leaves_no_job(database: Database) -> None:
    with suppress(ZeroDivisionError):
        async with database.write() as connection:
            note(connection, Drain(ONE, Priority.URGENT))
            raise ZeroDivisionError
    async with database.write():
        pass
    assert await jobs(database) == []


async def test_a_worker_is_woken_by_the_commit_the_most_urgent_first(database: Database) -> None:
    drained: list[UUID] = []

    async def drain(conversation: UUID) -> None:
        drained.append(conversation)
        if conversation == OTHER:
            raise ValueError("what a person said")

    await put(database, Drain(OTHER, Priority.ORDINARY))
    await put(database, Drain(ONE, Priority.URGENT))
    async with working(database, REPLIES, Work(drain=drain)):
        await until(lambda: len(drained) == 2)
        assert drained == [ONE, OTHER]
        await put(database, Drain(ONE, Priority.URGENT))
        await until(lambda: len(drained) == 3)
        await asyncio.sleep(0.5)
        assert await jobs(database) == [], "what failed is found again by the sweep"


async def test_what_a_killed_worker_had_is_anybodys_again(database: Database) -> None:
    done = asyncio.Event()

    async def keep_house() -> None:
        done.set()

    async with database.write() as connection:
        await connection.exec_driver_sql(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('house', 'ventanilla:keep_house', '{\"timestamp\": 0}', 'doing')"
        )
    async with working(database, HOUSE, Work(keep_house=keep_house)), asyncio.timeout(20):
        await done.wait()


@asynccontextmanager
async def working(database: Database, queue: str, work: Work) -> AsyncIterator[None]:
    task = asyncio.create_task(database.jobs.work([queue], work))  # type: ignore[attr-defined]
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(what: Any) -> None:
    async with asyncio.timeout(10):
        while not what():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
