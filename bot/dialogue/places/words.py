"""What a message says in the words of the directory: every word is part of a place, known, or unknown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from babel import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.person.gazetteer import Town, gazetteer_of, key
from bot.dialogue.person.towns import countries_by_town
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.sounds import sound_text
from bot.dialogue.words.stems import STOP_WORDS
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS
from knowledge.schema.directory import WHOLE, Ask, Region

LONGEST, LONGEST_NAME = 40, 5
"""Words of a message that may ask for a consulate, and of a name or phrase."""
FORGIVEN, LONG_NAME = 5, 9
"""Letters of a name from which one wrong letter is forgiven, and two."""
LIKELY = 20_000
"""Inhabitants of a town that is found by likeness where no state is named, and whose name is no plain word."""
PLAIN = 2
"""Phrases of ours with a word from which it is a plain word."""
FIRST = 1_000_000_000
"""Weight of a state, a seat or a word for a consulate among names that are alike; a town weighs its inhabitants."""
ALIKE = 8
"""Names nearest to a misspelt one among which the heaviest is taken."""
LEAD = 6
"""Words before a place that may say that the person is not there."""
LOST = 3
"""Words of a place that we do not know; and behind a consulate until it is said whose it is."""
SERVED, MEXICO = ("US", "CA"), "MX"
"""Countries of the consulates that the directory holds, and whose they are."""
CONSULATE = ("consulate", "embassy", "others_offices")
TAGS = (*CONSULATE, "others", "ours")
"""Lists of words in the content that say what is asked for; a word of two has the first."""
KNOWN = frozenset[str]()
"""The tags of a word that says nothing about which consulate is meant."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name: its towns, the largest first, its region, or its country abroad; and where in a message it stands."""

    towns: tuple[Town, ...] = ()
    region: Region | None = None
    country: str | None = None
    city: bool = False
    """A large town of that country, not the country."""
    at: int = 0
    led: bool = False
    """Behind "en", "near" …"""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What words mean, made once of the content."""

    words: Mapping[str, frozenset[str]]
    """Phrase -> tags, and what is asked."""
    places: Mapping[str, Named]
    """States, and towns with a consulate: such a name means nothing else."""
    letters: Mapping[str, Sequence[Region]]
    """`ga` -> Georgia."""
    alike: Mapping[str, int]
    """Name or word -> weight, for what is misspelt."""
    plain: frozenset[str]
    """Words with which people ask us about other things, as they sound."""
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """A message in the directory's words; `tags`: of each word, None where it is unknown."""

    words: Sequence[str]
    tags: Sequence[frozenset[str] | None]
    named: Sequence[Named]
    only_places: bool
    another: bool
    """The consulate is called another country's: `de Honduras`, `americano`."""
    bare: bool
    """`consulado`, `el consulado de mexico`: nothing of it is asked."""
    lost: bool
    """The unknown words stand where a place would: one run of a few, behind "en", "near" …"""

    def says(self, *tags: str) -> bool:
        """Whether a word has any of these tags."""
        return any(held and not held.isdisjoint(tags) for held in self.tags)

    @property
    def led(self) -> Sequence[Named]:
        """The regions, and the towns behind "en", "near" …"""
        return [one for one in self.named if one.region or (one.towns and one.led)]

    @property
    def asks(self) -> frozenset[Ask]:
        """What is asked of the consulate."""
        return frozenset(Ask(tag) for held in self.tags if held for tag in held - {*TAGS})

    @property
    def unknown(self) -> Sequence[str]:
        """The words that we do not know."""
        return [word for word, held in zip(self.words, self.tags, strict=True) if held is None]


@lru_cache(maxsize=4)
def vocabulary_of(knowledge: Knowledge) -> Vocabulary:
    """Read of the content and of the towns."""
    directory, gazetteer = knowledge.directory, gazetteer_of(knowledge)
    words = dict.fromkeys((*map(fold, directory.filler), *STOP_WORDS), KNOWN)
    for ask, phrases in directory.asks.items():
        words |= {phrase: words.get(phrase, KNOWN) | {ask.value} for phrase in map(fold, phrases)}
    for tag in reversed(TAGS):
        words |= dict.fromkeys(map(fold, getattr(directory, tag)), frozenset({tag}))
    places: dict[str, Named] = {}
    letters: dict[str, Sequence[Region]] = {}
    for region in knowledge.regions.values():
        places |= dict.fromkeys(map(fold, (*region.said, region.name.es, region.name.en)), Named(region=region))
        letters[region.letters.lower()] = (*letters.get(region.letters.lower(), ()), region)
    for office in knowledge.consulates.values():
        towns = (gazetteer.towns[office.geonames], *gazetteer.named.get(key(office.city), ()))
        for name in map(fold, (*office.said, office.city)):
            held = places.get(name, Named())
            places[name] = replace(held, towns=tuple(dict.fromkeys((*held.towns, *towns))))
    large = {name: found[0].population for name, found in gazetteer.named.items() if found[0].population >= LIKELY}
    alike = {name: weight for name, weight in (large | dict.fromkeys(places, FIRST)).items() if len(name) >= FORGIVEN}
    countries = frozenset(fold(name) for lang in LANGS for name in Locale(lang).territories.values())
    return Vocabulary(words, places, letters, alike, _plain(knowledge, frozenset(alike)), countries)


