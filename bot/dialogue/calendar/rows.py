"""Rows of the 2018 programme by the words of what it says of them: `con Luis Flores`, `antes de Kuala Lumpur`."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from bot.dialogue.calendar.vocabulary import LINKS, singular
from bot.dialogue.dates.tokens import tokens
from knowledge.model import Knowledge
from knowledge.schema.base import Words
from knowledge.schema.calendar import Event

HISTORY = 2018
RARE = 6
"""Rows that a word may stand in and still tell one from another."""
SHORTEST = 3
"""Letters of such a word."""


def telling(words: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """Those of the words that stand in few rows."""
    index = _index(knowledge)
    return frozenset(word for word in words if 0 < len(index.get(word, ())) <= RARE)


def told_apart(events: Sequence[Event], words: Collection[str], knowledge: Knowledge) -> tuple[Event, ...]:
    """Those that most of the words speak of, the rarer the more; all where the words tell nothing."""
    index = _index(knowledge)
    weights = [sum(1 / len(index[word]) for word in words if event.id in index.get(word, ())) for event in events]
    best = max(weights, default=0)
    if not best:
        return tuple(events)
    return tuple(event for event, weight in zip(events, weights, strict=True) if weight == best)


def agree(words: Collection[str], knowledge: Knowledge) -> bool:
    """Whether one row has two of them."""
    rows = [row for word in words for row in _index(knowledge).get(word, ())]
    return len(rows) > len(set(rows))


def sole(words: Collection[str], knowledge: Knowledge) -> frozenset[str]:
    """The rows that a proper name names by itself: a person, a city, an office."""
    index, proper = _index(knowledge), _proper(knowledge)
    return frozenset(row for word in words if word in proper and len(index.get(word, ())) == 1 for row in index[word])


@lru_cache(maxsize=4)
def _proper(knowledge: Knowledge) -> frozenset[str]:
    """Words that are always written with a capital, not only where a sentence begins."""
    texts = [said.es for event in knowledge.events.values() if event.history for said in _said(event)]
    inner = [word for text in texts for word in re.findall(r"(?<=[\w,] )\w+", text)]
    small = {word for text in texts for word in re.findall(r"\b[a-záéíóúñ]\w+", text)}
    return frozenset(singular(tokens(word)[0]) for word in inner if word[0].isupper() and word.lower() not in small)


def _said(event: Event) -> list[Words]:
    return [said for said in (event.title, event.organiser, event.place, event.notes) if said is not None]


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Word -> the rows whose title, organiser, place or notes have it."""
    index: dict[str, set[str]] = {}
    for event in knowledge.events.values():
        if not event.history:
            continue
        for said in _said(event):
            for word in {*map(singular, tokens(f"{said.es} {said.en}"))} - LINKS:
                if len(word) >= SHORTEST:
                    index.setdefault(word, set()).add(event.id)
    return {word: frozenset(rows) for word, rows in index.items()}
