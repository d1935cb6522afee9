"""`make chaos`: kills, a flood, a provider in trouble, a clock that jumps, a database that fails. Loopback alone.

Prints a table and fails where a line is short of its bound. `python -m tests.chaos NAME…` runs some of it.
"""

import asyncio
import faulthandler
import logging
import sys
import time
from collections.abc import Callable

from tests.chaos import kills, shared, storage, waiting
from tests.chaos.table import Line

PARTS: dict[str, Callable[[], list[Line]]] = {
    "waiting": lambda: asyncio.run(waiting.lines()),
    "kills": kills.lines,
    "storage": storage.lines,
    "shared": shared.lines,
}


LIMIT = 30 * 60
"""Seconds for all of it; then it says where it hangs, and fails."""


def main() -> int:
    logging.disable(logging.CRITICAL)
    faulthandler.dump_traceback_later(LIMIT, exit=True)
    failed, begun = 0, time.monotonic()
    for name in sys.argv[1:] or PARTS:
        for line in PARTS[name]():
            print(line, flush=True)
            failed += not line.holds
    print(f"{failed} of the bounds broken; {time.monotonic() - begun:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
