"""The loop on the real outbox: a SQLite file, its one writer, its order."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel
from bot.conversation import Reply, ReplyKind
from bot.conversation.ports import Timer
from bot.delivery import Delivery
from bot.storage import Database, DatabaseOutbox
from bot.storage.outbox import queue
from tests.support.bot_api import Answer, BotApi
from tests.support.outbox import unsent
from tests.support.sqlite import new_sqlite

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
PEOPLE = {1: "101", 2: "102", 3: "103"}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = new_sqlite(tmp_path / "v.sqlite3")
    opened = await Database.open(url, "a secret of more than thirty-two characters")
    yield opened
    await opened.close()


async def put(database: Database, person: int, *texts: str) -> None:
    replies = [Reply(ReplyKind.ANSWER, text) for text in texts]
    async with database.write() as connection:
        await queue(connection, UUID(int=person), "telegram", PEOPLE[person], replies, [None] * len(texts), NOW)


async def on_timer(timer: Timer) -> None:
    raise AssertionError(timer)


async def test_each_persons_replies_arrive_once_and_in_order(database: Database) -> None:
    now = NOW
    for person in PEOPLE:
        await put(database, person, "uno", "dos", "tres")
    outbox = DatabaseOutbox(database)
    with BotApi() as api:
        api.answer("sendMessage", Answer(500), Answer.too_many(3), Answer(502, raw=b"<html>"))
        channel = TelegramChannel(api.token, api.url, timeout=2)
        delivery = Delivery(
            outbox,
            {"telegram": channel},
            fit=fit,
            on_timer=on_timer,
            clock=lambda: now,
            random=lambda: 1.0,
            sweep=0.005,
        )
        task = asyncio.create_task(delivery.run())
        async with asyncio.timeout(5):
            while await unsent(database):
                now += timedelta(seconds=1)
                await asyncio.sleep(0.005)
        await delivery.stop()
        await task
        await channel.close()
        refused = 3
        assert len(api.of("sendMessage")) == 9 + refused
        for address in PEOPLE.values():
            assert list(dict.fromkeys(api.texts(address))) == ["uno", "dos", "tres"]


async def test_what_one_process_left_the_next_one_sends(database: Database) -> None:
    await put(database, 1, "uno", "dos")
    with BotApi() as api:
        for _ in range(2):
            api.answer("sendMessage", Answer(hang=True))
            channel = TelegramChannel(api.token, api.url, timeout=2)
            outbox = DatabaseOutbox(database)
            delivery = Delivery(outbox, {"telegram": channel}, fit=fit, on_timer=on_timer, clock=lambda: NOW)
            task = asyncio.create_task(delivery.run())
            await asyncio.to_thread(api.wait_for, "sendMessage")
            await delivery.stop(0.01)
            await task
            await channel.close()
            api.forget()
        channel = TelegramChannel(api.token, api.url, timeout=2)
        delivery = Delivery(
            DatabaseOutbox(database), {"telegram": channel}, fit=fit, on_timer=on_timer, clock=lambda: NOW
        )
        task = asyncio.create_task(delivery.run())
        await asyncio.to_thread(api.wait_for, "sendMessage", 2)
        await delivery.stop()
        await task
        await channel.close()
        assert api.texts("101") == ["uno", "dos"]
