"""One person's messages are handled one after the other, so that whoever sends many delays nobody else."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager

from bot.conversation.ports import StoreBusyError

WAIT = 10.0
"""Seconds behind one's own messages; then the provider is asked to deliver again."""


class Line:
    """A line for each person, within this process; between processes the database locks."""

    def __init__(self, wait: float = WAIT) -> None:
        self._wait = wait
        self._locks: dict[Hashable, asyncio.Lock] = {}
        self._there: dict[Hashable, int] = {}

    @asynccontextmanager
    async def of(self, person: Hashable) -> AsyncIterator[None]:
        """Their turn. StoreBusyError where it does not come in time."""
        lock = self._locks.setdefault(person, asyncio.Lock())
        self._there[person] = self._there.get(person, 0) + 1
        try:
            try:
                async with asyncio.timeout(self._wait):
                    await lock.acquire()
            except TimeoutError as error:
                raise StoreBusyError("too many messages of one person wait") from error
            try:
                yield
            finally:
                lock.release()
        finally:
            self._there[person] -= 1
            if not self._there[person]:
                del self._there[person], self._locks[person]
