"""A text that was never translated."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import our_words
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity

RULE = "es_en_same"
SHORT = 20
"""Names and acronyms may be the same."""
NAMES = frozenset({"name", "place", "organiser"})
"""Proper names are the same however long they are."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """A warning where Spanish and English are identical and longer than a name."""
    for spot, words in our_words(knowledge):
        if words.es == words.en and len(words.es) > SHORT and NAMES.isdisjoint(spot.steps):
            yield spot.problem(knowledge, RULE, "Spanish and English are identical", Severity.WARNING)
