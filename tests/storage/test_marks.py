"""Marks that wait for the writer together are written with one commit, and one that fails stays due."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from bot.conversation import Reply, ReplyKind
from bot.storage import DatabaseOutbox
from bot.storage.outbox import queue
from bot.storage.tables import outbox

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def _queued(db, count):
    async with db.write() as connection:
        for number in range(count):
            reply = Reply(ReplyKind.ANSWER, f"reply {number}")
            await queue(connection, uuid4(), "test", str(number), [reply], [None], NOW)
    return await DatabaseOutbox(db).due(NOW, count)


async def test_many_marks_need_few_commits(world):
    db = world.database
    rows = await _queued(db, 20)
    begun = []
    event.listen(db.writer.sync_engine, "begin", lambda connection: begun.append(1))
    marks = DatabaseOutbox(db)
    async with db.write():
        waiting = [asyncio.create_task(marks.sent(row, str(row.id), NOW)) for row in rows]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert len(begun) <= 3
    async with db.read() as connection:
        assert (await connection.execute(select(outbox.c.id))).all() == []


async def test_a_mark_that_failed_can_be_made_again(world, monkeypatch):
    db = world.database
    (row,) = await _queued(db, 1)
    marks = DatabaseOutbox(db)
    real = db.write

    def broken():
        raise RuntimeError("no writer")

    monkeypatch.setattr(db, "write", broken)
    with pytest.raises(RuntimeError):
        await marks.sent(row, "1", NOW)
    monkeypatch.setattr(db, "write", real)
    assert len(await marks.due(NOW, 5)) == 1
    await marks.sent(row, "1", NOW)
    assert await marks.due(NOW, 5) == []
