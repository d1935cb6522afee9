"""Numbers in a text, compared with the blocked ones: by their last ten digits, short codes as whole tokens."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.schema.facts import BlockedNumber

_RUN = re.compile(r"\d(?:[\s().\-–—/]{0,3}\d)*")
_LONG = 7
_COMPARED = 10


@lru_cache(maxsize=256)
def digits_of(text: str) -> str:
    """The digits alone."""
    return "".join(c for c in text if c.isdigit())


def blocked_in(text: str, blocked: Iterable[BlockedNumber]) -> Iterator[BlockedNumber]:
    """The blocked numbers that a text says, however they are grouped."""
    if not (runs := _RUN.findall(text)):
        return
    numbers = [(number, digits_of(number.value)) for number in blocked]
    long = [digits for digits in map(digits_of, runs) if len(digits) >= _LONG]
    short = {token for run in runs if len(digits_of(run)) < _LONG for token in re.findall(r"\d+", run)}
    for number, digits in numbers:
        if digits in short or (len(digits) >= _LONG and any(digits[-_COMPARED:] in run for run in long)):
            yield number
