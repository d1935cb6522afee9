"""`make chaos`: the server is killed again and again under load; nothing may be lost.

A stand-in Telegram redelivers what was not answered with 200, as the real one does. Bounded: some kills, then a table.
"""

import random
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from tests.support.bot_api import TOKEN, BotApi
from tests.support.server import Server, running
from tests.support.telegram_updates import text

SECRET = "a-secret-for-the-webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
PEOPLE = 8
A_ROUND = 24
"""Messages a round, spread over PEOPLE."""


def deliver(server: Server, updates: list[dict], done: set[int]) -> None:
    """Post in order what Telegram still has; stop where the server is gone."""
    with httpx.Client(base_url=server.url, timeout=5, headers=HEADERS) as client:
        for update in updates:
            if update["update_id"] in done:
                continue
            try:
                if client.post("/webhooks/telegram", json=update).status_code == 200:
                    done.add(update["update_id"])
            except httpx.TransportError:
                return


def one_round(directory: Path, settings: dict[str, str], updates: list[dict], done: set[int], *, kill: bool) -> None:
    with running(directory, **settings) as server:
        posting = threading.Thread(target=deliver, args=(server, updates, done))
        posting.start()
        if kill:
            time.sleep(random.uniform(0.05, 1.0))
            server.kill()
        posting.join()
        if not kill:
            time.sleep(3)


def main() -> int:
    marker = "ayuda"  # a command whose answer is always the same
    with tempfile.TemporaryDirectory() as folder, BotApi() as api:
        directory = Path(folder)
        settings = {"telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url}
        updates: list[dict] = []
        done: set[int] = set()
        for number in range(ROUNDS):
            updates += [text(1000 + n % PEOPLE, marker) for n in range(A_ROUND)]
            one_round(directory, settings, updates, done, kill=True)
            print(f"kill {number + 1}: {len(done)} of {len(updates)} messages accepted")
        one_round(directory, settings, updates, done, kill=False)
        answers = {chat: sum("menú" in t for t in api.texts(chat)) for chat in range(1000, 1000 + PEOPLE)}
    expected = len(updates) // PEOPLE
    lost = sum(max(0, expected - count) for count in answers.values())
    again = sum(max(0, count - expected) for count in answers.values())
    print(f"{len(updates)} messages, {ROUNDS} kills: accepted {len(done)}, answers lost {lost}, sent again {again}")
    print("(sent again: a kill between a send and its mark; at least once is the promise)")
    return 1 if lost or len(done) != len(updates) else 0


if __name__ == "__main__":
    sys.exit(main())
