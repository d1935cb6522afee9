"""Which of its sources back what an answer says first: by the values said there, then by the words of each fact."""

from collections.abc import Iterable
from itertools import accumulate

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


def backing(sources: Iterable[str], said: str, knowledge: Knowledge) -> list[str]:
    """The sources that back an answer best, and those that back it about as well; all where nothing is `said`."""
    first = _first(said, FIRST)
    fits = {source: _fit(source, first, said, knowledge) for source in sources}
    enough = max(fits.values()) * ALIKE
    return [source for source, fit in fits.items() if fit >= enough]


def _first(said: str, enough: int) -> str:
    found = sentences(said)
    before = accumulate((words(one) for one in found), initial=0)
    return " ".join(one for one, count in zip(found, before, strict=False) if count < enough)


def _fit(source: str, first: str, said: str, knowledge: Knowledge) -> float:
    """A document backs what is told with its year, best as the first claim."""
    if (document := knowledge.documents.get(source.partition("#")[0])) is not None:
        year = str(document.year)
        return float(year in _first(said, LEAD)) or LATER * (year in first)
    if (fact := knowledge.facts.get(source)) is None:
        return 0.0
    states = _stems(fact.states, knowledge)
    placed = source in PLACEHOLDER.findall(first)
    return placed + _share(first, states, knowledge) + REST * _share(said, states, knowledge)


def _share(text: str, states: set[str], knowledge: Knowledge) -> float:
    """How much of what a text says a fact states."""
    stems = _stems(text, knowledge)
    return len(stems & states) / max(1, len(stems))


def _stems(text: str, knowledge: Knowledge) -> set[str]:
    plain = fold(PLACEHOLDER.sub(" ", text)).split()
    return {word[:STEM] for word in plain if word not in knowledge.stop_words and word[1:]}
