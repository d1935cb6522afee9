"""`make chaos`: kills, a flood, a provider in trouble, a clock that jumps, a database that fails. Loopback alone.

Prints a table and fails where a line is short of its bound. `python -m tests.chaos NAME…` runs some of it.
"""

import asyncio
import logging
import sys
from collections.abc import Callable

from tests.chaos import kills, storage, waiting
from tests.chaos.table import Line

PARTS: dict[str, Callable[[], list[Line]]] = {
    "waiting": lambda: asyncio.run(waiting.lines()),
    "kills": kills.lines,
    "storage": storage.lines,
}


def main() -> int:
    logging.disable(logging.CRITICAL)
    failed = 0
    for name in sys.argv[1:] or PARTS:
        for line in PARTS[name]():
            print(line, flush=True)
            failed += not line.holds
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
