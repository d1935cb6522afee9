"""One row of the outbox: sent, to be tried again, or given up."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.conversation import Reply
from bot.conversation.ports import (
    Capabilities,
    Channel,
    Outbox,
    OutboxRow,
    OutsideWindowError,
    PermanentError,
    RateLimitedError,
    RetryableError,
    UnreachableError,
)
from bot.delivery.pauses import Pauses, Retries
from bot.telemetry import figures
from bot.telemetry.raised import where

log = logging.getLogger(__name__)

Fit = Callable[[Reply, Capabilities], Sequence[Reply]]


class Sender:
    """Sends rows and says what became of them. Holds no transaction over a send.

    A crash between a send and its line in the journal sends that reply again: twice is better than never.
    """

    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        fit: Fit,
        clock: Callable[[], datetime],
        random: Callable[[], float],
        retries: Retries,
        send_timeout: float,
    ) -> None:
        self._outbox = outbox
        self._channels = channels
        self._fit = fit
        self._clock = clock
        self._random = random
        self._retries = retries
        self._send_timeout = send_timeout
        self.pauses = Pauses()
        self._gone: dict[int, list[str]] = {}

    def resume(self, gone: Mapping[int, Sequence[str]]) -> None:
        """Parts of replies that went out before a restart, by row: only the rest is sent."""
        self._gone |= {row: list(parts) for row, parts in gone.items()}

    async def deliver(self, row: OutboxRow) -> None:
        """One attempt. Raises only what the outbox raises; the row then stays due."""
        began = time.perf_counter()
        try:
            await self._send(row)
            result = "sent"
        except UnreachableError as error:
            result = await self._give_up(row, error, unreachable=True)
        except OutsideWindowError as error:
            await self._outbox.hold_back(row, reason(error), self._clock())
            result = "held"
        except PermanentError as error:
            result = await self._give_up(row, error)
        except Exception as error:  # also a fault of ours: another try, or another version, may send it
            result = await self._try_again(row, error)
        if result not in ("retried", "limited"):
            self._gone.pop(row.id, None)
        figures.SEND.labels(row.channel, result).observe(time.perf_counter() - began)

    async def _send(self, row: OutboxRow) -> None:
        """What of it has not gone out yet; nothing to say is nothing to send."""
        channel = self._channels[row.channel]
        gone = self._gone.setdefault(row.id, [])
        parts = self._fit(row.reply, channel.capabilities)
        for number, part in enumerate(parts[len(gone) :], len(gone) + 1):
            async with asyncio.timeout(self._send_timeout):
                gone.append(await channel.send(row.address, part))
            self._outbox.said(row, gone[-1], whole=number == len(parts))
        if not parts:
            self._outbox.said(row, "", whole=True)

    async def _try_again(self, row: OutboxRow, error: Exception) -> str:
        now = self._clock()
        at = now + self._retries.pause(row, self._random)
        limited = isinstance(error, RateLimitedError)
        if isinstance(error, RateLimitedError):
            at = min(max(at, self.pauses.limited(row, error, now)), now + self._retries.longest[row.priority])
        elif not isinstance(error, RetryableError | TimeoutError):
            log.error("row %d on %s: %s", row.id, row.channel, where(error))
        if self._retries.exhausted(row, now):
            return await self._give_up(row, error)
        stopped = self.pauses.until(row.channel) if limited else None
        await self._outbox.retry(row, at, reason(error), stopped)
        return "limited" if limited else "retried"

    async def _give_up(self, row: OutboxRow, error: Exception, *, unreachable: bool = False) -> str:
        log.warning("row %d on %s given up: %s", row.id, row.channel, type(error).__name__)
        await self._outbox.failed(row, reason(error), unreachable=unreachable)
        return "unreachable" if unreachable else "given_up"


def reason(error: Exception) -> str:
    """For the operator: channels' own words are safe to keep, others may hold a text or an address."""
    ours = isinstance(error, PermanentError | RetryableError)
    return f"{type(error).__name__}: {error}" if ours else type(error).__name__
