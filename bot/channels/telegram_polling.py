"""Long polling, where no webhook can be set: asks for updates until told to stop, and loses none."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from bot.channels.errors import UnreadableError
from bot.conversation.ports import RateLimitedError, StoreBusyError

log = logging.getLogger(__name__)

TRIES = 8
"""An update that fails so often would hold up everybody behind it, and is let go. A busy database is not its fault."""

T = TypeVar("T")
Pause = Callable[[int], float]


class Source(Protocol):
    """Where updates come from."""

    async def prepare(self) -> None:
        """Before the first question, until it succeeds."""
        ...

    async def updates(self, offset: int) -> Sequence[object]:
        """Waits for updates from this id on; asking confirms all before it."""
        ...


def growing(failures: int) -> float:
    """Seconds: 1, 2, 4 … 30."""
    return min(30.0, 2.0 ** (failures - 1))


class Polling:
    """One loop. The offset moves only after an update was handled; what is told twice is claimed once by storage."""

    def __init__(self, source: Source, accept: Callable[[object], Awaitable[None]], pause: Pause = growing) -> None:
        self._source = source
        self._accept = accept
        self._pause = pause
        self._offset = 0
        self._tries = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; survives every error."""
        failures, prepared = 0, False
        while not stop.is_set():
            try:
                if not prepared:
                    await _unless(stop, self._source.prepare())
                    prepared = True
                for update in await _unless(stop, self._source.updates(self._offset)) or ():
                    await self._take(update)
                    if stop.is_set():
                        return
                failures = 0
            except Exception as error:
                failures += 1
                log.warning("polling: %s, pausing", type(error).__name__)
                least = error.retry_after if isinstance(error, RateLimitedError) else 0.0
                await _unless(stop, asyncio.sleep(max(least, self._pause(failures))))

    async def _take(self, update: object) -> None:
        number = update.get("update_id") if isinstance(update, dict) else None
        if not isinstance(number, int):
            raise UnreadableError("an update without its id")
        try:
            await self._accept(update)
        except StoreBusyError:
            raise
        except UnreadableError as error:
            log.warning("polling: update %d left out: %s", number, error)
        except Exception as error:
            self._tries += 1
            if self._tries < TRIES:
                raise
            log.error("polling: update %d given up after %d tries: %s", number, self._tries, type(error).__name__)
        self._offset, self._tries = number + 1, 0


async def _unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """What `work` gives, or None as soon as `stop` is set."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, stopping):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task
