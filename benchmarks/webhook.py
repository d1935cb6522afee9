"""Requests a second and p99 of the real webhook, as a ratio to the bare endpoint. Run: python -m benchmarks.webhook"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from tests.support.bot_api import TOKEN, BotApi
from tests.support.server import Server, free_port, running
from tests.support.telegram_updates import text

SECRET = "a-secret-for-the-webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
REQUESTS = 600
WORDS = ("cuanto cuesta el pasaporte", "que es el ciam", "donde saco la matricula", "hola", "requisitos del pasaporte")


async def load(url: str, connections: int, first_chat: int) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds."""
    times: list[float] = []
    async with aiohttp.ClientSession(headers=HEADERS) as session:

        async def one_connection(number: int) -> None:
            for turn in range(REQUESTS // connections):
                update = text(first_chat + number * 1000 + turn % 50, WORDS[turn % len(WORDS)])
                start = time.perf_counter()
                async with session.post(f"{url}/webhooks/telegram", json=update) as answer:
                    await answer.read()
                    answer.raise_for_status()
                times.append(time.perf_counter() - start)

        start = time.perf_counter()
        await asyncio.gather(*(one_connection(number) for number in range(connections)))
        seconds = time.perf_counter() - start
    return len(times) / seconds, sorted(times)[int(len(times) * 0.99)] * 1000


@contextmanager
def bare(directory: Path) -> Iterator[str]:
    port = free_port()
    env = os.environ | {"BASELINE_URL": f"sqlite:///{directory / 'baseline.sqlite3'}"}
    args = [
        sys.executable,
        "-m",
        "uvicorn",
        "benchmarks.baseline:app",
        "--port",
        str(port),
        "--log-level",
        "error",
        "--no-access-log",
    ]
    process = subprocess.Popen(args, env=env)
    url = f"http://127.0.0.1:{port}"
    try:
        asyncio.run(_until_up(url))
        yield url
    finally:
        process.terminate()
        process.wait(10)


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


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, BotApi() as api:
        directory = Path(folder)
        settings = {"telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url}
        begin = time.perf_counter()
        with bare(directory) as plain, running(directory, **settings) as server:
            print(f"start until ready {time.perf_counter() - begin:.2f} s (both servers)")
            print("connections   bare req/s   ours req/s   ratio   bare p99   ours p99")
            for connections in (1, 16):
                asyncio.run(load(server.url, connections, 900_000 + connections * 100_000))  # warm
                rate, p99 = asyncio.run(load(plain, connections, 100_000 * connections))
                our_rate, our_p99 = asyncio.run(load(server.url, connections, 10_000_000 * connections))
                figures = f"{connections:>11} {rate:>12.0f} {our_rate:>12.0f} {our_rate / rate:>7.2f}"
                print(f"{figures} {p99:>8.1f}ms {our_p99:>8.1f}ms")
            print(
                f"memory of the server {memory(server):.0f} MB; replies that reached the stand-in: {len(api.texts())}"
            )


if __name__ == "__main__":
    main()
