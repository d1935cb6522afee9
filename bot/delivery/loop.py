"""Claims what is due, the most urgent first, and sends it; one person's replies in order.

Embedded it is woken after each commit; where several processes send, by jobs that say which conversation. The sweep is
the safety net of both.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import random as any_random
from uuid import UUID

from bot.conversation.ports import Channel, Outbox, OutboxRow, Priority, Timer
from bot.delivery.pauses import Retries
from bot.delivery.sending import Fit, Sender
from bot.delivery.timing import Timers
from bot.telemetry import logs
from bot.telemetry.raised import where

log = logging.getLogger(__name__)

_RETRIES = Retries()
_TIMERS, _MARKS = "timers", "marks"
AT_ONCE = 3
"""Sends under way on one channel: what a crash may repeat. Telegram takes some 30 a second of one bot, which two at a
time of 70 ms each reach."""
_KEPT = 1
"""Of these for who is in danger alone: ordinary sends that hang do not take the last one."""
APART = 1 / 30
"""Seconds between the starts of two ordinary sends on one channel, so that few leave together: both would be said again
where the process is killed before it has read the answers. Telegram takes no more of one bot."""
_TOGETHER = 0.02
"""Seconds from one look to the next: what is committed and what was sent meanwhile is seen with one question."""
_THROTTLED = 0.05
"""Seconds to the next look where only the rate that all processes share is in the way."""
_STALE = timedelta(seconds=30)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Delivery:
    """`run` is a task of its own; `wake` after each commit; `stop` at the end. Times in seconds."""

    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        *,
        fit: Fit,
        on_timer: Callable[[Timer], Awaitable[object]] | None,
        known_as: Callable[[str, str], str] = lambda channel, address: "",
        clock: Callable[[], datetime] = _utc_now,
        random: Callable[[], float] = any_random,
        retries: Retries = _RETRIES,
        at_once: int = AT_ONCE,
        sweep: float = 2.0,
        send_timeout: float = 30.0,
    ) -> None:
        self._outbox = outbox
        self._channels = channels
        self.timers = Timers(outbox, on_timer, clock) if on_timer else None
        """None: others run them."""
        self._known_as = known_as
        self._clock = clock
        self._at_once = at_once
        self._sweep = sweep
        self._sender = Sender(outbox, channels, fit, clock, random, retries, send_timeout)
        self._tasks: dict[Hashable, asyncio.Task[None]] = {}
        self._looking = asyncio.Lock()
        self._woken = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._stopping = False
        self._settled = False
        self._looked_at: datetime | None = None
        self._next_sweep = 0.0
        self._sending: Counter[str] = Counter()
        self._began: dict[str, float] = {}
        """When the last ordinary send of a channel did, by the loop's clock."""
        self._asked = 0.0
        """When it was asked what there is room for, by the same."""

    @property
    def alive(self) -> bool:
        """It runs, and looked into the outbox not long ago."""
        fresh = self._looked_at is not None and self._clock() - self._looked_at < _STALE
        return fresh and not self._ended.is_set()

    def wake(self) -> None:
        """Something was committed: look now. Call it on the loop's own thread."""
        self._woken.set()

    async def run(self) -> None:
        """Until `stop`; survives every exception."""
        self._ended.clear()
        try:
            while not self._stopping:
                await asyncio.sleep(_TOGETHER)
                self._woken.clear()
                if self._stopping:  # its wake came in the pause
                    break
                await self._guarded("looking for what is due", self._look())
                await self._guarded("sweeping", self._sweep_up())
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._pause()):
                        await self._woken.wait()
        except asyncio.CancelledError:
            await self._drain(0)
            raise
        finally:
            self._ended.set()

    async def stop(self, grace: float = 5.0) -> None:
        """No new sends; those under way have `grace` seconds, then they are cut off and sent again after the start."""
        self._stopping = True
        self._woken.set()
        await self._ended.wait()
        await self._drain(grace)
        await self._guarded("leaving", self._outbox.leave())

    async def drain(self, conversation: UUID) -> None:
        """Claim the first reply of this conversation and send it, if there is a place; what follows it, and what found
        no place, is claimed when a send has ended.
        """
        if not self._stopping:
            await self._look(conversation)
            if self._pause() < self._sweep:
                self.wake()

    async def run_timers(self) -> None:
        """Those that are due, once: where a job asks for it and no loop runs."""
        if self.timers and (due := await self.timers.due()):
            await self.timers.run(due)

    async def _look(self, only: UUID | None = None) -> None:
        """Claim as many as there is room for and send each; mark what is sent beside that."""
        async with self._looking:
            now = self._clock()
            if not self._settled:
                self._sender.resume(await self._outbox.settle(now))
                self._settled = True
            for row in await self._outbox.claim(now, *self._room(now), only):
                if row.priority is not Priority.URGENT:
                    self._began[row.channel] = asyncio.get_running_loop().time()
                with logs.about(job=f"reply-{row.id}", conversation=self._known_as(row.channel, row.address)):
                    self._start(row.id, self._deliver(row), row.channel)
        if self._outbox.unmarked and _MARKS not in self._tasks:
            self._start(_MARKS, self._mark())
        self._looked_at = now

    async def _mark(self) -> None:
        """A commit for each reply would wait for the disk in front of the next turn; gathered they wait once."""
        await asyncio.sleep(self._outbox.gathers)
        await self._outbox.mark()

    def _room(self, now: datetime) -> tuple[dict[str, int], dict[str, int]]:
        """How many may be sent now, by channel, and how many of them that are not urgent.

        In danger it is tried also where the provider limits us: it may take one more, and says so where not.
        """
        room = {name: self._at_once - self._sending[name] for name in self._channels}
        kept, paused = min(_KEPT, self._at_once - 1), self._sender.pauses.paused
        self._asked = asyncio.get_running_loop().time()
        held = {name for name in room if paused(name, now) or self._asked < self._began.get(name, -APART) + APART}
        return room, {name: 0 if name in held else min(1, places - kept) for name, places in room.items()}

    def _pause(self) -> float:
        """Seconds until the next look, if nothing wakes it: soon where one channel's ordinary replies had to wait."""
        if self._outbox.throttled:
            return _THROTTLED
        free = max(self._began.values(), default=-APART) + APART
        # Compared with when it was looked, not with now: what had to wait then waits still.
        return max(0.0, free - asyncio.get_running_loop().time() - _TOGETHER) if free > self._asked else self._sweep

    async def _deliver(self, row: OutboxRow) -> None:
        try:
            await self._sender.deliver(row)
            if self._outbox.unmarked and not self._outbox.gathers:
                # No journal remembers it: whoever took over from us would send it again.
                await self._outbox.mark()
        finally:
            self._outbox.let_go(row)

    async def _sweep_up(self) -> None:
        """What the dead had claimed, and timers: minutes away when they are set, so not looked for at each commit."""
        passed = asyncio.get_running_loop().time()
        if _TIMERS in self._tasks or passed < self._next_sweep:
            return
        self._next_sweep = passed + self._sweep
        await self._outbox.give_back(self._clock())
        if self.timers and (due := await self.timers.due()):
            self._start(_TIMERS, self.timers.run(due))

    def _start(self, key: Hashable, work: Coroutine[object, object, None], channel: str = "") -> None:
        async def guarded() -> None:
            try:
                # Only a good end wakes the loop: a database that fails is asked again at the next sweep.
                if await self._guarded("delivery", work) and not self._stopping:
                    self.wake()
            finally:
                del self._tasks[key]
                self._sending[channel] -= 1

        self._sending[channel] += 1
        self._tasks[key] = asyncio.create_task(guarded())

    async def _guarded(self, what: str, work: Awaitable[object]) -> bool:
        """Whether it ended well; only a cancellation passes."""
        try:
            await work
        except Exception as error:
            log.error("%s: %s", what, where(error))
            return False
        return True

    async def _drain(self, grace: float) -> None:
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._outbox.unmarked:
            await self._guarded("marking", self._outbox.mark())
