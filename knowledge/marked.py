"""Lessons with marks: of places, "trabajo en [oxnard] y mi mamá vive en <puebla>"; of what each part tells."""

import re
from collections.abc import Iterator

MARK = re.compile(r"\[(?P<here>[^]]*)\]|<(?P<matter>[^>]*)>|\{(?P<neither>[^}]*)\}")
"""[Where the writer is], <where their matter is, or whom it is about>, {another place}."""
HERE, MATTER = "here", "matter"

PART = re.compile(r"([^{}]+)\{([^}]*)\}")
"""A part of a message, and in braces the names of what it tells."""


def parts_named(marked: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each part of a message, and the names of what it tells."""
    yield from ((found.group(1).strip(), tuple(found.group(2).split())) for found in PART.finditer(marked))


def places_judged(marked: str, judged: str, other: str) -> Iterator[tuple[str, str]]:
    """For each place, the text with `judged` for it and `other` for every other one; HERE, MATTER or neither."""
    for place in MARK.finditer(marked):
        before, behind = (MARK.sub(other, part) for part in (marked[: place.start()], marked[place.end() :]))
        yield f"{before}{judged}{behind}", str(place.lastgroup)
