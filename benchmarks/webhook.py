"""Requests a second and p99 of the real webhook, as ratios to the bare endpoint. Run: python -m benchmarks.webhook

Bare and ours are loaded in turn, several times; the median of the ratios counts. Ours sends its replies meanwhile, to
a stand-in for the Bot API in a process of its own. Phrases are the content's, none twice in a round.
"""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import aiohttp

from benchmarks.engine import phrases
from knowledge.loader import load_knowledge
from tests.support.bot_api import TOKEN
from tests.support.server import Server, command, free_port, running
from tests.support.telegram_updates import text

SECRET = "a-secret-for-the-webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
REQUESTS, ROUNDS = 320, 3
SETTLES = 2.0
"""Seconds for the replies of a round to leave, so that they burden no other."""
SERVERS = {
    "stub engine": ((sys.executable, "-m", "benchmarks.stubbed"), 0.65),
    "real engine": (command("run"), 0.45),
}
"""How each is started, and the ratio that it must have at 16 connections."""
SLOWEST = 2.5
"""Our p99, in those of the bare endpoint."""
STAND_IN = (
    "from tests.support.bot_api import BotApi\nwith BotApi() as api:\n    print(api.url, flush=True)\n    input()"
)
_chats = count(1)


async def load(url: str, connections: int, texts: Sequence[str]) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds. All are other people, eight messages each."""
    times: list[float] = []
    async with aiohttp.ClientSession(headers=HEADERS) as session:

        async def one_connection(mine: Sequence[str]) -> None:
            chat = 0
            for number, words in enumerate(mine):
                chat = next(_chats) if number % 8 == 0 else chat
                start = time.perf_counter()
                async with session.post(f"{url}/webhooks/telegram", json=text(chat, words)) as answer:
                    await answer.read()
                    answer.raise_for_status()
                times.append(time.perf_counter() - start)

        start = time.perf_counter()
        await asyncio.gather(*(one_connection(texts[number::connections]) for number in range(connections)))
        seconds = time.perf_counter() - start
    return len(times) / seconds, sorted(times)[int(len(times) * 0.99)] * 1000


@contextmanager
def bare(directory: Path) -> Iterator[str]:
    port = free_port()
    env = os.environ | {"BASELINE_PATH": str(directory / "baseline.sqlite3")}
    args = ("-m", "uvicorn", "benchmarks.baseline:app", "--port", str(port), "--log-level", "error", "--no-access-log")
    process = subprocess.Popen([sys.executable, *args], env=env)
    url = f"http://127.0.0.1:{port}"
    try:
        asyncio.run(_until_up(url))
        yield url
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def stand_in() -> Iterator[str]:
    with subprocess.Popen([sys.executable, "-c", STAND_IN], stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.kill()


async def _until_up(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(500):
            try:
                async with session.get(url):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)


def memory(server: Server) -> float:
    """Resident megabytes of the server process."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def compared(plain: str, ours: str, connections: int, texts: list[str]) -> str:
    """One line: medians of several rounds."""
    found = []
    for number in range(ROUNDS):
        mine = random.Random(number).sample(texts, REQUESTS)
        (rate, p99), (our_rate, our_p99) = (asyncio.run(load(url, connections, mine)) for url in (plain, ours))
        found.append((rate, our_rate, our_rate / rate, p99, our_p99, our_p99 / p99))
        time.sleep(SETTLES)
    rate, our_rate, ratio, p99, our_p99, slower = map(statistics.median, zip(*found, strict=True))
    return f"{connections:>5} {rate:>8.0f} {our_rate:>8.0f} {ratio:>7.2f} {p99:>8.1f} {our_p99:>8.1f} {slower:>7.2f}"


def main() -> None:
    texts = list(dict.fromkeys(phrases(load_knowledge())))
    with tempfile.TemporaryDirectory() as folder, stand_in() as api, bare(Path(folder)) as plain:
        print("              conn. bare/s   ours/s   ratio bare p99  our p99   times  (p99 in ms)")
        for name, (start, least) in SERVERS.items():
            directory = Path(folder) / name
            directory.mkdir()
            settings = {"telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api}
            with running(directory, start=start, **settings) as server:
                asyncio.run(load(server.url, 4, texts[:100]))  # warm
                for connections in (1, 16):
                    print(f"{name:<13} {compared(plain, server.url, connections, texts)}", flush=True)
                print(f"{name:<13} must be ≥ {least} at 16, p99 ≤ {SLOWEST} times; memory {memory(server):.0f} MB")


if __name__ == "__main__":
    main()
