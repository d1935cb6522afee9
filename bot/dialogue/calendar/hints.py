"""Everyday words for what forums are about: read as such only beside a forum ("which UN conference is about trees")."""

from collections.abc import Collection, Sequence

from bot.dialogue.calendar.vocabulary import Meaning, Vocabulary, singular
from bot.dialogue.dates.tokens import tokens

WORLDLY = frozenset(
    map(singular, tokens("onu naciones unidas united nations oea oas internacional international mundial global"))
)
"""Words beside which a forum is spoken of without its noun."""

Hint = tuple[Meaning, frozenset[int]]
"""What is meant, and where its words stand."""


def hints_in(words: Sequence[str], known: Collection[int], vocabulary: Vocabulary, *, forum: bool) -> list[Hint]:
    """Hints of several words, or of one not known by itself; `forum`: something of the calendar is named already."""
    if not forum and WORLDLY.isdisjoint(words):
        return []
    found: list[Hint] = []
    at = 0
    while at < len(words):
        longest = next(
            (p for p, _ in vocabulary.hints.get(words[at], ()) if tuple(words[at : at + len(p)]) == p),
            None,
        )
        places = frozenset(range(at, at + len(longest or ())))
        if longest and (len(longest) > 1 or not places <= set(known)):
            found += [(meaning, places) for phrase, meaning in vocabulary.hints[words[at]] if phrase == longest]
        at += len(longest or (0,))
    return found
