"""Sends alerts beside all else: each place on its own, new cases before what is said again, a burst in one line."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot import handoff
from bot.conversation.case import Case
from bot.handoff.shifts import Rota
from bot.storage.alerts import Alerts, Waiting
from bot.telemetry.raised import where
from bot.wiring.alerts import TIMEOUT, Target, alert_of, called, written
from knowledge.model import Knowledge

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks: with four requests in each and TIMEOUT, some twenty hang at once on a dead hook."""
SINGLE = 3
"""So many new calls have a line of their own, the others of the same look share one."""
AGAIN = timedelta(seconds=30)
"""The next rung is not reached before, after a night without the server."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(seconds=60)
"""Before what did not arrive is tried again; twice as long each time."""
GIVEN_UP = timedelta(hours=1)
"""After so long; who still waits is called again by the ladder."""


@dataclass
class Alerting:
    """`run` is a task of its own, `stop` ends it. `knowledge` and `rota` are asked each time."""

    alerts: Alerts
    targets: Mapping[str, Target]
    times: handoff.Times
    knowledge: Callable[[], Knowledge]
    rota: Callable[[], Rota]
    zone: str
    base: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    tick: float = TICK
    timeout: float = TIMEOUT
    _under_way: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _deaf: set[str] = field(default_factory=set, init=False)
    """Targets whose last alert did not arrive."""

    async def run(self) -> None:
        """Until it is cancelled; survives every exception."""
        try:
            while self.targets:
                try:
                    await self.look()
                except Exception as error:
                    log.error("looking for alerts: %s", where(error))
                await asyncio.sleep(self.tick)
        finally:
            await self.stop()

    async def look(self) -> None:
        """Rungs that are reached become alerts, and all that are due leave; nothing is waited for."""
        now = self.clock()
        await self.alerts.ring([*self.targets], self._following, now + AGAIN, now)
        for target in self.targets:
            for told in _lines(await self.alerts.take(target, now)):
                self._start(self._tell(target, told))

    async def settle(self) -> None:
        """Until all that is under way has arrived or failed."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    async def stop(self) -> None:
        """What is under way is cut off, and sent again after the start."""
        for task in self._under_way:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*self._under_way, return_exceptions=True)

    def _following(self, case: Case, number: int, begun: datetime) -> handoff.Due | None:
        return handoff.rung(case, number, begun, self.times)

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _tell(self, target: str, told: Sequence[Waiting]) -> None:
        now, first = self.clock(), told[0]
        try:
            alert = alert_of(told, self.base, now)
            calls = called(first.rung, self.rota(), now, self.zone, first.lang)
            calls = first.case.claimed_by or calls if first.kind != "waiting" else calls
            async with asyncio.timeout(self.timeout):
                await self.targets[target](alert, written(told, alert, self.knowledge(), calls))
        except Exception as error:
            if target not in self._deaf:  # one line until it hears again
                log.error("alerts do not arrive at the %s: %s", target, type(error).__name__)
            self._deaf.add(target)
            await self._kept("retry", self.alerts.retry(told, [_pause(one, now) for one in told], self.clock()))
        else:
            self._deaf.discard(target)
            await self._kept("done", self.alerts.done(told))

    async def _kept(self, what: str, work: Coroutine[object, object, None]) -> None:
        """A database that fails now: the claim runs out, and the alert is sent again."""
        try:
            await work
        except Exception as error:
            log.error("an alert was not marked as %s: %s", what, where(error))


def _lines(due: Sequence[Waiting]) -> Sequence[Sequence[Waiting]]:
    """What is told together: a few new calls each by itself, and a burst, or what is said again, in one line."""
    fresh, again = [one for one in due if one.fresh], [one for one in due if not one.fresh]
    alone = SINGLE if len(fresh) > SINGLE else len(fresh)
    lines = [[one] for one in fresh[:alone]] + [fresh[alone:]]
    lines += [[one] for one in again] if len(again) <= SINGLE else [again]
    return [line for line in lines if line]


def _pause(one: Waiting, now: datetime) -> timedelta | None:
    """None: given up."""
    if now - one.made_at >= GIVEN_UP:
        return None
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(one.attempts, 10)))
