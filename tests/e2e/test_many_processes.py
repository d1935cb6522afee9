"""Two web processes and two workers on one PostgreSQL: one turn and one reply, whoever takes it; a killed worker."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.support import postgres
from tests.support import telegram_updates as updates
from tests.support.bot_api import TOKEN, Answer, BotApi
from tests.support.server import Server, command, environment, running, ventanilla

pytestmark = pytest.mark.skipif(not postgres.available(), reason=postgres.MISSING)
SECRET = "of-the-webhook"
KEY = "a secret of more than thirty-two characters"
ALERTS = "-100"
_numbers = count()
HELP = "me está pegando mi marido ahora mismo, ayuda"


@dataclass
class Worker:
    process: subprocess.Popen[str]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@contextmanager
def worker(directory: Path, **settings: str) -> Iterator[Worker]:
    directory.mkdir(exist_ok=True)
    with (directory / "worker.log").open("a") as log:
        process = subprocess.Popen(
            command("worker", "--alive", "alive"), cwd=directory, env=environment(directory, **settings),
            stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        try:
            assert process.stdout
            assert process.stdout.readline().startswith("Worker"), (directory / "worker.log").read_text()
            yield Worker(process)
        finally:
            if process.poll() is None:
                process.terminate()
                assert process.wait(15) == 0
            assert process.stdout
            process.stdout.close()


@pytest.fixture(scope="module")
def url(new_postgres: Callable[[], str]) -> str:
    return new_postgres()


@dataclass
class World:
    api: BotApi
    servers: list[Server]
    url: str
    settings: dict[str, str]
    place: Path

    def another_worker(self) -> AbstractContextManager[Worker]:
        return worker(self.place / f"worker-{next(_numbers)}", **self.settings)

    def deliver(self, update: dict[str, object], server: Server) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        return httpx.post(f"{server.url}/webhooks/telegram", json=update, headers=headers, timeout=30).status_code

    def ask(self, query: str) -> object:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(query).fetchone()
            return row and row[0]


@pytest.fixture(scope="module")
def world(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with ExitStack() as stack:
        api = stack.enter_context(BotApi())
        settings = {
            "telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url, "database_url": url,
            "secret_key": KEY, "alert_telegram_chat": ALERTS,
        }  # fmt: skip
        places = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
        servers = [stack.enter_context(running(place, start=command("serve"), **settings)) for place in places]
        yield World(api, servers, url, settings, places[0])


def until(what: Callable[[], bool], seconds: float = 10) -> float:
    since = time.monotonic()
    while not what() and time.monotonic() - since < seconds:
        time.sleep(0.02)
    assert what()
    return time.monotonic() - since


def test_an_update_that_both_get_at_once_is_one_turn_and_one_reply(world: World) -> None:
    said = [updates.text(chat, "hola") for chat in range(100, 130)]
    with world.another_worker(), world.another_worker(), ThreadPoolExecutor(4) as pool:
        done = [pool.submit(world.deliver, update, server) for update in said for server in world.servers * 2]
        assert {one.result() for one in done} == {200}
        until(lambda: world.ask("SELECT count(*) FROM outbox") == 0)
    told = {chat: world.api.texts(chat) for chat in range(100, 130)}
    assert len({tuple(texts) for texts in told.values()}) == 1, "each read the same"
    assert all(len(texts) == len(set(texts)) for texts in told.values()), "and nothing twice"
    assert world.ask("SELECT count(*) FROM messages WHERE direction = 'in'") == 30


def test_what_a_killed_worker_was_sending_is_sent_within_five_seconds(world: World) -> None:
    with world.another_worker() as killed, world.another_worker() as other:
        other.process.send_signal(signal.SIGSTOP)  # so that it is known who has it
        world.api.answer("sendMessage", Answer(hang=True))
        world.deliver(updates.text(1000, "hola"), world.servers[0])
        until(lambda: world.ask("SELECT count(*) FROM outbox WHERE sender IS NOT NULL") == 1)
        other.process.send_signal(signal.SIGCONT)
        time.sleep(1)
        assert len(world.api.texts(1000)) == 1, "while it lives it is its own"
        killed.kill()
        assert until(lambda: len(world.api.texts(1000)) > 1) < 5
        until(lambda: world.ask("SELECT count(*) FROM outbox") == 0)


def test_a_worker_shows_that_it_looks_and_no_longer_when_it_hangs(world: World) -> None:
    place = world.place / "shows"
    with worker(place, **world.settings) as one:
        until(lambda: (place / "alive").exists())
        (place / "alive").unlink()
        until(lambda: (place / "alive").exists(), 5)
        one.process.send_signal(signal.SIGSTOP)
        (place / "alive").unlink()
        time.sleep(3)
        assert not (place / "alive").exists()
        one.process.send_signal(signal.SIGCONT)


def test_timers_and_alerts_are_jobs_and_none_is_left_behind(world: World) -> None:
    with world.another_worker():
        world.deliver(updates.text(2000, HELP), world.servers[1])
        until(lambda: any(str(call.params["chat_id"]) == ALERTS for call in world.api.of("sendMessage")))
        alerts = [call for call in world.api.of("sendMessage") if str(call.params["chat_id"]) == ALERTS]
        assert len(alerts) == len({call.params["text"] for call in alerts})
        until(lambda: world.ask("SELECT count(*) FROM alerts") == 0)
        assert world.ask("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('failed', 'aborted')") == 0


def test_neither_serves_a_sqlite_file(tmp_path: Path) -> None:
    for name in ("serve", "worker"):
        done = ventanilla(tmp_path, name)
        assert (done.returncode, "PostgreSQL" in done.stderr) == (1, True)
