"""What the words of a question for a consulate mean, and which names are places: made once of the content."""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from babel import Locale

from bot.dialogue.person.gazetteer import GUADELOUPE, Town, gazetteer_of, key
from bot.dialogue.words.sounds import sound
from bot.dialogue.words.stems import STOP_WORDS
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS
from knowledge.schema.directory import Region

FORGIVEN, LONG_NAME = 5, 9
"""Letters of a name from which one wrong letter is forgiven, and two."""
LIKELY = 20_000
"""Inhabitants of a town that is found by likeness where no state is named, and whose name is no plain word."""
PLAIN = 2
"""Phrases of ours with a word from which it is a plain word."""
FIRST = 1_000_000_000
"""Weight of a state or a consulate's town among names that are alike; a town weighs its inhabitants."""
SERVED, MEXICO = ("US", "CA"), "MX"
"""Countries of the consulates that the directory holds."""
TAGS = ("consulate", "embassy", "others_offices", "others", "ours")
"""Lists of words in the content that say what is asked for; a word of two has the first."""
NOTHING = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Named:
    """A name of places: towns, the largest first; a region; a country. Behind `at`: where a message says it."""

    towns: tuple[Town, ...] = ()
    region: Region | None = None
    country: str | None = None
    city: bool = False
    """A large town of that country, not the country."""
    at: int = 0
    before: str = ""
    """The word before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """`words`: phrase -> tags and what is asked, none for a filler; `alike`: name -> weight, for misspelt places."""

    words: Mapping[str, frozenset[str]]
    ours: Mapping[str, Named]
    """States, and towns with a consulate: such a name means nothing else."""
    abroad: Mapping[str, Named]
    alike: Mapping[str, int]
    letters: Mapping[str, tuple[Region, ...]]
    plain: frozenset[str]
    """Words with which people ask us about other things, as they sound."""

    def is_plain(self, word: str) -> bool:
        """Whether it is such a word, or a misspelling of one."""
        return sound(word) in self.plain


@lru_cache(maxsize=4)
def vocabulary_of(knowledge: Knowledge) -> Vocabulary:
    """All words and names; of a name that is a state's or a seat's nothing else is meant."""
    named = gazetteer_of(knowledge).named
    own: dict[str, Named] = {}
    letters: dict[str, tuple[Region, ...]] = {}
    for region in knowledge.regions.values():
        own |= dict.fromkeys(map(fold, (*region.said, region.name.es, region.name.en)), Named(region=region))
        letters[region.letters.lower()] = (*letters.get(region.letters.lower(), ()), region)
    for consulate in knowledge.consulates.values():
        seat = gazetteer_of(knowledge).towns[consulate.geonames]
        for name in map(fold, (*consulate.said, consulate.city)):
            held = own.get(name, Named())
            towns = dict.fromkeys((*held.towns, seat, *named.get(key(consulate.city), ())))
            own[name] = replace(held, towns=tuple(towns))
    large = {name: towns[0].population for name, towns in named.items() if towns[0].population >= LIKELY}
    alike = {name: weight for name, weight in (large | dict.fromkeys(own, FIRST)).items() if len(name) >= FORGIVEN}
    return Vocabulary(_words(knowledge), own, _abroad(knowledge), alike, letters, _plain(alike, knowledge))


def place_named(name: str, knowledge: Knowledge) -> Named | None:
    """The places of a folded name."""
    vocabulary, towns = vocabulary_of(knowledge), gazetteer_of(knowledge).named.get(key(name), ())
    return vocabulary.ours.get(name) or vocabulary.abroad.get(name) or (Named(towns) if towns else None)


def _words(knowledge: Knowledge) -> Mapping[str, frozenset[str]]:
    directory = knowledge.directory
    found: dict[str, frozenset[str]] = dict.fromkeys((*map(fold, directory.filler), *STOP_WORDS), NOTHING)
    for ask, phrases in directory.asks.items():
        found |= {phrase: found.get(phrase, NOTHING) | {ask.value} for phrase in map(fold, phrases)}
    for tag in reversed(TAGS):
        found |= dict.fromkeys(map(fold, getattr(directory, tag)), frozenset({tag}))
    return found


def _abroad(knowledge: Knowledge) -> Mapping[str, Named]:
    """Countries and large towns in them, with the towns of ours of the same name."""
    named, directory = gazetteer_of(knowledge).named, knowledge.directory
    countries = {
        fold(name): code
        for lang in LANGS
        for code, name in Locale(lang).territories.items()
        if len(code) == len(GUADELOUPE) and code.isalpha() and code not in (*SERVED, MEXICO, GUADELOUPE)
    }
    said = (*knowledge.signals.places.items(), *directory.elsewhere.items())
    cities = {fold(name): code for code, names in said if code not in SERVED for name in names}
    return {
        name: Named(named.get(key(name), ()), country=code, city=name not in countries)
        for name, code in (cities | countries).items()
        if name not in set(map(fold, directory.ours))
    }


def _plain(names: Container[str], knowledge: Knowledge) -> frozenset[str]:
    phrases = (text for one in knowledge.phrases.values() for part in one.sections.values() for text in part.texts())
    times = Counter(chain.from_iterable(set(fold(text).split()) for text in phrases))
    return frozenset(sound(word) for word, count in times.items() if count >= PLAIN and word not in names)
