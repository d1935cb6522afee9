"""What a message says in the words of the directory: every word is part of a place, known, or unknown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import chain

from babel import Locale

from bot.dialogue.person.gazetteer import FORGIVEN, LONG_NAME, Names, Town, countries_by_town, gazetteer_of, key
from bot.dialogue.ranking.model_files import Arrays, kept_whole, packed, unpacked
from bot.dialogue.words.phrasing import frames_of, sound_text
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS
from knowledge.schema.directory import WHOLE, Ask, Region

LONGEST, LONGEST_NAME = 40, 5
"""Words of a message that may ask for a consulate, and of a name."""
LIKELY = 20_000
"""Inhabitants of a town that is found by likeness where no state is named, and whose name is no plain word."""
PLAIN = 2
"""Phrases of ours with a word from which it is a plain word."""
LEAD, LOST = 6, 3
"""Words before a place that may say that they are not there; words of a place that we do not know."""
SERVED, MEXICO = ("US", "CA"), "MX"
"""Countries of the consulates that the directory holds, and whose they are."""
CONSULATE = ("consulate", "embassy", "others_offices")
TAGS = (*CONSULATE, "others", "ours")
"""Lists of words in the content that say what is asked for; a word of two has the first."""
KNOWN = frozenset[str]()
"""The tags of a word that says nothing about which consulate is meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """Towns of one name, the largest first, a region, or both where a name is both; `country`: outside of ours."""

    towns: tuple[Town, ...] = ()
    region: Region | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Named(Place):
    """A name, and where in a message it stands."""

    city: bool = False
    """A large town of that country, not the country."""
    at: int = 0
    led: bool = False
    """Behind "en", "near" …"""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Made once: phrase -> tags and what is asked; states and seats, which mean nothing else; name -> inhabitants."""

    words: Mapping[str, frozenset[str]]
    places: Mapping[str, Named]
    letters: Mapping[str, Sequence[Region]]
    alike: "Names"
    """For what is misspelt."""
    begins: frozenset[str]
    """Words with which a name or a phrase of several begins, as written, as looked up, and as they sound."""
    plain: frozenset[str]
    """Words with which people ask us about other things, as they sound."""
    countries: frozenset[str]


@lru_cache(maxsize=4)
def vocabulary_of(knowledge: Knowledge) -> Vocabulary:
    """Read of the content and of the towns."""
    directory, gazetteer = knowledge.directory, gazetteer_of(knowledge)
    words = dict.fromkeys((*map(fold, directory.filler), *knowledge.stop_words), KNOWN)
    for ask, phrases in directory.asks.items():
        words |= {phrase: words.get(phrase, KNOWN) | {ask.value} for phrase in map(fold, phrases)}
    for tag in reversed(TAGS):
        words |= dict.fromkeys(map(fold, getattr(directory, tag)), frozenset({tag}))
    places: dict[str, Named] = {}
    letters: dict[str, Sequence[Region]] = {}
    for region in knowledge.regions.values():
        places |= dict.fromkeys(map(fold, (*region.said, region.name.es, region.name.en)), Named(region=region))
        letters[region.letters.lower()] = (*letters.get(region.letters.lower(), ()), region)
    spelled = [(office.geonames, (*office.said, office.city)) for office in knowledge.consulates.values()]
    spelled += [(one.geonames, one.said) for kind in knowledge.place_kinds.values() for one in kind.places]
    for geonames, said in spelled:
        for name in map(fold, said):
            stated = name.startswith(f"{fold(said[-1])} ")  # "nogales arizona" is no other Nogales
            others = () if stated else gazetteer.named.get(key(said[-1]), ())
            held = places.get(name, Named())
            places[name] = replace(held, towns=tuple(dict.fromkeys((*held.towns, gazetteer.towns[geonames], *others))))
    sizes = dict.fromkeys(places, LIKELY**2) | {name: found[0].population for name, found in gazetteer.named.items()}
    alike = Names({name: size for name, size in sizes.items() if size >= LIKELY})
    countries = frozenset(fold(name) for lang in LANGS for name in Locale(lang).territories.values())
    named = (*words, *places, *gazetteer.named, *countries_by_town(knowledge))
    begins = frozenset(name.partition(" ")[0] for name in named if " " in name)
    return Vocabulary(words, places, letters, alike, begins, _plain(knowledge, frozenset(alike.sizes)), countries)


def _plain(knowledge: Knowledge, names: frozenset[str]) -> frozenset[str]:
    """The plain words; kept in a file."""
    made = partial(_plainly_said, knowledge, names)
    return kept_whole("plain", knowledge, made, lambda held: frozenset(unpacked(held["words"])))


def _plainly_said(knowledge: Knowledge, names: frozenset[str]) -> Arrays:
    phrases = (text for one in knowledge.phrases.values() for part in one.sections.values() for text in part.texts())
    times = Counter(chain.from_iterable(set(fold(text).split()) for text in phrases))
    often = (word for word, count in times.items() if count >= PLAIN and word not in names)
    return {"words": packed(sorted(set(map(sound_text, (*often, *knowledge.directory.not_towns)))))}


@lru_cache(maxsize=1024)
def place_named(name: str, knowledge: Knowledge) -> Named | None:
    """The places of a folded name."""
    country, towns = countries_by_town(knowledge).get(sound_text(name)), gazetteer_of(knowledge).named.get(key(name))
    abroad = None if country in ("", *SERVED) else country
    vocabulary = vocabulary_of(knowledge)
    other = Named(towns or (), country=abroad, city=name not in vocabulary.countries) if towns or abroad else None
    return vocabulary.places.get(name) or other


@dataclass
class Said:
    """A message while and after its words are placed; `tags`: of each word, None where it is unknown."""

    words: Sequence[str]
    knowledge: Knowledge
    tags: list[frozenset[str] | None]
    named: list[Named] = field(default_factory=list)
    of_places: set[int] = field(default_factory=set)
    """Which words are of places."""

    def at(self, *tags: str) -> set[int]:
        """Where words with these tags stand."""
        return {at for at, held in enumerate(self.tags) if held and not held.isdisjoint(tags)}

    @property
    def unknown(self) -> Sequence[int]:
        """Where the words stand that we do not know."""
        return [at for at, held in enumerate(self.tags) if held is None]

    @property
    def consulate(self) -> bool:
        """Whether a consulate or an embassy is named."""
        return bool(self.at(*CONSULATE))

    @property
    def asks(self) -> frozenset[Ask]:
        """What is asked of it."""
        return frozenset(Ask(tag) for held in self.tags if held for tag in held.difference(TAGS))

    @property
    def bare(self) -> bool:
        """`consulado`, `el consulado de mexico`: nothing of it is asked."""
        rest = set(range(len(self.words))) - self.at(*CONSULATE, "ours")
        return self.consulate and all(self.words[at] in self.knowledge.directory.barely for at in rest)

    @property
    def lost(self) -> bool:
        """Whether the unknown words stand where a place would: one run of a few, behind "en", "near" …"""
        first, last = min(self.unknown, default=0), max(self.unknown, default=LONGEST)
        between = first > 1 and self.words[first - 1] in self.knowledge.directory.between
        return last - first + 1 == len(self.unknown) <= LOST and self.is_led(first - between)

    @property
    def led(self) -> Sequence[Named]:
        """The regions, and the towns behind "en", "near" …"""
        return [one for one in self.named if one.region or (one.towns and one.led)]

    @property
    def another(self) -> bool:
        """Whether the consulate is called another country's: `de Honduras`; "lebanon, tennessee" is a town."""
        states = any(one.region and not one.towns for one in self.named)
        abroad = (one for one in self.named if one.country not in (None, MEXICO) and not (one.city or one.led))
        foreign = self.at("others") | {one.at for one in abroad if not (one.towns and states)}
        beside = any(-1 <= at - called <= LOST for at in foreign for called in self.at(*CONSULATE))
        named = self.at("others_offices") or beside or (foreign and self.consulate and not self.unknown)
        return bool(named) and not self.at("ours")

    def is_led(self, at: int) -> bool:
        """Whether "en", "near" … stands before a word."""
        return at > 0 and self.words[at - 1] in self.knowledge.directory.before_a_place


