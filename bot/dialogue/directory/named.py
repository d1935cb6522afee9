"""A place that a message names, and whether the person is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.person.gazetteer import Town
from bot.dialogue.words.framed import frames_of
from knowledge.model import Knowledge
from knowledge.schema.directory import Region

LEAD = 6
"""Words before a place that may say that the person is not there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place that is named: towns of the name, the largest first; a region; a country that is not served."""

    towns: tuple[Town, ...] = ()
    region: Region | None = None
    country: str | None = None
    before: str = ""
    """The word before it."""
    like: bool = False
    """Found by likeness."""
    city: bool = False
    """A large town of that country, not the country."""
    at: int = 0
    """Where its first word stands."""


def here(named: Sequence[Named], words: Sequence[str], knowledge: Knowledge) -> tuple[Named, ...]:
    """Without the places where the person was born, that they left, or that they put right."""
    stays: list[Named] = []
    gone = False
    for one in named:
        # "born in Fresno, California": the state behind a town goes with it.
        behind = gone and one.region is not None and not one.towns
        gone = (
            behind
            or frames_of(knowledge.directory.left).first(" ".join(words[max(0, one.at - LEAD) : one.at])) is not None
        )
        stays += [] if gone else [one]
    return tuple(stays)
