"""Runs the timers that are due; each at least once, as a crash between what it does and its mark runs it again."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.conversation.ports import Outbox, StoreBusyError, Timer
from bot.telemetry import logs

_TRIES = 5


class Timers:
    """What falls due without a message. Of the embedded loop, or of a job."""

    def __init__(
        self, outbox: Outbox, on_timer: Callable[[Timer], Awaitable[object]], clock: Callable[[], datetime]
    ) -> None:
        self._outbox = outbox
        self._on_timer = on_timer
        self._clock = clock
        self._failures: dict[int, int] = {}

    async def due(self) -> Sequence[Timer]:
        """Those whose time has come."""
        return await self._outbox.timers_due(self._clock())

    async def run(self, timers: Sequence[Timer]) -> None:
        """Each of them; raises at the end what the last one that failed had raised."""
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
        failures = self._failures.pop(timer.id, 0) + (not isinstance(error, StoreBusyError))
        if failures < _TRIES:
            self._failures[timer.id] = failures
        return failures >= _TRIES