def read_places(text: str, knowledge: Knowledge, *, likeness: bool = False) -> Said | None:
    """The words placed; None where there are none, or too many for such a question.

    Misspelt places are looked for where a consulate is named, or `likeness` is asked for.
    """
    in_capitals = {} if text.isupper() else knowledge.directory.in_capitals
    words = fold(" ".join(in_capitals.get(word.strip(".,;:!?¿¡"), word) for word in text.split())).split()
    if not words or len(words) > LONGEST:
        return None
    said, at = Said(words, knowledge, [None] * len(words)), 0
    while at < len(words):
        longest = LONGEST_NAME if _begins(words[at], knowledge) else 1
        ends = range(min(at + longest, len(words)), at, -1)
        at = next((end for end in ends if _take(said, at, end)), at + 1)
    _take_misspelt(said, _consulates(knowledge))
    if likeness or said.consulate:
        states = frozenset(one.region.id for one in said.named if one.region and one.region.letters != WHOLE)
        _take_misspelt(said, _towns_in(states, knowledge) if states else vocabulary_of(knowledge).alike)
    said.named = _where_they_are(said)
    return said


@lru_cache(maxsize=1024)
def _begins(word: str, knowledge: Knowledge) -> bool:
    """Whether a name of several words may begin with it."""
    return not vocabulary_of(knowledge).begins.isdisjoint((word, key(word).partition(" ")[0], sound_text(word)))


