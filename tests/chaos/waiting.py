"""Many replies wait, or a provider is in trouble, or the clock jumps: how long an emergency waits to be sent.

In this process, on a SQLite file; the channel is a stand-in that answers after a tenth of a second.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from bot import handoff
from bot.channels.rendering import fit
from bot.conversation import Desk, InboundMessage, Kind, Outcome, Reading, Reply, ReplyKind, Turn
from bot.conversation.ports import Capabilities, RateLimitedError, RetryableError, UnreachableError
from bot.delivery import Delivery
from bot.storage import Database, DatabaseOutbox, DatabaseStore, SentJournal, upgrade
from bot.storage.outbox import queue
from bot.turn import handle_message
from bot.wiring.in_line import Line as InLine
from tests.chaos.table import Line

LATENCY = 0.1
"""Seconds of a send."""
ENGINE = 0.015
"""Seconds of processor that a turn costs."""
SOON = 2.0
MANY = 10_000
FLOOD = 200
TROUBLED = 50
LONGEST = 30.0
"""Seconds after which a line is given up."""
TROUBLES: dict[str, Callable[[], Exception | None]] = {
    "429": lambda: RateLimitedError("slow down", 30),
    "500": lambda: RetryableError("trouble"),
    "403": lambda: UnreachableError("blocked"),
    "hang": lambda: None,
}


@dataclass
class Channel:
    """Chats are called after the trouble that they make."""

    name: str = "telegram"
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(4000, 3, 20))
    at: dict[str, float] = field(default_factory=dict)

    async def send(self, address: str, reply: Reply) -> str:
        trouble = TROUBLES.get(address)
        error = trouble() if trouble else None
        if error:
            raise error
        await asyncio.sleep(3600 if trouble else LATENCY)
        self.at.setdefault(reply.text, time.monotonic())
        return str(len(self.at))


@dataclass
class Clock:
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class World:
    database: Database
    channel: Channel
    delivery: Delivery
    clock: Clock

    async def put(self, people: Sequence[int], address: str = "1", kind: ReplyKind = ReplyKind.ANSWER) -> None:
        """One reply each, called after the person."""
        async with self.database.write() as connection:
            for person in people:
                reply = Reply(kind, f"{kind} {person}")
                await queue(connection, UUID(int=person), "telegram", address, [reply], [None], self.clock())
        self.delivery.wake()

    async def slowest(self, texts: Sequence[str], since: float) -> float:
        """Seconds until all of them were sent."""
        while not all(text in self.channel.at for text in texts) and time.monotonic() - since < LONGEST:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return max(self.channel.at.get(text, since + LONGEST) for text in texts) - since


@asynccontextmanager
async def world(url: str = "") -> AsyncIterator[World]:
    """On a file of its own, or on this database."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "v.sqlite3"
        upgrade(url or f"sqlite:///{path}")
        async with Database.opened(url or f"sqlite:///{path}", "k" * 40) as database:
            channel, clock = Channel(), Clock()
            outbox = DatabaseOutbox(database, None if url else SentJournal(path.with_suffix(".sent")))
            delivery = Delivery(outbox, {"telegram": channel}, fit=fit, on_timer=_no_timer, clock=clock)
            running = asyncio.create_task(delivery.run())
            yield World(database, channel, delivery, clock)
            await delivery.stop(0.1)
            await running


async def _no_timer(timer: object) -> None:
    raise AssertionError(timer)


async def many_waiting(url: str = "") -> Line:
    async with world(url) as one:
        await one.put(range(MANY))
        await asyncio.sleep(1)
        since = time.monotonic()
        await one.put([MANY], kind=ReplyKind.HELP)
        where = "on PostgreSQL" if url else "on SQLite"
        return Line(f"{MANY:,} waiting {where}: an emergency", await one.slowest([f"help {MANY}"], since), SOON, "s")


async def trouble(address: str) -> Line:
    async with world() as one:
        await one.put(range(TROUBLED), address)
        await asyncio.sleep(0.5)
        since = time.monotonic()
        await one.put([MANY], kind=ReplyKind.HELP)
        what = f"the provider answers {TROUBLED} others with {address}: an emergency"
        return Line(what, await one.slowest([f"help {MANY}"], since), SOON, "s")


async def clock_jumps(before: timedelta, after: timedelta) -> Line:
    async with world() as one:
        one.clock.ahead = before
        await one.put(range(5), "500")
        await asyncio.sleep(0.5)
        one.clock.ahead = after
        since = time.monotonic()
        await one.put([MANY], kind=ReplyKind.HELP)
        await one.put([MANY + 1])
        told = await one.slowest([f"help {MANY}", f"answer {MANY + 1}"], since)
        hours = (after - before) / timedelta(hours=1)
        return Line(f"the clock jumps by {hours:+g} h: what is queued", told, SOON, "s")


async def flood() -> Line:
    """Whole turns, all at once: the flooder's first, then five people in danger."""
    async with world() as one:
        store, line = DatabaseStore(one.database, handoff), InLine()

        def engine(state: object, message: InboundMessage, knowledge: object, now: datetime) -> Turn:
            time.sleep(ENGINE)
            kind = ReplyKind.HELP if message.address.startswith("help") else ReplyKind.ANSWER
            reply = Reply(kind, f"{message.address} {message.delivery_id}")
            return Turn(state, (reply,), (), Reading("es", "es", Outcome.ANSWER))  # type: ignore[arg-type]

        async def handle(person: str, number: int) -> None:
            now = datetime.now(UTC)
            message = InboundMessage("telegram", str(number), person, Kind.TEXT, now, "hola")
            async with line.of(person):
                await handle_message(message, store, None, Desk(), now, engine)  # type: ignore[arg-type]
            one.delivery.wake()

        flooding = [asyncio.create_task(handle("flooder", number)) for number in range(FLOOD)]
        await asyncio.sleep(0.2)
        since = time.monotonic()
        danger = [asyncio.create_task(handle(f"help{number}", 1000 + number)) for number in range(5)]
        slowest = await one.slowest([f"help{number} {1000 + number}" for number in range(5)], since)
        await asyncio.gather(*danger, *flooding, return_exceptions=True)
        return Line(f"{FLOOD} messages of one person: five emergencies beside it", slowest, SOON, "s")


async def lines() -> list[Line]:
    hour, day, none = timedelta(hours=1), timedelta(days=1), timedelta()
    return [
        await many_waiting(),
        await flood(),
        *[await trouble(address) for address in TROUBLES],
        *[await clock_jumps(*jump) for jump in ((hour, none), (none, hour), (day, none), (none, day))],
    ]
