"""Which of its sources back what an answer says first: by the values said there, then by the words of each fact."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from knowledge.addresses import PLACEHOLDER
from knowledge.brevity import sentences, words
from knowledge.frames import fold
from knowledge.model import Knowledge

FIRST = 25
"""Words after which the first sentences end, with the sentence in which they are reached."""
LEAD = 6
"""Words after which the very first claim ends, likewise: "No." alone is none."""
LATER = 0.5
"""What a document counts whose year is told only after that claim."""
REST = 0.25
"""What a word counts anywhere in the answer, beside one of its first sentences."""
ALIKE = 0.66
"""Who backs so much of what the best does backs as well."""
STEM = 5
"""Letters by which words are compared: `consulado`, `consulados`."""
YEARS = re.compile(r"\b20[0-9]{2}\b")
"""The years of a title: a programme for 2007-2012 may be signed in 2008."""


class _Answer(NamedTuple):
    """What an answer says: its very first claim, its first sentences, and the words of these and of all of it."""

    lead: str
    first: str
    first_stems: set[str]
    stems: set[str]


def backing(sources: Iterable[str], said: str, knowledge: Knowledge) -> list[str]:
    """The sources that back an answer best, and those that back it about as well; all where nothing is `said`."""
    told = sentences(said)
    first = _first(told, FIRST)
    answer = _Answer(_first(told, LEAD), first, _stems(first, knowledge), _stems(said, knowledge))
    fits = {source: _fit(source, answer, knowledge) for source in sources}
    enough = max(fits.values()) * ALIKE
    return [source for source, fit in fits.items() if fit >= enough]


def _first(found: Sequence[str], enough: int) -> str:
    before = accumulate((words(one) for one in found), initial=0)
    return " ".join(one for one, count in zip(found, before, strict=False) if count < enough)


def _fit(source: str, said: _Answer, knowledge: Knowledge) -> float:
    """A document backs what is told with its year, or one of its title's, best as the first claim."""
    if (document := knowledge.documents.get(source.partition("#")[0])) is not None:
        years = (str(document.year), *YEARS.findall(document.title))
        return float(any(year in said.lead for year in years)) or LATER * any(year in said.first for year in years)
    if source not in knowledge.facts:
        return 0.0
    states = _stated(source, knowledge)
    placed = source in PLACEHOLDER.findall(said.first)
    return placed + _share(said.first_stems, states) + REST * _share(said.stems, states)


@lru_cache(maxsize=1024)
def _stated(fact: str, knowledge: Knowledge) -> set[str]:
    """The words of what a fact states; it stands under many answers."""
    return _stems(knowledge.facts[fact].states, knowledge)


def _share(stems: set[str], states: set[str]) -> float:
    """How much of what a text says a fact states."""
    return len(stems & states) / max(1, len(stems))


def _stems(text: str, knowledge: Knowledge) -> set[str]:
    plain = fold(PLACEHOLDER.sub(" ", text)).split()
    return {word[:STEM] for word in plain if word not in knowledge.stop_words and word[1:]}
