"""A database that fails under the real server: who is in danger reads the first words once, and then the rest."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.chaos.table import Line
from tests.e2e.test_database_fails import DANGER, SECRET, by_telegram, full, gone, locked
from tests.support import telegram_updates as updates
from tests.support.bot_api import TOKEN, BotApi
from tests.support.server import Server, running

HELPED_WITHIN = 8.0
"""Seconds: a locked database is waited for five."""
AGAIN = 5.0
"""Seconds until the rest follows, when the database is well."""
TROUBLES: dict[str, Callable[[Server], AbstractContextManager[None]]] = {"gone": gone, "full": full, "locked": locked}


def lines() -> list[Line]:
    with TemporaryDirectory() as folder, BotApi() as api:
        settings = {"telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url}
        with running(Path(folder), **settings) as server:
            by_telegram(server, updates.text(80_000, DANGER))  # so that the log of writes is long enough to be full
            found = [
                line for number, what in enumerate(TROUBLES) for line in _trouble(api, server, what, 80_001 + number)
            ]
            return [*found, _corrupt(api, server)]


def _trouble(api: BotApi, server: Server, what: str, chat: int) -> list[Line]:
    update = updates.text(chat, DANGER)
    with TROUBLES[what](server):
        slow = _helped(api, server, chat, update)
        by_telegram(server, update)
    by_telegram(server, update)
    since = time.monotonic()
    while len(api.texts(chat)) < 2 and time.monotonic() - since < AGAIN:
        time.sleep(0.02)
    texts = api.texts(chat)
    wrong = max(0, texts.count(texts[0]) - 1) if len(texts) > 1 else 1
    return [
        Line(f"the database is {what}: an emergency is helped", slow, HELPED_WITHIN, "s"),
        Line(f"the database is {what}: said twice, or the rest not at all", wrong, 0, ""),
    ]


def _corrupt(api: BotApi, server: Server) -> Line:
    for name in ("test.sqlite3-wal", "test.sqlite3"):
        with (server.directory / name).open("r+b") as file:
            file.write(b"no database " * ((server.directory / name).stat().st_size // 12))
    slow = _helped(api, server, 80_100, updates.text(80_100, DANGER))
    return Line("the database is no database any more: an emergency is helped", slow, HELPED_WITHIN, "s")


def _helped(api: BotApi, server: Server, chat: int, update: dict[str, object]) -> float:
    since = time.monotonic()
    by_telegram(server, update)
    while not any("911" in text for text in api.texts(chat)) and time.monotonic() - since < 2 * HELPED_WITHIN:
        time.sleep(0.02)
    return time.monotonic() - since
