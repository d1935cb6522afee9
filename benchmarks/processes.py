"""One web process and two on one PostgreSQL, in one run, with a worker that sends. Run: python -m benchmarks.processes

Requests a second of the real webhook, real engine; both processes stand all the time, and rounds go in turn to one and
to both. The median of the ratios counts. Without a processor for each of them and for PostgreSQL it says little.
"""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.engine import phrases
from benchmarks.webhook import REQUESTS, ROUNDS, SECRET, load, memory, stand_in
from bot.storage import upgrade
from knowledge.loader import load_knowledge
from tests.support import postgres
from tests.support.bot_api import TOKEN
from tests.support.server import command, environment, running

KEY = "k" * 40
CONNECTIONS = 16


async def both(urls: list[str], texts: list[str]) -> tuple[float, float]:
    """Requests a second of all together, and the slower 99th percentile in milliseconds."""
    each, begun = len(texts) // len(urls), time.perf_counter()
    parts = [
        load(url, CONNECTIONS // len(urls), texts[number * each : (number + 1) * each])
        for number, url in enumerate(urls)
    ]
    found = await asyncio.gather(*parts)
    return each * len(urls) / (time.perf_counter() - begun), max(p99 for _, p99 in found)


def sent(url: str) -> float:
    """Replies a second that leave while the outbox empties."""
    counts = []
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            counts.append((connection.execute("SELECT count(*) FROM outbox").fetchone() or (0,))[0])
            if not counts[-1]:
                break
            time.sleep(1)
    return (counts[0] - counts[-1]) / max(1, len(counts) - 1)


def main() -> None:
    texts = list(dict.fromkeys(phrases(load_knowledge())))
    with (
        TemporaryDirectory() as folder, stand_in() as api, postgres.databases(lambda url: upgrade(url, KEY)) as new
    ):  # fmt: skip
        url = new()
        settings = {
            "telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api, "database_url": url,
            "secret_key": KEY,
        }  # fmt: skip
        place = Path(folder)
        worker = subprocess.Popen(command("worker"), cwd=place, env=environment(place, **settings), stderr=-3)
        with (
            running(place, start=command("serve"), **settings) as one,
            running(place, start=command("serve"), **settings) as two,
        ):
            urls = [one.url, two.url]
            asyncio.run(both(urls, texts[:200]))  # warm
            found = []
            for number in range(ROUNDS):
                mine = random.Random(number).sample(texts, REQUESTS)
                (alone, p99), (together, other) = (asyncio.run(both(held, mine)) for held in (urls[:1], urls))
                found.append((alone, together, together / alone, p99, other))
            alone, together, ratio, p99, other = map(statistics.median, zip(*found, strict=True))
            rss = int(Path(f"/proc/{worker.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
            print(
                f"one web process {alone:.0f}/s (p99 {p99:.0f} ms), two {together:.0f}/s ({other:.0f} ms): {ratio:.2f}"
            )
            print(f"memory: web {memory(one):.0f} MB, worker {rss:.0f} MB; {os.cpu_count()} processors", flush=True)
            print(f"one worker sends {sent(url):.0f} replies/s while the queue empties (shared rate: 30)")
        worker.terminate()
        worker.wait(20)


if __name__ == "__main__":
    sys.exit(main())
