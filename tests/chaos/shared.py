"""Two processes that answer and two that send, on one PostgreSQL, each update delivered three times and shuffled to
both; one of the four is killed again and again, and PostgreSQL is off for a while.

This side is the provider: what was not confirmed is delivered again.
"""

import asyncio
import random
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import cycle

import psycopg

from bot.storage import upgrade
from tests.chaos.kills import Api
from tests.chaos.sharing import KEY
from tests.chaos.table import Line
from tests.chaos.waiting import many_waiting
from tests.support import postgres
from tests.support.bot_api import TOKEN

PEOPLE = 1000
UNDER_WAY = 40
TIMES = 3
"""Each update is delivered so often."""
PATIENCE = 60.0
Message = tuple[str, int, str]


@dataclass
class Process:
    """One of the four; started again after a kill."""

    role: str
    command: list[str]
    confirmed: set[str]
    again: "deque[Message]"
    under_way: dict[str, Message] = field(default_factory=dict)
    held: "subprocess.Popen[str] | None" = None

    def start(self) -> None:
        self.held = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.held.stdout
        assert self.held.stdout.readline() == "ready\n", "a process did not start"
        threading.Thread(target=self._listen, args=(self.held,), daemon=True).start()

    def kill(self) -> None:
        assert self.held
        self.held.kill()
        self.held.wait()
        self.again.extend(self.under_way.values())
        self.under_way.clear()

    def take(self, message: Message) -> bool:
        """Whether it has a place for it."""
        if len(self.under_way) >= UNDER_WAY:
            return False
        assert self.held
        assert self.held.stdin
        # Told apart by a number of its own, as the same update may be under way here twice.
        self.under_way[message[0]] = message
        self.held.stdin.write(" ".join(map(str, message)) + "\n")
        self.held.stdin.flush()
        return True

    def _listen(self, held: "subprocess.Popen[str]") -> None:
        assert held.stdout
        for line in held.stdout:
            *busy, number = line.split()
            message = self.under_way.pop(number, None)
            if busy:
                if message:
                    self.again.append(message)
                time.sleep(0.05)
            else:
                self.confirmed.add(number)


@dataclass
class World:
    api: Api
    server: postgres.Server
    url: str
    webs: list[Process]
    senders: list[Process]
    again: "deque[Message]"
    confirmed: set[str]

    def deliver(self, messages: list[Message]) -> None:
        """All of them, and what was not confirmed again."""
        ahead, moved = deque(messages), time.monotonic()
        webs = cycle(self.webs)
        while ahead or self.again or any(web.under_way for web in self.webs):
            source = self.again or ahead
            web = next(webs)
            if source and source[0][0] not in web.under_way and web.take(source[0]):
                source.popleft()
                moved = time.monotonic()
            else:
                time.sleep(0.002)
            assert time.monotonic() - moved < PATIENCE, "nothing is confirmed any more"

    def emergency(self, number: int) -> str:
        """Committed when this returns."""
        message = (f"e{number}", 10_000 + number, f"help{number}")
        self.deliver([message])
        return message[2]

    def wait_for(self, texts: list[str], since: float) -> float:
        """Until all were sent; the slowest."""
        while time.monotonic() - since < PATIENCE * 5 and not all(text in self.api.first for text in texts):
            time.sleep(0.05)
        return max((self.api.first.get(text, since + PATIENCE * 5) - since for text in texts), default=0.0)


def lines(kills: int = 20, count: int = 5000, off: float = 30.0) -> list[Line]:
    """Kills in turn, PostgreSQL off in the middle."""
    messages: list[Message] = [(str(n), 1000 + n % PEOPLE, f"r{n}") for n in range(count)]
    shuffled = [message for message in messages for _ in range(TIMES)]
    random.Random(7).shuffle(shuffled)
    with postgres.running(lambda url: upgrade(url, KEY)) as server, Api() as api:
        world = _world(api, server)
        each, slowest, outage = len(shuffled) // kills, 0.0, 0.0
        killed = cycle([world.senders[0], world.webs[0], world.senders[1], world.webs[1]])
        for number in range(kills):
            world.deliver(shuffled[number * each : (number + 1) * each])
            text, one = world.emergency(number), next(killed)
            one.kill()
            since = time.monotonic()
            slowest = max(slowest, world.wait_for([text], since))
            one.start()
            if number == kills // 2:
                outage = _off(world, off)
        world.deliver(shuffled[kills * each :])
        world.wait_for([text for *_, text in messages], time.monotonic())
        counted, waiting, turns = _when_sent(world)
        queued = asyncio.run(many_waiting(server.new()))
        for process in world.webs + world.senders:
            process.kill()
    told = Counter(call.params["text"] for call in api.of("sendMessage"))
    twice = {int(text.lstrip("help").lstrip("r")) % PEOPLE for text, times in told.items() if times > 1}
    lost = sum(text not in told for *_, text in messages)
    what = f"PostgreSQL, 2 + 2 processes, {kills} kills"
    return [
        Line(f"{what}, {count:,} messages thrice: lost", lost, 0, ""),
        Line(f"{what}: replies that nobody sends any more", waiting, 0, ""),
        Line(f"{what}: turns more or less than messages", abs(turns - count - kills - 1), 0, ""),
        Line(
            f"{what}: of {PEOPLE} people with a reply twice",
            100 * len(twice) / PEOPLE,
            0.5,
            "%",
            f"{counted} jobs left",
        ),
        Line(f"{what}: the slowest emergency after a kill", slowest, 5, "s"),
        Line(f"PostgreSQL off for {off:g} s: an emergency after it is back", outage, 10, "s"),
        queued,
    ]


def _world(api: Api, server: postgres.Server) -> World:
    url, again, confirmed = server.new(), deque[Message](), set[str]()
    made = {
        role: [
            Process(role, [sys.executable, "-m", "tests.chaos.sharing", role, url, api.url, TOKEN], confirmed, again)
            for _ in range(2)
        ]
        for role in ("web", "sender")
    }
    for process in made["web"] + made["sender"]:
        process.start()
    return World(api, server, url, made["web"], made["sender"], again, confirmed)


def _off(world: World, seconds: float) -> float:
    """Seconds from PostgreSQL's return until an emergency that was written meanwhile is answered."""
    world.server.off()
    world.webs[0].take(("e99999", 99_999, "help99999"))
    time.sleep(seconds)
    world.server.on()
    since = time.monotonic()
    world.deliver([])
    return world.wait_for(["help99999"], since)


def _when_sent(world: World) -> tuple[int, int, int]:
    """What is left once nothing waits: what a killed sender had on the wire is due again after its grace."""
    until = time.monotonic() + PATIENCE
    while (left := _left(world))[1] and time.monotonic() < until:
        time.sleep(0.5)
    return left


def _left(world: World) -> tuple[int, int, int]:
    """Jobs, replies that wait, and turns."""
    with psycopg.connect(world.url) as connection:
        asked = (
            "SELECT count(*) FROM procrastinate_jobs", "SELECT count(*) FROM outbox",
            "SELECT count(*) FROM messages WHERE direction = 'in'",
        )  # fmt: skip
        jobs, waiting, turns = ((connection.execute(query).fetchone() or (0,))[0] for query in asked)
    return jobs, waiting, turns
