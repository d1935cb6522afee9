"""What a message says in the words of the directory: every word is part of a place, known, or unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.dialogue.person.gazetteer import FORGIVEN, SHORT, Names, Town, countries_by_town, gazetteer_of, key
from bot.dialogue.words.phrasing import REMEMBERED, by_first_word, sound, sound_text
from knowledge.frames import fold, frames_of
from knowledge.model import Knowledge
from knowledge.schema.directory import CONSULATE, Ask, PlaceKind, Region

LONGEST, LONGEST_NAME = 40, 6
"""Words of a message that may ask for a place, and of a name."""
LIKELY = 20_000
"""Inhabitants of a town that is found by likeness, or by a bare name with neither "en" before it nor a state behind."""
LEAD, LOST = 6, 3
"""Words before a place that may say that they are not there; words of a place that we do not know."""
SERVED, MEXICO = ("US", "CA"), "MX"
"""Countries of the consulates that the directory holds, and whose they are."""
OFFICES, WHOSE = (CONSULATE, "embassy", "others_offices"), ("others", "ours")
"""Lists of words in the content for a consulate, and for whose it is; a word of two has the first."""
DONE = "done"
"""The tag of words for what is done at a place: they ask for it only beside "where"."""
CODE, POSTAL = "code", 5
"""The tag of a postal code of the United States, and its digits."""
KNOWN = frozenset[str]()
"""The tags of a word that says nothing about which consulate is meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """Towns of one name, the largest first, a region, or both where a name is both; `country`: outside of ours."""

    towns: tuple[Town, ...] = ()
    region: Region | None = None
    country: str | None = None

    @property
    def state(self) -> str:
        """The id of its region, else of the largest town's; empty where it has none."""
        return self.region.id if self.region else self.towns[0].region if self.towns else ""


@dataclass(frozen=True, slots=True)
class Named(Place):
    """A name, and where in a message it stands."""

    at: int = 0
    led: bool = False
    """Behind "en", "near" …"""
    city: bool = False
    """A town of another country: "consulado de Madrid" is Mexico's there."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Made once: phrase -> tags and what is asked; states and seats, which mean nothing else; name -> inhabitants."""

    words: Mapping[str, frozenset[str]]
    places: Mapping[str, Named]
    letters: Mapping[str, Sequence[Region]]
    alike: Names
    """For what is misspelt."""
    begin: Mapping[str, int]
    """The first word of a phrase or name, as it is written or sounds -> the most words that it may have."""


@lru_cache(maxsize=4)
def vocabulary_of(knowledge: Knowledge) -> Vocabulary:
    """Read of the content and of the towns."""
    directory, gazetteer = knowledge.directory, gazetteer_of(knowledge)
    words = dict.fromkeys((*map(fold, directory.filler), *knowledge.stop_words), KNOWN)
    for ask, phrases in directory.asks.items():
        words |= {phrase: words.get(phrase, KNOWN) | {ask.value} for phrase in map(fold, phrases)}
    for kind in knowledge.place_kinds.values():
        for tags, phrases in ((KNOWN | {kind.id}, kind.asked), (KNOWN | {kind.id, DONE}, kind.done)):
            words |= {one: tags.union(*(words.get(word, KNOWN) for word in one.split())) for one in map(fold, phrases)}
    for tag in reversed((*OFFICES, *WHOSE)):
        tags = frozenset({tag, CONSULATE} if tag in OFFICES else {tag})
        words |= dict.fromkeys(map(fold, getattr(directory, tag)), tags)
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
    begin = by_first_word((*words, *places, *gazetteer.named, *countries_by_town(knowledge)), LONGEST_NAME)
    return Vocabulary(words, places, letters, alike, begin)


@lru_cache(maxsize=1024)
def place_named(name: str, knowledge: Knowledge) -> Named | None:
    """The places of a folded name."""
    country = countries_by_town(knowledge).get(sound_text(name))
    towns = gazetteer_of(knowledge).named.get(" ".join(SHORT.get(word, word) for word in name.split()))
    abroad = None if country in ("", *SERVED) else country
    city = name in map(fold, knowledge.directory.elsewhere.get(abroad or "", ()))
    other = Named(towns or (), country=abroad, city=city) if towns or abroad else None
    return vocabulary_of(knowledge).places.get(name) or other


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
    def kind(self) -> PlaceKind | None:
        """The kind of place that is named; consulates last, as others are inside of them."""
        kinds, text = self.knowledge.place_kinds.values(), f" {' '.join(self.words)} "
        named = [one for one in kinds if self.at(one.id) and not any(f" {fold(word)} " in text for word in one.unless)]
        return min(named, key=lambda one: (one.id == CONSULATE, min(self.at(one.id))), default=None)

    @property
    def asks(self) -> frozenset[Ask]:
        """What is asked of it."""
        return frozenset(ask for ask in Ask if self.at(ask))

    @property
    def lost(self) -> bool:
        """Whether the unknown words stand where a place would: one run of a few, behind "en", "near" …"""
        first, last = min(self.unknown, default=0), max(self.unknown, default=LONGEST)
        between = first > 1 and self.words[first - 1] in self.knowledge.directory.between
        return last - first + 1 == len(self.unknown) <= LOST and self.is_led(first - between)

    @property
    def led(self) -> Sequence[Named]:
        """The regions, and the towns behind "en", "near" …, right beside a region, or beside which nothing is said."""
        alone, regions = len(self.of_places) == len(self.words), [one for one in self.named if one.region]
        return [it for it in self.named if it.region or (it.towns and (alone or it.led or self.beside(it, regions)))]

    def beside(self, one: Named, others: Sequence[Named]) -> bool:
        """Whether nothing but names of places stands between one and any of others."""
        spans = (range(min(one.at, other.at), max(one.at, other.at)) for other in others)
        return any(self.of_places.issuperset(span) for span in spans)

    @property
    def another(self) -> bool:
        """Whether it is called another country's consulate: `de Honduras`; "Madrid", "lebanon, tennessee" are towns."""
        states = any(one.region and not one.towns for one in self.named)
        abroad = (one for one in self.named if one.country not in (None, MEXICO) and not one.led)
        foreign = self.at("others") | {one.at for one in abroad if not (one.city or (one.towns and states))}
        called = self.at(CONSULATE)
        beside = any(-1 <= at - one <= LOST for at in foreign for one in called)
        named = self.at("others_offices") or beside or (foreign and called and not self.unknown)
        return bool(named) and not self.at("ours")

    def is_led(self, at: int) -> bool:
        """Whether "en", "near" … stands before a word."""
        return at > 0 and self.words[at - 1] in self.knowledge.directory.before_a_place

    def may_be_place(self, at: int) -> bool:
        """Whether a word stands where a place would: behind "en", "de", a consulate or another place."""
        linked = at > 0 and self.words[at - 1] in self.knowledge.directory.between
        return linked or self.is_led(at) or at - 1 in self.of_places | self.at(CONSULATE, "ours")


