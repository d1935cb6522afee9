"""A database that fails under a running server: who is in danger reads the first words once, and loses nothing."""

import json
import re
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.storage.engine import PROBED
from tests.support import telegram_updates as updates
from tests.support.bot_api import TOKEN, BotApi
from tests.support.server import Server, running, traceback_in
from tests.support.twilio_api import SID, TwilioApi
from tests.support.twilio_api import TOKEN as TWILIO
from tests.support.twilio_requests import message, signed

SECRET = "a-secret-for-the-webhook"
PUBLIC = "http://ventanilla.example"
DANGER = "estamos perdidos en el desierto de arizona, ya no traemos agua"
CHECK = "mi prima no contesta desde ayer que cruzó"
LOG_GROWS = 50_000
"""Bytes that the log may still grow while the disk is full; less than the database's log of writes holds by then."""


@pytest.fixture(scope="module")
def api() -> Iterator[BotApi]:
    with BotApi() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def twilio() -> Iterator[TwilioApi]:
    with TwilioApi() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def server(api, twilio, tmp_path_factory) -> Iterator[Server]:
    settings = {
        "telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url, "public_url": PUBLIC,
        "twilio_account_sid": SID, "twilio_auth_token": TWILIO, "twilio_api_url": twilio.url,
    }  # fmt: skip
    with running(tmp_path_factory.mktemp("server"), **settings) as process:
        yield process
    assert not traceback_in(process.log())
    assert not re.search(r"desierto|prima|5551234|\b8100[0-9]\b", process.log())
    said = [json.loads(line) for line in process.log().splitlines() if line.startswith("{")]
    refused = [line for line in said if "was not stored" in line["message"]]
    assert refused
    assert all(line["request"] and line["conversation"] and line["time"] for line in refused)


def database(server: Server) -> sqlite3.Connection:
    return sqlite3.connect(server.directory / "test.sqlite3", timeout=10, isolation_level=None)


@contextmanager
def gone(server: Server) -> Iterator[None]:
    with database(server) as connection:
        connection.execute("ALTER TABLE deliveries RENAME TO elsewhere")
        yield
        connection.execute("ALTER TABLE elsewhere RENAME TO deliveries")
    connection.close()


@contextmanager
def locked(server: Server) -> Iterator[None]:
    connection = database(server)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


@contextmanager
def full(server: Server) -> Iterator[None]:
    """No file of the server may grow beyond this."""
    most = (server.directory / "server.log").stat().st_size + LOG_GROWS
    assert most < (server.directory / "test.sqlite3-wal").stat().st_size
    before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most, before[1]))
    yield
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)


def by_telegram(server: Server, update: dict[str, object]) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "content-type": "application/json"}
    with server.client() as client:
        answer = client.post("/webhooks/telegram", content=json.dumps(update), headers=headers)
    assert (answer.status_code == 503) == ("retry-after" in answer.headers)
    return answer.status_code


def by_whatsapp(server: Server, fields: dict[str, str]) -> int:
    path = "/webhooks/twilio"
    with server.client() as client:
        answer = client.post(path, **signed(fields, PUBLIC + path, TWILIO))
    assert (answer.status_code == 503) == ("retry-after" in answer.headers)
    return answer.status_code


def wait_until(condition: Callable[[], bool], seconds: float = 8) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


@pytest.mark.parametrize(("number", "broken"), [(1, gone), (2, full), (3, locked)])
def test_the_first_words_leave_once_and_the_message_is_recorded_when_it_comes_again(api, server, number, broken):
    chat = 81000 + number
    update = updates.text(chat, DANGER)
    before = server.log().count("was not stored")
    with broken(server):
        assert by_telegram(server, update) == 503
        assert ["911" in text for text in api.texts(chat)] == [True]
        assert by_telegram(server, update) == 503
        assert len(api.texts(chat)) == 1, "nothing is said twice"
        assert server.log().count("was not stored") == before + 2
    assert by_telegram(server, update) == 200
    assert wait_until(lambda: len(api.texts(chat)) > 1)
    time.sleep(0.5)
    texts = api.texts(chat)
    assert texts.count(texts[0]) == 1
    with database(server) as connection:
        assert connection.execute("SELECT count(*) FROM cases").fetchone()[0] == number
    connection.close()


def test_a_full_disk_is_not_ready(server):
    def ready() -> int:
        with server.client() as client:
            return client.get("/readyz").status_code

    with full(server):
        assert wait_until(lambda: ready() == 503, PROBED + 3)
    assert wait_until(lambda: ready() == 200)


def test_a_check_is_asked_and_the_ordinary_waits(api, twilio, server):
    asked, calm = (
        message("whatsapp:+525551234001", CHECK),
        message("whatsapp:+525551234002", "cuánto cuesta el pasaporte"),
    )
    with gone(server):
        assert [by_whatsapp(server, one) for one in (asked, asked, calm)] == [503] * 3
        assert by_telegram(server, updates.text(81009, "hola")) == 503
        assert ["911" in call.fields["Body"] for call in twilio.to("whatsapp:+525551234001")] == [True]
        assert not twilio.to("whatsapp:+525551234002")
        assert not api.texts(81009)
    assert by_whatsapp(server, calm) == 200
    assert twilio.wait_for("whatsapp:+525551234002", 1)


def test_a_file_that_is_no_database_any_more(api, server):
    """The last one: nothing mends it."""
    for name in ("test.sqlite3-wal", "test.sqlite3"):
        file = server.directory / name
        with file.open("r+b") as opened:
            opened.write(b"no database " * (file.stat().st_size // 12))
    assert by_telegram(server, updates.text(81010, DANGER)) == 503
    assert ["911" in text for text in api.texts(81010)] == [True]
