"""The words of the directory of consulates and the names of places, ready to be looked up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from babel import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.person.gazetteer import GUADELOUPE, gazetteer_of
from bot.dialogue.words.stems import STOP_WORDS
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS
from knowledge.schema.directory import Region

FORGIVEN, LONG_NAME = 5, 9
"""Letters of a name from which one wrong letter is forgiven, and two."""
LIKELY = 20_000
"""Inhabitants of a town that is found by likeness alone, where no state is named."""
EVERYDAY, MISSPELT = 40, 4
"""Phrases with a word from which it is so common that a small town's name one letter off is that word; its letters."""
PLAIN = 2
"""Phrases from which a word in them is no misspelt town, unless "en", "in" … stands before it."""
SERVED = ("US", "CA", "PR")
MEXICO = "MX"
Meaning = tuple[str, str]
"""What a phrase is (consulate, embassy, ours, others, ask, filler, region, seat, country), and which."""
PLACES = ("region", "seat")
RANK = ("region", "seat", "consulate", "embassy", "others", "ours", "ask", "filler", "country", "town")
"""Of meanings with the same words the first of these wins; region and seat may be meant both."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """What a message's words are looked up in."""

    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]]
    """First word -> phrases, the longest first."""
    consulates: tuple[str, ...]
    """Long words for a consulate, for likeness."""
    names: dict[str, tuple[Meaning, int]]
    """Name -> what it is and its weight, for likeness."""
    letters: dict[str, list[Region]]
    """`ga` -> Georgia."""
    cities: frozenset[str]
    """Large towns of other countries."""


@lru_cache(maxsize=4)
def index_of(knowledge: Knowledge) -> Index:
    """Made once of the content and of the towns."""
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    names: dict[str, tuple[Meaning, int]] = {}
    for text, meaning in _written(knowledge):
        words = tuple(fold(text).split())
        if words:
            phrases.setdefault(words[0], []).append((words, meaning))
        if meaning[0] in PLACES and len(text) >= FORGIVEN:
            names.setdefault(fold(text), (meaning, LIKELY * 1000))
    for found in phrases.values():
        found.sort(key=lambda phrase: -len(phrase[0]))
    for name, towns in gazetteer_of(knowledge).named.items():
        if len(name) >= FORGIVEN and towns[0].population >= LIKELY:
            names.setdefault(name, (("town", name), towns[0].population))
    letters: dict[str, list[Region]] = {}
    for region in knowledge.regions.values():
        letters.setdefault(region.letters.lower(), []).append(region)
    long = tuple(fold(word) for word in knowledge.directory.consulate if len(word) >= LONG_NAME)
    countries = {fold(name) for lang in LANGS for name in Locale(lang).territories.values()}
    elsewhere = (*knowledge.directory.elsewhere.values(), *knowledge.signals.places.values())
    cities = frozenset(fold(text) for texts in elsewhere for text in texts) - countries
    return Index(phrases, long, names, letters, cities)


def _written(knowledge: Knowledge) -> Iterator[tuple[str, Meaning]]:
    words = knowledge.directory
    for kind in ("consulate", "embassy", "ours", "others", "filler"):
        yield from ((text, (kind, kind)) for text in getattr(words, kind))
    yield from ((text, ("ask", ask.value)) for ask, texts in words.asks.items() for text in texts)
    yield from ((text, ("filler", "filler")) for text in STOP_WORDS)
    for region in knowledge.regions.values():
        yield from ((text, ("region", region.id)) for text in {*region.said, *(region.name.say(x) for x in LANGS)})
    for consulate in knowledge.consulates.values():
        yield from ((text, ("seat", consulate.id)) for text in {*consulate.said, consulate.city})
    yield from ((text, ("country", code)) for code, texts in words.elsewhere.items() for text in texts)
    for country, texts in knowledge.signals.places.items():
        if country not in SERVED:
            yield from ((text, ("country", country)) for text in texts if fold(text) not in words.ours)
    for lang in LANGS:
        for code, name in Locale(lang).territories.items():
            if len(code) == 2 and code.isalpha() and code not in (*SERVED, MEXICO, GUADELOUPE):
                yield name, ("country", code)


def is_plain(said: str, knowledge: Knowledge) -> bool:
    """Whether a word is one of those with which people ask us about other things."""
    return _plain_words(knowledge)[said] >= PLAIN


@lru_cache(maxsize=1024)
def is_rather(said: str, knowledge: Knowledge) -> bool:
    """Whether the name of a small town is rather a plain word, or a misspelling of one that everybody writes."""
    towns = gazetteer_of(knowledge).named.get(said)
    if not towns or towns[0].population >= LIKELY:
        return False
    everyday = _everyday(knowledge)
    near = len(said) >= MISSPELT and process.extractOne(said, everyday, scorer=OSA.distance, score_cutoff=1) is not None
    return near or is_plain(said, knowledge)


@lru_cache(maxsize=4)
def _everyday(knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(w for w, times in _plain_words(knowledge).items() if times >= EVERYDAY and len(w) >= MISSPELT)


@lru_cache(maxsize=4)
def _plain_words(knowledge: Knowledge) -> Counter[str]:
    words = (
        set(fold(text).split())
        for phrases in knowledge.phrases.values()
        for section in phrases.sections.values()
        for text in section.texts()
    )
    return Counter(chain.from_iterable(words))