def _plain(knowledge: Knowledge, names: frozenset[str]) -> frozenset[str]:
    phrases = (text for one in knowledge.phrases.values() for part in one.sections.values() for text in part.texts())
    times = Counter(chain.from_iterable(set(fold(text).split()) for text in phrases))
    often = (word for word, count in times.items() if count >= PLAIN and word not in names)
    return frozenset(map(sound_text, (*often, *knowledge.directory.not_towns)))


def place_named(name: str, knowledge: Knowledge) -> Named | None:
    """The places of a folded name."""
    vocabulary, towns = vocabulary_of(knowledge), gazetteer_of(knowledge).named.get(key(name), ())
    country = countries_by_town(knowledge).get(sound_text(name))
    abroad = None if country in ("", *SERVED) else country
    known = Named(towns, country=abroad, city=name not in vocabulary.countries) if towns or abroad else None
    return vocabulary.places.get(name) or known


def read_places(text: str, knowledge: Knowledge, *, likeness: bool = False) -> Said | None:
    """The words placed; None where there are none, or too many for such a question.

    Misspelt places are looked for where a consulate is named, or `likeness` is asked for.
    """
    in_capitals = {} if text.isupper() else knowledge.directory.in_capitals
    text = " ".join(in_capitals.get(word.strip(".,;:!?¿¡"), word) for word in text.split())
    words = fold(text).split()
    if not words or len(words) > LONGEST:
        return None
    line = _Line(words, frozenset(fold(word) for word in text.split() if in_capitals and word.isupper()), knowledge)
    line.place_known()
    line.place_misspelt(_consulates(knowledge))
    if likeness or line.at(*CONSULATE):
        states = frozenset(one.region.id for one in line.named if one.region and one.region.letters != WHOLE)
        line.place_misspelt(_towns_in(states, knowledge) if states else line.vocabulary.alike)
    return line.said()


@lru_cache(maxsize=4)
def _consulates(knowledge: Knowledge) -> Mapping[str, int]:
    return {word: FIRST for word in map(fold, knowledge.directory.consulate) if len(word) >= LONG_NAME}


@lru_cache(maxsize=64)
def _towns_in(regions: frozenset[str], knowledge: Knowledge) -> Mapping[str, int]:
    named = gazetteer_of(knowledge).named.items()
    there = {name: towns for name, towns in named if any(town.region in regions for town in towns)}
    return {name: towns[0].population for name, towns in there.items() if len(name) >= FORGIVEN}


