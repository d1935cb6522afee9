"""A reminder by the real server: it leaves when it is due, and after a stop only where it still helps."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, insert, select, update

from bot.conversation.reminders import Reminder
from bot.storage import REMINDER, Database
from bot.storage.rows import restored
from bot.storage.tables import conversations, timers
from bot.storage.types import bound
from tests.e2e.test_first_message import wait_for_texts
from tests.support import telegram_updates as updates
from tests.support.bot_api import TOKEN, BotApi
from tests.support.server import Server, running, traceback_in
from tests.support.talk import person

SECRET, KEY = "a-secret-for-the-webhook", "a secret of more than thirty-two characters"
RUNS, MISSED, LATE, STOPPED = 80001, 80002, 80003, 80004
NEUTRAL = "Tiene un aviso pendiente. Escriba “ver”."
CLOCKS = {"CR": "America/Costa_Rica", "JP": "Asia/Tokyo", "GB": "Europe/London"}
"""Of one clock each; in one of them it is day, whenever this test runs: nobody is written to at night."""


@pytest.fixture(scope="module")
def api():
    with BotApi() as stand_in:
        yield stand_in


def say(server: Server, chat: int, words: str) -> None:
    with server.client() as client:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        assert client.post("/webhooks/telegram", json=updates.text(chat, words), headers=headers).status_code == 200


def asks(api: BotApi, server: Server, chat: int) -> None:
    say(server, chat, "avíseme del plazo de ECOSOC")
    assert any("El mensaje no dirá de qué es" in text for text in wait_for_texts(api, chat, 2))


def days_pass(directory: Path, chat: int, days: int) -> None:
    """As if so many days had passed since the day of their reminder, the server running or not."""
    asyncio.run(_days_pass(f"sqlite:///{directory / 'test.sqlite3'}", chat, days))


async def _days_pass(url: str, chat: int, days: int) -> None:
    database, now = await Database.open(url, KEY), datetime.now(UTC)
    here = next(
        land for land, zone in CLOCKS.items() if 8 <= (now + timedelta(minutes=5)).astimezone(ZoneInfo(zone)).hour < 20
    )
    day = now.astimezone(ZoneInfo(CLOCKS[here])).date() - timedelta(days=days)
    mine = conversations.c.address_key == database.cipher.address_key("telegram", str(chat))
    async with database.write() as connection:
        row = (await connection.execute(select(conversations).where(mine))).mappings().one()
        state = person(restored(row["state"]), country=here)
        (one,) = state.reminding.items
        one = Reminder(about=one.about, day=day.isoformat(), own=True, leads=(0,), made=day)
        state = state.having(reminding=state.reminding.having(items=(one,), town=""))
        values = bound(conversations, {"state": state.stored()}, id=row["id"])
        await connection.execute(update(conversations).where(mine).values(values))
        await connection.execute(delete(timers).where(timers.c.conversation_id == row["id"]))
        if state.reminding.live:
            timer = {"kind": REMINDER, "conversation_id": row["id"], "payload": {}, "due_at": now}
            await connection.execute(insert(timers), timer)
    await database.close()


def reminders(api: BotApi, chat: int) -> list[str]:
    return [text for text in api.texts(chat) if text.startswith(NEUTRAL)]


def test_it_leaves_when_due_and_after_a_stop_where_it_still_helps(api, tmp_path):
    settings = {"telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url, "secret_key": KEY}
    with running(tmp_path, **settings) as server:
        for chat in (RUNS, MISSED, LATE, STOPPED):
            asks(api, server, chat)
        say(server, STOPPED, "baja")
        days_pass(tmp_path, RUNS, 1)
        end = time.monotonic() + 15
        while not reminders(api, RUNS) and time.monotonic() < end:
            time.sleep(0.05)
        (told,) = reminders(api, RUNS)
        assert "ECOSOC" not in told
        assert "plazo" not in told.lower()
        before = len(api.texts(RUNS))
        say(server, RUNS, "ver")
        assert "ECOSOC" in wait_for_texts(api, RUNS, before + 1)[-1]
        server.kill()
    for chat, days in ((MISSED, 1), (LATE, 4), (STOPPED, 1)):
        days_pass(tmp_path, chat, days)
    with running(tmp_path, **settings) as server:
        end = time.monotonic() + 15
        while not reminders(api, MISSED) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(3)  # another sweep
        before = len(api.texts(LATE))
        say(server, LATE, "mis avisos")
        assert "No tiene avisos" in wait_for_texts(api, LATE, before + 1)[-1]
        sent = {chat: len(reminders(api, chat)) for chat in (RUNS, MISSED, LATE, STOPPED)}
        assert sent == {RUNS: 1, MISSED: 1, LATE: 0, STOPPED: 0}
        log = server.log()
    assert not traceback_in(log)
