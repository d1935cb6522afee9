"""Slows a flood: token buckets in memory, for each conversation and for each network."""

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


SESSION, NETWORK = 20, 300
"""Messages a minute: of one conversation, and of one network, which may be a whole shelter's."""
READ_SESSION, READ_NETWORK = 30, 300
"""Messages a minute that are read for danger though they have to wait: some hundredths of a second each."""


class Flood:
    """How long a message has to wait: for its conversation's sake first, then for its network's. In memory alone:
    several processes allow as many times more, which harms nobody.
    """

    def __init__(self, clock: Callable[[], float] = monotonic, session: int = SESSION, network: int = NETWORK) -> None:
        self._sessions, self._networks = Buckets(session, clock), Buckets(network, clock)
        self._read_sessions, self._read_networks = Buckets(READ_SESSION, clock), Buckets(READ_NETWORK, clock)

    def wait(self, session: str, network: str) -> int:
        """Seconds; 0: now. What one conversation sends too often does not use up its network's share."""
        return self._sessions.wait(session) or self._networks.wait(network)

    def reads(self, session: str, network: str) -> bool:
        """Whether a message that has to wait is read for danger all the same."""
        return not (self._read_sessions.wait(session) or self._read_networks.wait(network))
