"""Marks that wait for the writer together are written with one commit, and one that fails is made again."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import event

from bot.conversation import Reply, ReplyKind
from bot.storage.outbox import queue
from tests.support.outbox import claim, unsent

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def _queued(world, count):
    async with world.database.write() as connection:
        for number in range(count):
            reply = Reply(ReplyKind.ANSWER, f"reply {number}")
            await queue(connection, uuid4(), "telegram", str(number), [reply], [None], NOW)
    return await claim(world.outbox, NOW)


async def test_many_marks_need_few_commits(world):
    rows = await _queued(world, 10)
    begun = []
    event.listen(world.database.marker.sync_engine, "begin", lambda connection: begun.append(1))
    for row in rows:
        world.outbox.said(row, str(row.id), whole=True)
    await asyncio.gather(*(world.outbox.mark() for _ in rows))
    assert len(begun) == 1
    assert await unsent(world.database) == []
    assert not world.outbox.unmarked


async def test_a_mark_that_failed_is_made_again_and_nothing_is_sent_again(world, monkeypatch):
    (row,) = await _queued(world, 1)

    def broken():
        raise RuntimeError("no writer")

    with monkeypatch.context() as patched:
        patched.setattr(world.database, "mark", broken)
        world.outbox.said(row, "1", whole=True)
        world.outbox.let_go(row)
        with pytest.raises(RuntimeError):
            await world.outbox.mark()
    assert world.outbox.unmarked == 1
    assert await claim(world.outbox, NOW) == []
    await world.outbox.mark()
    assert await unsent(world.database) == []
