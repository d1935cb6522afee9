"""Slows a flood: token buckets in memory, for each session and for each address. Never a session's first message."""

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

KNOWN = 20_000
"""Buckets that are remembered; those unused longest are forgotten first."""


@dataclass
class Buckets:
    """`size` messages at once and as many a minute for each key. Keys live in memory alone."""

    size: int
    clock: Callable[[], float] = monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def wait(self, key: str) -> int:
        """Take one; 0, or after how many seconds there will be one."""
        now = self.clock()
        left, at = self._left.get(key, (float(self.size), now))
        left = min(self.size, left + (now - at) * self.size / 60)
        taken = left >= 1
        self._left[key] = (left - taken, now)
        self._left.move_to_end(key)
        if len(self._left) > KNOWN:
            self._left.popitem(last=False)
        return 0 if taken else math.ceil((1 - left) * 60 / self.size)


READ = 60
"""Messages a minute of one address that are read for danger though they have to wait: some milliseconds each."""


class Flood:
    """How long a message has to wait. An address may be a whole shelter's, so it may send more."""

    def __init__(self, clock: Callable[[], float] = monotonic, session: int = 20, address: int = 120) -> None:
        self._sessions = Buckets(session, clock)
        self._addresses = Buckets(address, clock)
        self._read = Buckets(READ, clock)

    def wait(self, session: str, address: str) -> int:
        """Seconds; 0: now. The first message of a session counts, but never waits."""
        first = session not in self._sessions
        waits = (self._sessions.wait(session), self._addresses.wait(_network(address)))
        return 0 if first else max(waits)

    def reads(self, address: str) -> bool:
        """Whether a message that has to wait is at least read for danger."""
        return self._read.wait(_network(address)) == 0


def _network(address: str) -> str:
    """Of IPv6 the half that one household has."""
    try:
        bits = 64 if ipaddress.ip_address(address).version == 6 else 32
        return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
    except ValueError:
        return address
