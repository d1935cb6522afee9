"""Wrong passwords: each makes the next wait longer, for that name from there."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.storage.limit_tables import log_in_failures
from bot.storage.throttle import FORGOTTEN, FREE, LONGEST, Throttle, pause

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_the_wait_grows_and_has_an_end() -> None:
    waits = [pause(failures).total_seconds() for failures in range(FREE, FREE + 6)]
    assert waits == [0, 5, 10, 20, 40, 80]
    assert pause(10_000) == LONGEST


async def test_each_wrong_try_waits_longer_and_a_right_one_begins_anew(world) -> None:
    throttle, at = Throttle(world.database), NOW
    for _ in range(FREE + 1):
        assert not await throttle.begin("ana", "n", at)
    assert await throttle.begin("ana", "n", at) == 5 * SECOND
    assert await throttle.begin("ana", "n", at + 2 * SECOND) == 3 * SECOND, "what had to wait is not counted"
    assert not await throttle.begin("ben", "n", at)
    assert not await throttle.begin("ana", "m", at)
    assert not await throttle.begin("ana", "n", at + 5 * SECOND)
    assert await throttle.begin("ana", "n", at + 6 * SECOND) == 9 * SECOND
    assert not await throttle.begin("ana", "n", at + 6 * SECOND, proven=True)
    await throttle.succeeded("ana", "n")
    assert not await throttle.begin("ana", "n", at + 6 * SECOND)


async def test_many_at_once_are_many(world) -> None:
    throttle = Throttle(world.database)
    tried = await asyncio.gather(*(throttle.begin("ana", "n", NOW) for _ in range(20)))
    assert sum(not wait for wait in tried) == FREE + 1


async def test_neither_name_nor_network_is_kept_and_nothing_for_longer_than_a_day(world) -> None:
    throttle = Throttle(world.database)
    await throttle.begin("ana", "203.0.113.7/32", NOW)
    async with world.database.read() as connection:
        row = (await connection.execute(select(log_in_failures))).one()
    assert b"ana" not in row.name_key
    assert b"203.0.113.7" not in row.source_key
    await throttle.begin("ben", "n", NOW + FORGOTTEN + SECOND)
    async with world.database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(log_in_failures)) == 1
