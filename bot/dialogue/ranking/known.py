"""Words that the content knows: names and phrases lead where an editor put them, whatever is trained."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.lessons import lessons_of
from bot.dialogue.ranking.model_files import Arrays, kept_whole, packed, unpacked
from knowledge.frames import fold
from knowledge.model import Knowledge

Place = tuple[str, str]
"""A topic and its section."""


@dataclass(frozen=True, eq=False, slots=True)
class _Known:
    """Texts as 64 bits each, sorted, and the place of each: a dictionary of them would be read for half a second."""

    texts: NDArray[np.uint64]
    at: NDArray[np.uint16]
    places: Sequence[Place]


@lru_cache(maxsize=4)
def _known(knowledge: Knowledge) -> _Known:
    """Kept in a file."""
    return kept_whole("known", knowledge, lambda: _arrays(_places(knowledge)), _read)


def _places(knowledge: Knowledge) -> dict[str, Place | None]:
    """None where two topics know the same words. "¿Cuánto tarda?", of a thread, led there in that thread alone."""
    found: dict[str, Place | None] = {}
    for lesson in (one for one in lessons_of(knowledge) if one.opened is None):
        words, place = fold(lesson.text), (lesson.topic, lesson.section)
        first = found.setdefault(words, place)
        if first is not None and first[0] != lesson.topic:
            found[words] = None
        elif first is not None and lesson.exact:
            found[words] = place  # a section's phrase says more than a name of the topic
    return found


def _arrays(known: Mapping[str, Place | None]) -> Arrays:
    led = sorted((_number(words), place) for words, place in known.items() if place and place[0])
    places = sorted({place for _, place in led})
    numbers = {place: number for number, place in enumerate(places)}
    texts: Arrays = {
        "texts": np.array([text for text, _ in led], np.uint64),
        "at": np.array([numbers[place] for _, place in led], np.uint16),
    }
    return {**texts, "places": packed([json.dumps(places)])}


def _read(held: Arrays) -> _Known:
    places = [(topic, section) for topic, section in json.loads(unpacked(held["places"])[0])]
    return _Known(held["texts"], held["at"], places)


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())


def place_of(text: str, knowledge: Knowledge) -> Place | None:
    """Where exactly these words lead, apart from case, accents and punctuation."""
    known, number = _known(knowledge), np.uint64(_number(fold(text)))
    at = int(np.searchsorted(known.texts, number))
    return known.places[known.at[at]] if at < len(known.texts) and known.texts[at] == number else None
