"""What a message says in the words of the directory: every word is part of a place, known, or unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.person.gazetteer import gazetteer_of, key
from bot.dialogue.places.vocabulary import (
    FORGIVEN,
    LIKELY,
    LONG_NAME,
    MEXICO,
    TAGS,
    Named,
    Vocabulary,
    place_named,
    vocabulary_of,
)
from bot.dialogue.words.framed import frames_of
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.directory import WHOLE, Ask, Region

LONGEST, LONGEST_NAME = 40, 5
"""Words of a message that may ask for a consulate, and of a name or phrase."""
LEAD = 6
"""Words before a place that may say that the person is not there."""
LOST = 3
"""Words of a place that we do not know."""
ALIKE = 8
"""Misspelt names among which the largest is taken."""
NOWHERE = Named()


@dataclass
class Words:
    """A message while and after its words are placed; `tags` is None where a word is unknown."""

    words: Sequence[str]
    knowledge: Knowledge
    capitals: frozenset[str]
    tags: list[frozenset[str] | None]
    named: list[Named] = field(default_factory=list)
    """The places, as they stand."""
    placed: set[int] = field(default_factory=set)
    """Which words are of places."""

    def at(self, *tags: str) -> set[int]:
        """Where words with these tags stand."""
        return {at for at, held in enumerate(self.tags) if held and not held.isdisjoint(tags)}

    @property
    def consulate(self) -> bool:
        """Whether a consulate or an embassy is named."""
        return bool(self.at("consulate", "embassy", "others_offices"))

    @property
    def asks(self) -> frozenset[Ask]:
        """What is asked of it."""
        return frozenset(Ask(tag) for held in self.tags if held for tag in held if tag not in TAGS)

    @property
    def unknown(self) -> Sequence[int]:
        """Where the words stand that we do not know."""
        return [at for at, held in enumerate(self.tags) if held is None]

    @property
    def only_places(self) -> bool:
        """Whether nothing but places is said."""
        return len(self.placed) == len(self.words)

    @property
    def bare(self) -> bool:
        """`consulado`, `el consulado de mexico`: nothing of it is asked."""
        rest = set(range(len(self.words))) - self.at("consulate", "embassy", "ours")
        return self.consulate and all(self.words[at] in self.knowledge.directory.barely for at in rest)

    @property
    def lost(self) -> bool:
        """Whether the unknown words stand where a place would: one run of a few, behind "en", "near" …"""
        unknown = self.unknown
        if not unknown or len(unknown) > LOST or unknown[-1] - unknown[0] != len(unknown) - 1 or not unknown[0]:
            return False
        of_near = self.words[unknown[0] - 2 : unknown[0]] == ["cerca", "de"]
        return of_near or self.words[unknown[0] - 1] in self.knowledge.directory.before_a_place

    @property
    def anothers(self) -> bool:
        """Whether the consulate is called another country's: `de Honduras`, `americano`."""
        between, called = self.knowledge.directory.between, self.at("consulate", "embassy")
        behind = {
            next((n for n in range(at + 1, len(self.words)) if self.words[n] not in between), at) for at in called
        }
        beside = behind | {at + step for at in called for step in (-1, 1)}
        return not self.at("ours") and bool(self.at("others_offices") or beside & self._foreign)

    @property
    def of_another_country(self) -> bool:
        """Whether another country, or people of one, are named as more than where something is."""
        before = self.knowledge.directory.before_a_place
        stood = {n for one in self.named if one.before in before for n in (one.at,)}
        return not self.at("ours") and bool(self.at("others", "others_offices") or self._foreign - stood)

    @property
    def _foreign(self) -> set[int]:
        """Where another country is named, or what is of one; "lebanon, tennessee" is a town of ours."""
        states = any(one.region and not one.towns for one in self.named)
        countries = {
            one.at
            for one in self.named
            if one.country not in (None, MEXICO) and not one.city and not (one.towns and states)
        }
        return countries | self.at("others")


def read_places(text: str, knowledge: Knowledge, *, likeness: bool = False) -> Words | None:
    """The words placed; None where there are none, or too many for such a question.

    Misspelt places are looked for where a consulate is named, or `likeness` is asked for.
    """
    loud = text.isupper()
    for short, name in knowledge.directory.in_capitals.items():
        text = text if loud else " ".join(name if word.strip(".,;:!?¿¡") == short else word for word in text.split(" "))
    words = fold(text).split()
    if not words or len(words) > LONGEST:
        return None
    capitals = frozenset(fold(word) for word in text.split() if word.isupper() and not loud)
    said = Words(words, knowledge, capitals, [None] * len(words))
    _place_known(said)
    _place_misspelt_consulate(said)
    if likeness or said.consulate:
        _place_misspelt_towns(said)
    said.named = _where_they_are(sorted(said.named, key=lambda one: one.at), said)
    return said


def _place_known(said: Words) -> None:
    """Phrases and names as they are written, the longest first; of equals a state or a seat, a word, then a town."""
    vocabulary, at = vocabulary_of(said.knowledge), 0
    while at < len(said.words):
        if region := _letters_behind(said, at, vocabulary):
            _name(said, at, 1, Named(region=region))
            at += 1
        else:
            at += next((n for n in range(LONGEST_NAME, 0, -1) if _take(said, at, n, vocabulary)), 1)