def _take(said: Said, start: int, end: int) -> bool:
    """Place one phrase, false where it means nothing to us: a state or a seat before a word, and that before a town."""
    phrase, vocabulary = " ".join(said.words[start:end]), vocabulary_of(said.knowledge)
    place, tags = place_named(phrase, said.knowledge), vocabulary.words.get(phrase)
    if end == start + 1 and (state := _state_behind(said, start)):
        place, tags = Named(region=state), None
    elif tags is not None and phrase not in vocabulary.places:
        there = "ours" in tags and said.is_led(start)  # "la embajada americana en México"
        said.tags[start:end] = [KNOWN if there else tags] * (end - start)
        return True
    elif place is None or (end == start + 1 and _means_else(said, start, place)):
        return False
    _name(said, start, end, place)
    return True


def _name(said: Said, start: int, end: int, place: Named) -> None:
    said.named.append(replace(place, at=start, led=said.is_led(start)))
    said.of_places.update(range(start, end))
    said.tags[start:end] = [KNOWN] * (end - start)


def _state_behind(said: Said, at: int) -> Region | None:
    """`ga` right behind a town of Georgia; letters that are a word too count at the end."""
    word, vocabulary = said.words[at], vocabulary_of(said.knowledge)
    if at - 1 not in said.of_places or (word in vocabulary.words and at < len(said.words) - 1):
        return None
    here = {town.region for town in said.named[-1].towns}
    return next((region for region in vocabulary.letters.get(word, ()) if region.id in here), None)


def _means_else(said: Said, at: int, place: Named) -> bool:
    """`mobile consulate`: a town's name that stands there as a plain word, with no state behind it."""
    word, after = said.words[at], said.words[at + 1] if at + 1 < len(said.words) else ""
    vocabulary = vocabulary_of(said.knowledge)
    small = not (place.country or place.region) and place.towns[0].population < LIKELY
    rather = word in said.knowledge.directory.not_towns or (small and sound_text(word) in vocabulary.plain)
    state = after in vocabulary.letters or vocabulary.places.get(after, Named()).region is not None
    return rather and len(said.words) > 1 and not state and not said.is_led(at)


@lru_cache(maxsize=4)
def _consulates(knowledge: Knowledge) -> Names:
    return Names({word: 0 for word in map(fold, knowledge.directory.consulate) if len(word) >= LONG_NAME})


@lru_cache(maxsize=64)
def _towns_in(regions: frozenset[str], knowledge: Knowledge) -> Names:
    gazetteer = gazetteer_of(knowledge)
    here = {key(town.name) for town in gazetteer.towns.values() if town.region in regions}
    return Names({name: gazetteer.named[name][0].population for name in here})


def _take_misspelt(said: Said, names: Names) -> None:
    """Names and words one or two letters off among the words that mean nothing else."""
    for at in said.unknown:
        begins = at > 0 and said.words[at - 1] in said.knowledge.directory.begins_a_name
        spans = ((start, end) for start in {at - begins, at} for end in range(at + LOST, at, -1))
        any(said.tags[at] is None and _take_alike(said, start, end, names) for start, end in sorted(spans))


def _take_alike(said: Said, start: int, end: int, names: Names) -> bool:
    if end > len(said.words) or said.tags[end - 1] is not None:
        return False
    name, vocabulary = key(" ".join(said.words[start:end])), vocabulary_of(said.knowledge)
    best = names.nearest(name) if len(name) >= FORGIVEN else ""
    if not best or (sound_text(name) in vocabulary.plain and not said.is_led(start)):
        return False
    if place := None if best in vocabulary.words else place_named(best, said.knowledge):
        _name(said, start, end, place)
    else:
        said.tags[start:end] = [vocabulary.words[best]] * (end - start)
    return True


def _where_they_are(said: Said) -> list[Named]:
    """Without the places where the person was born, that they left, or that they put right."""
    left, stays, gone = frames_of(said.knowledge.directory.left), list[Named](), False
    for one in sorted(said.named, key=lambda one: one.at):
        # "born in Fresno, California": the state behind a town goes with it.
        behind = gone and one.region is not None and not one.towns
        gone = behind or left.first(" ".join(said.words[max(0, one.at - LEAD) : one.at])) is not None
        stays += [] if gone else [one]
    return stays
