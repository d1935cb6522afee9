"""A process is killed again and again while it answers: nothing lost, next to nothing twice, the order kept.

This side is the provider: what was not confirmed is delivered again, in order.
"""

import math
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage import upgrade
from tests.chaos.table import Line
from tests.support.bot_api import TOKEN, BotApi, Call

PEOPLE = 1000
UNDER_WAY = 40
"""Deliveries that wait for an answer at once, as a provider's webhook has."""
PATIENCE = 60.0
"""Seconds without any progress after which it is given up."""


class Api(BotApi):
    """Knows when each text first came; nobody has to look through all calls for it, which would slow its answers."""

    def __init__(self) -> None:
        super().__init__()
        self.first: dict[str, float] = {}

    def _sent(self, call: Call) -> object:
        self.first.setdefault(call.params["text"], time.monotonic())
        return super()._sent(call)


@dataclass
class Provider:
    """Messages in order, as `(number, chat, text)`, and those that were confirmed."""

    api: Api
    messages: Sequence[tuple[str, int, str]]
    confirmed: set[str] = field(default_factory=set)
    ready: float = 0.0

    def round(self, command: Sequence[str], until: int) -> None:
        """Start, deliver what is not confirmed until so many are, kill."""
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        self.ready = time.monotonic()
        room = threading.Semaphore(UNDER_WAY)
        listening = threading.Thread(target=self._listen, args=(process, room))
        listening.start()
        try:
            for number, chat, text in self.messages[:until]:
                if number in self.confirmed:
                    continue
                if not room.acquire(timeout=PATIENCE):
                    raise AssertionError("nothing is confirmed any more")
                process.stdin.write(f"{number} {chat} {text}\n")
                process.stdin.flush()
            time.sleep(random.uniform(0, 0.1))
        finally:
            if until < len(self.messages):
                process.kill()
            else:
                self._wait_for_all()
                process.kill()
            process.wait()
            listening.join()

    def _listen(self, process: "subprocess.Popen[str]", room: threading.Semaphore) -> None:
        assert process.stdout
        with suppress(ValueError):
            for line in process.stdout:
                self.confirmed.add(line.strip())
                room.release()

    def _wait_for_all(self) -> None:
        """Until everything was said, or nothing moves any more."""
        seen, moved = -1, time.monotonic()
        while seen < len(self.messages) and time.monotonic() - moved < PATIENCE / 4:
            count = len(self.api.first)
            if count != seen:
                seen, moved = count, time.monotonic()
            time.sleep(0.1)


def lines(kills: int = 20, count: int = 5000) -> list[Line]:
    """One emergency is delivered just before each kill."""
    each = count // kills
    messages = [(str(n), 1000 + n % PEOPLE, f"help{n}" if n % each == each - 1 else f"r{n}") for n in range(count)]
    with TemporaryDirectory() as folder, Api() as api:
        path = Path(folder) / "v.sqlite3"
        upgrade(f"sqlite:///{path}")
        command = [sys.executable, "-m", "tests.chaos.worker", str(path), api.url, TOKEN]
        provider, ready = Provider(api, messages), [0.0]
        for number in range(1, kills + 1):
            provider.round(command, number * each)
            ready.append(provider.ready)
        # Of each emergency, and of the start after it; the last has none, as nothing is left to be sent then.
        after = zip([text for *_, text in messages[each - 1 :: each]], [*ready[2:], ready[-1]], strict=True)
        slowest = max(api.first.get(text, math.inf) - start for text, start in after)
        calls = [(call.params["chat_id"], call.params["text"]) for call in api.of("sendMessage")]
    told = Counter(text for _, text in calls)
    lost = sum(text not in told for *_, text in messages)
    twice = {chat for chat, text in calls if told[text] > 1}
    return [
        Line(f"{kills} kills, {count:,} messages: replies lost", lost, 0, ""),
        Line(f"{kills} kills: of {PEOPLE} people with a reply twice", 100 * len(twice) / PEOPLE, 0.5, "%"),
        Line(f"{kills} kills: replies out of order", _overtaken(calls), 0, ""),
        Line(f"{kills} emergencies, one before each kill: the slowest after the restart", slowest, 5, "s"),
    ]


def _overtaken(calls: Sequence[tuple[object, str]]) -> int:
    last: dict[object, int] = {}
    overtaken = 0
    for chat, text in dict.fromkeys(calls):
        number = int(text.lstrip("help").lstrip("r"))
        overtaken += number < last.get(chat, -1)
        last[chat] = number
    return overtaken
