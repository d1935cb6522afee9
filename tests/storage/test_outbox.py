"""The order of sending, retries, and giving up."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.storage.tables import conversations, messages, outbox

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def due(world, now: datetime = NOW) -> list[str]:
    return [row.reply.text for row in await world.outbox.due(now, 100)]


async def test_what_waits_behind_a_later_try_is_not_due_and_nothing_overtakes(world) -> None:
    await world.say(replies=["a1", "a2"], who="a")
    await world.say(replies=["b1", "b2"], who="b")
    await world.say(replies=["a3"], who="a")
    assert await due(world) == ["a1", "a2", "b1", "b2", "a3"]
    first, _, other, *_ = await world.outbox.due(NOW, 100)
    await world.outbox.retry(first, NOW + MINUTE, "time-out")
    assert await due(world) == ["b1", "b2"]
    await world.outbox.sent(other, "p", NOW)
    assert await due(world) == ["b2"]
    assert await due(world, NOW + MINUTE) == ["a1", "a2", "b2", "a3"]
    assert await world.waiting() == ["a1", "a2", "b2", "a3"]


async def test_the_limit_and_the_attempts(world) -> None:
    for who in "abc":
        await world.say(replies=[who], who=who)
    (row,) = await world.outbox.due(NOW, 1)
    await world.outbox.retry(row, NOW, "chat 52155 did not answer")
    (again,) = await world.outbox.due(NOW, 1)
    assert (again.id, again.attempts) == (row.id, 1)


async def marks(world) -> list[tuple]:
    async with world.database.read() as connection:
        columns = (messages.c.delivery, messages.c.provider_id, messages.c.why)
        query = select(*columns).where(messages.c.direction == "out").order_by(messages.c.id)
        return [tuple(row) for row in await connection.execute(query)]


async def test_what_became_of_a_reply(world) -> None:
    await world.say(replies=["uno", "dos", "tres"])
    row, *_ = await world.outbox.due(NOW, 10)
    await world.outbox.sent(row, "tg-7", NOW)
    row, *_ = await world.outbox.due(NOW, 10)
    await world.outbox.failed(row, "too long", unreachable=False)
    assert await marks(world) == [("sent", "tg-7", None), ("failed", None, "too long"), ("queued", None, None)]
    assert await due(world) == ["tres"]


async def test_unreachable_drops_all_that_waits_for_this_person_alone(world) -> None:
    await world.say(replies=["a1", "a2"], who="a")
    await world.say(replies=["b1"], who="b")
    first, *_ = await world.outbox.due(NOW, 10)
    await world.outbox.failed(first, "blocked", unreachable=True)
    assert await due(world) == ["b1"]
    failed = ("failed", None, "blocked")
    assert sorted(await marks(world), key=str) == [failed, failed, ("queued", None, None)]
    async with world.database.read() as connection:
        rows = await connection.scalars(select(conversations.c.reachable).order_by(conversations.c.created_at))
        assert sorted(rows) == [False, True]


async def test_a_row_that_is_gone_is_no_error(world) -> None:
    await world.say(replies=["uno"])
    (row,) = await world.outbox.due(NOW, 10)
    async with world.database.write() as connection:
        await connection.execute(outbox.delete())
    await world.outbox.sent(row, "p", NOW)
    await world.outbox.retry(row, NOW, "x")
    await world.outbox.failed(row, "x", unreachable=True)
    assert await due(world) == []