class _Line:
    """A message while its words are placed."""

    def __init__(self, words: Sequence[str], capitals: frozenset[str], knowledge: Knowledge) -> None:
        self.words, self.capitals, self.knowledge = words, capitals, knowledge
        self.vocabulary, self.directory = vocabulary_of(knowledge), knowledge.directory
        self.tags: list[frozenset[str] | None] = [None] * len(words)
        self.named: list[Named] = []
        self.placed: set[int] = set()
        """Which words are of places."""

    def at(self, *tags: str) -> set[int]:
        """Where words with these tags stand."""
        return {at for at, held in enumerate(self.tags) if held and not held.isdisjoint(tags)}

    def led(self, at: int) -> bool:
        """Whether "en", "near" … stands before a word."""
        return at > 0 and self.words[at - 1] in self.directory.before_a_place

    def place_known(self) -> None:
        """Phrases and names as they are written, the longest first."""
        at = 0
        while at < len(self.words):
            ends = range(min(at + LONGEST_NAME, len(self.words)), at, -1)
            at = next((end for end in ends if self._take(at, end)), at + 1)

    def _take(self, start: int, end: int) -> bool:
        """Place one phrase; false where it means nothing to us. A state or a seat goes before a word, and that before a town."""
        phrase, alone = " ".join(self.words[start:end]), end == start + 1
        if alone and (state := self._state_behind(start)):
            return self._name(start, end, Named(region=state))
        place, tags = place_named(phrase, self.knowledge), self.vocabulary.words.get(phrase)
        if tags is not None and phrase not in self.vocabulary.places:
            there = "ours" in tags and self.led(start)  # "la embajada americana en México"
            self.tags[start:end] = [KNOWN if there else tags] * (end - start)
            return True
        return place is not None and not (alone and self._means_else(start, place)) and self._name(start, end, place)

    def _name(self, start: int, end: int, place: Named) -> bool:
        self.named.append(replace(place, at=start, led=self.led(start)))
        self.placed.update(range(start, end))
        self.tags[start:end] = [KNOWN] * (end - start)
        return True

    def _state_behind(self, at: int) -> Region | None:
        """`ga` right behind a town of Georgia; letters that are a word too count in capitals or at the end."""
        word, last = self.words[at], at == len(self.words) - 1
        if at - 1 not in self.placed or (word in self.vocabulary.words and word not in self.capitals and not last):
            return None
        here = {town.region for town in self.named[-1].towns}
        return next((region for region in self.vocabulary.letters.get(word, ()) if region.id in here), None)

    def _means_else(self, at: int, place: Named) -> bool:
        """`mobile consulate`, `cuanto questa`: a town's name that stands there as a plain word, or as one misspelt."""
        word, after = self.words[at], self.words[at + 1] if at + 1 < len(self.words) else ""
        large = bool(place.country or place.region) or place.towns[0].population >= LIKELY
        rather = word in self.directory.not_towns or (not large and sound_text(word) in self.vocabulary.plain)
        state = after in self.vocabulary.letters or self.vocabulary.places.get(after, Named()).region is not None
        return rather and len(self.words) > 1 and not state and not self.led(at)

    def place_misspelt(self, names: Mapping[str, int]) -> None:
        """Names and words one or two letters off among the words that mean nothing else."""
        for at in [at for at, held in enumerate(self.tags) if held is None]:
            first = at - 1 if at and self.words[at - 1] in self.directory.begins_a_name else at
            spans = ((start, end) for start in dict.fromkeys((first, at)) for end in range(at + LOST, at, -1))
            any(self.tags[at] is None and self._take_alike(start, end, names) for start, end in spans)

    def _take_alike(self, start: int, end: int, names: Mapping[str, int]) -> bool:
        said = key(" ".join(self.words[start:end]))
        plain = sound_text(said) in self.vocabulary.plain and not self.led(start)
        if end > len(self.words) or self.tags[end - 1] is not None or len(said) < FORGIVEN or plain:
            return False
        limit = 2 if len(said) >= LONG_NAME else 1
        found = process.extract(said, names.keys(), scorer=OSA.distance, score_cutoff=limit, limit=ALIKE)
        best = min(found, key=lambda one: (one[1], -names[one[0]]), default=("", 0))[0]
        if best in self.vocabulary.words:
            self.tags[start:end] = [self.vocabulary.words[best]] * (end - start)
            return True
        place = place_named(best, self.knowledge)
        return place is not None and self._name(start, end, place)

    def said(self) -> Said:
        """The message as it was read."""
        unknown = [at for at, held in enumerate(self.tags) if held is None]
        named = self._where_they_are()
        called, ours = self.at(*CONSULATE), self.at("ours")
        foreign = self.at("others") | self._countries()
        beside = any(-1 <= at - one <= LOST for at in foreign for one in called)
        another = bool(self.at("others_offices")) or beside or (bool(foreign and called) and not unknown)
        rest = set(range(len(self.words))) - called - ours
        run = 0 < len(unknown) <= LOST and unknown[-1] - unknown[0] == len(unknown) - 1
        return Said(
            words=self.words,
            tags=self.tags,
            named=named,
            only_places=len(self.placed) == len(self.words),
            another=another and not ours,
            bare=bool(called) and all(self.words[at] in self.directory.barely for at in rest),
            lost=run and self.led(unknown[0] - (unknown[0] > 1 and self.words[unknown[0] - 1] in self.directory.between)),
        )

    def _countries(self) -> set[int]:
        """Where countries are named, not as where something is; "lebanon, tennessee" is a town."""
        states = any(one.region and not one.towns for one in self.named)
        abroad = (one for one in self.named if one.country not in (None, MEXICO) and not (one.city or one.led))
        return {one.at for one in abroad if not (one.towns and states)}

    def _where_they_are(self) -> list[Named]:
        """Without the places where the person was born, that they left, or that they put right."""
        left, stays, gone = frames_of(self.directory.left), list[Named](), False
        for one in sorted(self.named, key=lambda one: one.at):
            # "born in Fresno, California": the state behind a town goes with it.
            behind = gone and one.region is not None and not one.towns
            gone = behind or left.first(" ".join(self.words[max(0, one.at - LEAD) : one.at])) is not None
            stays += [] if gone else [one]
        return stays
