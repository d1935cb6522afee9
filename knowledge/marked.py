"""Lessons in which every place is marked: "trabajo en [oxnard] y mi mamá vive en {puebla}"."""

import re
from collections.abc import Iterator

MARK = re.compile(r"\[([^]]*)\]|\{([^}]*)\}")
"""[Where the writer is], {another place}."""


def places_judged(marked: str, judged: str, other: str) -> Iterator[tuple[str, bool]]:
    """For each place, the text with `judged` for it and `other` for every other one; whether the writer is there."""
    for place in MARK.finditer(marked):
        before, behind = (MARK.sub(other, part) for part in (marked[: place.start()], marked[place.end() :]))
        yield f"{before}{judged}{behind}", place.group(1) is not None
