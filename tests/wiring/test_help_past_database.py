"""Long polling while the database fails: helped once, and nothing is confirmed before it is stored."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_polling import TRIES
from bot.conversation.ports import NotStoredError
from bot.wiring import Service
from tests.support import telegram_updates as updates
from tests.support.bot_api import Answer, BotApi
from tests.support.outbox import unsent
from tests.support.web_chat import open_web

DANGER = "estamos perdidos en el desierto de arizona, ya no traemos agua"
CHAT = 82001


@pytest.fixture
async def service(tmp_path, knowledge) -> AsyncIterator[Service]:
    async with open_web(tmp_path, knowledge) as service:
        yield service


async def rename(service: Service, table: str, to: str) -> None:
    async with service.database.write() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {to}")


async def test_an_update_is_confirmed_when_it_is_stored(service):
    with BotApi() as api:
        channel = TelegramChannel(api.token, api.url, pause=lambda failures: 0.01)
        service.channels[channel.name] = channel
        stop = asyncio.Event()
        await rename(service, "deliveries", "elsewhere")
        number = api.push({"message": updates.text(CHAT, DANGER)["message"]})
        polling = asyncio.create_task(channel.poll(service.handle, stop))
        delivering = asyncio.create_task(service.delivery.run())
        try:
            # More tries than a message that is itself at fault is given.
            await asyncio.to_thread(api.wait_for, "getUpdates", 2 * TRIES, 20)
            assert api.pending == [number]
            assert ["911" in text for text in api.texts(CHAT)] == [True]
            await rename(service, "elsewhere", "deliveries")
            await asyncio.to_thread(api.wait_for, "sendMessage", 2)
            texts = api.texts(CHAT)
            assert texts.count(texts[0]) == 1, "nothing is said twice"
        finally:
            stop.set()
            await polling
            await service.delivery.stop()
            delivering.cancel()
            await channel.close()


async def test_whatever_storage_raises_helps_and_says_no_word_of_it(service, monkeypatch, caplog):
    with BotApi() as api:
        channel = TelegramChannel(api.token, api.url)
        service.channels[channel.name] = channel
        monkeypatch.setattr(service.store, "turn", lambda: {}[DANGER])
        message = channel.read(updates.text(CHAT, DANGER), datetime.now(UTC))
        assert message is not None
        for _ in range(2):
            with pytest.raises(NotStoredError):
                await service.handle(message)
        assert ["911" in text for text in api.texts(CHAT)] == [True]
        await channel.close()
    assert "desierto" not in caplog.text
    assert "Traceback" not in caplog.text


async def test_help_that_could_not_be_sent_is_sent_when_the_message_comes_again(service, monkeypatch):
    with BotApi() as api:
        channel = TelegramChannel(api.token, api.url)
        service.channels[channel.name] = channel
        monkeypatch.setattr(service.store, "turn", lambda: 1 / 0)
        message = channel.read(updates.text(CHAT, DANGER), datetime.now(UTC))
        assert message is not None
        api.answer("sendMessage", Answer(status=500))
        for _ in range(3):
            with pytest.raises(NotStoredError):
                await service.handle(message)
        assert len(api.of("sendMessage")) == 2
        await channel.close()


async def test_after_a_restart_a_redelivery_repeats_nothing(tmp_path, knowledge, monkeypatch):
    with BotApi() as api:
        channel = TelegramChannel(api.token, api.url)
        message = channel.read(updates.text(CHAT, DANGER), datetime.now(UTC))
        assert message is not None
        for _ in range(2):
            async with open_web(tmp_path, knowledge) as one:
                one.channels[channel.name] = channel
                monkeypatch.setattr(one.store, "turn", lambda: 1 / 0)
                with pytest.raises(NotStoredError):
                    await one.handle(message)
        assert ["911" in text for text in api.texts(CHAT)] == [True]
        async with open_web(tmp_path, knowledge) as one:
            turn = await one.handle(message)
            assert turn is not None
            assert turn.replies[0].text not in [row.reply.text for row in await unsent(one.database)]
        await channel.close()
