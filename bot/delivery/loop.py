"""The embedded loop: claims what is due, the most urgent first, and sends it; one person's replies in order."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import random as any_random

from bot.conversation.ports import Channel, Outbox, OutboxRow, StoreBusyError, Timer
from bot.delivery.pauses import Retries
from bot.delivery.sending import Fit, Sender, where
from bot.telemetry import logs

log = logging.getLogger(__name__)

_RETRIES = Retries()
_TIMERS, _MARKS = "timers", "marks"
AT_ONCE = 3
"""Sends under way on one channel: what a crash may repeat. Telegram takes some 30 a second of one bot, which two at a
time of 70 ms each reach."""
_KEPT = 1
"""Of these for who is in danger alone: ordinary sends that hang do not take the last one."""
_TOGETHER = 0.02
"""Seconds from one look to the next: what is committed and what was sent meanwhile is seen with one question."""
_STALE = timedelta(seconds=30)
_TIMER_TRIES = 5


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
        on_timer: Callable[[Timer], Awaitable[object]],
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
        self._on_timer = on_timer
        self._known_as = known_as
        self._clock = clock
        self._at_once = at_once
        self._sweep = sweep
        self._sender = Sender(outbox, channels, fit, clock, random, retries, send_timeout)
        self._tasks: dict[Hashable, asyncio.Task[None]] = {}
        self._timer_failures: dict[int, int] = {}
        self._woken = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._stopping = False
        self._settled = False
        self._looked_at: datetime | None = None
        self._next_timers = 0.0
        self._sending: Counter[str] = Counter()

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
                await self._guarded("looking for timers", self._look_for_timers())
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._sweep):
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

    async def _look(self) -> None:
        """Claim as many as there is room for and send each; mark what is sent beside that."""
        now = self._clock()
        if not self._settled:
            self._sender.resume(await self._outbox.settle(now))
            self._settled = True
        for row in await self._outbox.claim(now, *self._room(now)):
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
        return room, {name: 0 if paused(name, now) else places - kept for name, places in room.items()}

    async def _deliver(self, row: OutboxRow) -> None:
        try:
            await self._sender.deliver(row)
        finally:
            self._outbox.let_go(row)

    async def _look_for_timers(self) -> None:
        """Minutes away when they are set: looked for at a sweep, not after each commit."""
        passed = asyncio.get_running_loop().time()
        if _TIMERS in self._tasks or passed < self._next_timers:
            return
        self._next_timers = passed + self._sweep
        await self._outbox.give_back(self._clock())
        if timers := await self._outbox.timers_due(self._clock()):
            self._start(_TIMERS, self._run_timers(timers))

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

    async def _run_timers(self, timers: Sequence[Timer]) -> None:
        """At least once each: a crash between the callback and its mark runs it again."""
        failed: Exception | None = None
        for timer in timers:
            try:
                with logs.about(job=f"timer-{timer.id}"):
                    await self._on_timer(timer)
            except Exception as error:
                failed = error
                if not self._hopeless(timer, error):
                    continue
            await self._outbox.timer_done(timer.id)
        if failed:
            raise failed  # to be logged, and tried again at the next sweep, not at once

    def _hopeless(self, timer: Timer, error: Exception) -> bool:
        """Whether it failed too often; a busy database does not count."""
        failures = self._timer_failures.pop(timer.id, 0) + (not isinstance(error, StoreBusyError))
        if failures < _TIMER_TRIES:
            self._timer_failures[timer.id] = failures
        return failures >= _TIMER_TRIES

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
