"""One row of the outbox: sent, to be tried again, or given up."""

import asyncio
import logging
import traceback
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

log = logging.getLogger(__name__)

Fit = Callable[[Reply, Capabilities], Sequence[Reply]]


class Sender:
    """Sends rows and writes down what became of them. Holds no transaction over a send.

    A crash after a send and before its mark sends that reply again: twice is better than never.
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
        # Parts of a reply that have gone out, by row, so that the next try sends only the rest. Also what is sent but
        # could not be marked. In memory only: after a restart a reply half sent begins again.
        self._gone: dict[int, list[str]] = {}

    async def deliver(self, row: OutboxRow) -> bool:
        """Whether it is out of the way. Raises only what the outbox raises; the row then stays due."""
        if not await self._outbox.still_due(row):
            self._gone.pop(row.id, None)
            return True  # somebody took over, or the person left, since it was read
        try:
            provider_id = await self._send(row)
        except UnreachableError as error:
            await self._give_up(row, error, unreachable=True)
            return False  # what waited behind it was dropped with it
        except OutsideWindowError as error:
            await self._outbox.hold_back(row, reason(error), self._clock())
            self._gone.pop(row.id, None)
        except PermanentError as error:
            await self._give_up(row, error)
        except Exception as error:  # also a fault of ours: another try, or another version, may send it
            return await self._try_again(row, error)
        else:
            await self._outbox.sent(row, provider_id, self._clock())
            self._gone.pop(row.id, None)
        return True

    async def _send(self, row: OutboxRow) -> str:
        """The provider's id of the last part; nothing to say is nothing to send."""
        channel = self._channels.get(row.channel)
        if channel is None:
            raise RetryableError("channel not configured")
        gone = self._gone.setdefault(row.id, [])
        for part in self._fit(row.reply, channel.capabilities)[len(gone) :]:
            async with asyncio.timeout(self._send_timeout):
                gone.append(await channel.send(row.address, part))
        return gone[-1] if gone else ""

    async def _try_again(self, row: OutboxRow, error: Exception) -> bool:
        """Whether it was tried often enough and given up."""
        now = self._clock()
        at = now + self._retries.pause(row.attempts, self._random)
        if isinstance(error, RateLimitedError):
            at = max(at, self.pauses.limited(row, error, now))
        elif not isinstance(error, RetryableError | TimeoutError):
            log.error("row %d on %s: %s", row.id, row.channel, where(error))
        if self._retries.exhausted(row, now):
            await self._give_up(row, error)
            return True
        await self._outbox.retry(row, at, reason(error))
        return False

    async def _give_up(self, row: OutboxRow, error: Exception, *, unreachable: bool = False) -> None:
        log.warning("row %d on %s given up: %s", row.id, row.channel, type(error).__name__)
        await self._outbox.failed(row, reason(error), unreachable=unreachable)
        self._gone.pop(row.id, None)


def reason(error: Exception) -> str:
    """For the operator: channels' own words are safe to keep, others may hold a text or an address."""
    ours = isinstance(error, PermanentError | RetryableError)
    return f"{type(error).__name__}: {error}" if ours else type(error).__name__


def where(error: BaseException) -> str:
    """What was raised and where, without its words: they may hold a text or an address."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}" if frames else type(error).__name__