def _take(said: Words, at: int, length: int, vocabulary: Vocabulary) -> bool:
    """Place one phrase; false where it means nothing to us."""
    if at + length > len(said.words):
        return False
    phrase = " ".join(said.words[at : at + length])
    place, tags = place_named(phrase, said.knowledge), vocabulary.words.get(phrase)
    if tags is not None and phrase not in vocabulary.ours:
        there = "ours" in tags and _before(said, at) in said.knowledge.directory.before_a_place
        said.tags[at : at + length] = [frozenset() if there else tags] * length  # "la embajada americana en México"
        return True
    if place is None or (length == 1 and _means_else(said, at, place, vocabulary)):
        return False
    _name(said, at, length, place)
    return True


def _before(said: Words, at: int) -> str:
    return said.words[at - 1] if at else ""


def _name(said: Words, at: int, length: int, place: Named) -> None:
    said.named.append(replace(place, at=at, before=_before(said, at)))
    said.placed |= set(range(at, at + length))
    said.tags[at : at + length] = [frozenset()] * length


def _letters_behind(said: Words, at: int, vocabulary: Vocabulary) -> Region | None:
    """The state behind a town: `ga`; letters that are a word too count in capitals or at the end."""
    last = said.named[-1] if said.named and at - 1 in said.placed else None
    if last is None or not last.towns:
        return None
    word = said.words[at]
    is_word = word in vocabulary.words and word not in said.capitals and at < len(said.words) - 1
    here = {town.region for town in last.towns}
    return next((r for r in vocabulary.letters.get(word, ()) if r.id in here and not is_word), None)


def _means_else(said: Words, at: int, place: Named, vocabulary: Vocabulary) -> bool:
    """`mobile consulate`, `cuanto questa`: a town's name that stands there as a plain word, or as one misspelt."""
    word, directory = said.words[at], said.knowledge.directory
    small = place.country is None and place.region is None and place.towns[0].population < LIKELY
    rather = small and len(said.words) > 1 and vocabulary.is_plain(word)
    if not rather and word not in directory.not_towns:
        return False
    after = said.words[at + 1] if at + 1 < len(said.words) else ""
    state = after in vocabulary.letters or vocabulary.ours.get(after, NOWHERE).region is not None
    return not state and _before(said, at) not in directory.before_a_place


def _place_misspelt_consulate(said: Words) -> None:
    long = [fold(word) for word in said.knowledge.directory.consulate if len(word) >= LONG_NAME]
    for at in said.unknown:
        word = said.words[at]
        if len(word) >= LONG_NAME - 2 and process.extractOne(word, long, scorer=OSA.distance, score_cutoff=1):
            said.tags[at] = frozenset({"consulate"})


def _place_misspelt_towns(said: Words) -> None:
    """Names one or two letters off among the words that mean nothing else; in a state that is named all its towns."""
    if len(said.unknown) > LONGEST_NAME:
        return
    states = {one.region.id for one in said.named if one.region and one.region.letters != WHOLE}
    names = _names_in(frozenset(states), said.knowledge) if states else vocabulary_of(said.knowledge).alike
    for at in said.unknown:
        if said.tags[at] is None:
            first = at - 1 if _before(said, at) in said.knowledge.directory.begins_a_name else at
            spans = ((start, stop) for start in dict.fromkeys((first, at)) for stop in range(at + LOST, at, -1))
            any(_take_alike(said, start, stop, names) for start, stop in spans)


@lru_cache(maxsize=64)
def _names_in(regions: frozenset[str], knowledge: Knowledge) -> dict[str, int]:
    return {
        name: towns[0].population
        for name, towns in gazetteer_of(knowledge).named.items()
        if len(name) >= FORGIVEN and any(town.region in regions for town in towns)
    }


def _take_alike(said: Words, start: int, stop: int, names: Mapping[str, int]) -> bool:
    """Place the words from `start` to `stop` as the largest place of a name that is near enough."""
    name = key(" ".join(said.words[start:stop]))
    unknown = stop <= len(said.words) and None in said.tags[start:stop] and said.tags[stop - 1] is None
    if not unknown or len(name) < FORGIVEN:
        return False
    limit = 2 if len(name) >= LONG_NAME else 1
    found = process.extract(name, names.keys(), scorer=OSA.distance, score_cutoff=limit, limit=ALIKE)
    led = _before(said, start) in said.knowledge.directory.before_a_place
    best = min(found, key=lambda one: (one[1], -names[one[0]]), default=None)
    place = place_named(best[0], said.knowledge) if best else None
    if place is None or (not led and vocabulary_of(said.knowledge).is_plain(name)):
        return False
    _name(said, start, stop - start, place)
    return True


def _where_they_are(named: Sequence[Named], said: Words) -> list[Named]:
    """Without the places where the person was born, that they left, or that they put right."""
    left, stays, gone = frames_of(said.knowledge.directory.left), list[Named](), False
    for one in named:
        # "born in Fresno, California": the state behind a town goes with it.
        behind = gone and one.region is not None and not one.towns
        gone = behind or left.first(" ".join(said.words[max(0, one.at - LEAD) : one.at])) is not None
        stays += [] if gone else [one]
    return stays
