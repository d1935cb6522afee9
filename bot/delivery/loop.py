"""The embedded loop: looks for what is due, sends different people's replies at once and one person's in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import random as any_random
from uuid import UUID

from bot.conversation.ports import Channel, Outbox, OutboxRow, StoreBusyError, Timer
from bot.delivery.pauses import Retries
from bot.delivery.sending import Fit, Sender, where

log = logging.getLogger(__name__)

_RETRIES = Retries()
_TIMERS = "timers"
_WHILE_PAUSED = 1000
"""Rows looked at while a channel waits, so that its rows do not hide those of others."""
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
        clock: Callable[[], datetime] = _utc_now,
        random: Callable[[], float] = any_random,
        retries: Retries = _RETRIES,
        at_once: int = 16,
        sweep: float = 2.0,
        send_timeout: float = 30.0,
    ) -> None:
        self._outbox = outbox
        self._on_timer = on_timer
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
        self._looked_at: datetime | None = None
        self._next_timers = 0.0
        # Why an end is followed by another look: more waited than was taken, or more came for this person meanwhile.
        self._more = False
        self._skipped: set[Hashable] = set()

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
                self._woken.clear()
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
        # Taken before the question: a row sent while it is asked comes back in the answer as unsent.
        busy = set(self._tasks)
        now = self._clock()
        if len(self._tasks) >= self._at_once:
            # Every place is taken: the next end looks, instead of each commit reading what cannot be sent yet.
            self._more, self._looked_at = True, now
            return
        limit = _WHILE_PAUSED if self._sender.pauses.any(now) else 3 * self._at_once
        rows = await self._outbox.due(now, limit)
        self._more = len(rows) == limit
        for person, waiting in _by_person(rows).items():
            if person in busy:
                self._skipped.add(person)
            elif self._sender.pauses.paused(waiting[0].channel, now):
                continue
            elif len(self._tasks) < self._at_once:
                self._start(person, self._in_order(waiting))
            else:
                self._more = True
        self._looked_at = now

    async def _look_for_timers(self) -> None:
        """Minutes away when they are set: looked for at a sweep, not after each commit."""
        passed = asyncio.get_running_loop().time()
        if _TIMERS in self._tasks or passed < self._next_timers:
            return
        self._next_timers = passed + self._sweep
        if timers := await self._outbox.timers_due(self._clock()):
            self._start(_TIMERS, self._run_timers(timers))

    async def _in_order(self, waiting: Sequence[OutboxRow]) -> None:
        """One person's replies; what could not be sent now holds up those behind it."""
        for row in waiting:
            if self._stopping or not await self._sender.deliver(row):
                return

    def _start(self, key: Hashable, work: Coroutine[object, object, None]) -> None:
        async def guarded() -> None:
            try:
                # Only a good end wakes the loop: a database that fails is asked again at the next sweep.
                if await self._guarded("delivery", work) and (self._more or key in self._skipped):
                    self.wake()
            finally:
                self._skipped.discard(key)
                del self._tasks[key]

        self._tasks[key] = asyncio.create_task(guarded())

    async def _run_timers(self, timers: Sequence[Timer]) -> None:
        """At least once each: a crash between the callback and its mark runs it again."""
        failed: Exception | None = None
        for timer in timers:
            try:
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


def _by_person(rows: Sequence[OutboxRow]) -> dict[UUID, list[OutboxRow]]:
    """Each person's rows, in their order."""
    people: dict[UUID, list[OutboxRow]] = {}
    for row in rows:
        people.setdefault(row.conversation_id, []).append(row)
    return people