@lru_cache(maxsize=REMEMBERED)
def read_places(text: str, knowledge: Knowledge, *, likeness: bool = False) -> Said | None:
    """The words placed, misspelt ones beside a consulate or with `likeness`; None where there are none, or too many."""
    said = _placed(text, knowledge)
    if said is not None and (likeness or said.at(CONSULATE)):
        said = replace(said, tags=[*said.tags], named=[*said.named], of_places={*said.of_places})
        _take_misspelt(said)
    return said and replace(said, named=_where_they_are(said))


def in_full(text: str, knowledge: Knowledge) -> str:
    """A text with the names written out that are told only by their capitals: `LA`."""
    names = {} if text.isupper() else knowledge.directory.in_capitals
    return " ".join(names.get(word.strip(".,;:!?¿¡"), word) for word in text.split()) if names else text


@lru_cache(maxsize=REMEMBERED)
def _placed(text: str, knowledge: Knowledge) -> Said | None:
    words = fold(in_full(text, knowledge)).split()
    if not words or len(words) > LONGEST:
        return None
    said, at, begin = Said(words, knowledge, [None] * len(words)), 0, vocabulary_of(knowledge).begin
    while at < len(words):
        most = max(begin.get(one, 1) for one in (words[at], SHORT.get(words[at], ""), sound(words[at])))
        ends = range(min(at + most, len(words)), at, -1)
        at = next((end for end in ends if _take(said, at, end)), at + 1)
    return said


def _take(said: Said, start: int, end: int) -> bool:
    """Place one phrase, false where it means nothing to us: a state or a seat before a word, and that before a town."""
    phrase, vocabulary = " ".join(said.words[start:end]), vocabulary_of(said.knowledge)
    tags = frozenset({CODE}) if phrase.isdigit() and len(phrase) == POSTAL else vocabulary.words.get(phrase)
    alone = end == start + 1
    if alone and (state := _state_behind(said, start)):
        _name(said, start, end, Named(region=state))
        return True
    if tags is not None and phrase not in vocabulary.places:
        there = "ours" in tags and said.is_led(start)  # "la embajada americana en México"
        said.tags[start:end] = [KNOWN if there else tags] * (end - start)
        return True
    place = place_named(phrase, said.knowledge)
    if place is None or (alone and _means_else(said, start, place)):
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
    listed, led = word in said.knowledge.directory.not_towns, said.is_led(at)
    there, behind = {town.region for town in place.towns}, vocabulary.places.get(after, Named()).region
    state = behind is not None or any(region.id in there for region in vocabulary.letters.get(after, ()))
    # "por primera vez": "por" leads to no village that is an everyday word
    return (small or listed) and len(said.words) > 1 + led and not state and ((small and listed) or not led)


def _take_misspelt(said: Said) -> None:
    """Names of large towns and of states, one or two letters off among the words that mean nothing else."""
    alike = vocabulary_of(said.knowledge).alike
    for at in said.unknown:
        begins = at > 0 and said.words[at - 1] in said.knowledge.directory.begins_a_name
        ends = range(at + 1, min(at + LOST, len(said.words)) + 1)
        for start, end in sorted((start, end) for start in {at - begins, at} for end in ends):
            name = key(" ".join(said.words[start:end]))
            may_be = said.tags[at] is said.tags[end - 1] is None and len(name) >= FORGIVEN and said.may_be_place(start)
            if may_be and (best := alike.nearest(name)) and (place := place_named(best, said.knowledge)):
                _name(said, start, end, place)
                break


def _where_they_are(said: Said) -> list[Named]:
    """Without the places where the person was born, that they left, or that they put right."""
    left, stays, gone = frames_of(said.knowledge.directory.left), list[Named](), False
    for one in sorted(said.named, key=lambda one: one.at):
        # "born in Fresno, California": the state behind a town goes with it.
        behind = gone and one.region is not None and not one.towns
        gone = behind or left.first(" ".join(said.words[max(0, one.at - LEAD) : one.at])) is not None
        stays += [] if gone else [one]
    return stays
