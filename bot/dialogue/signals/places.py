"""Whether a message asks for a place of help or names a town for one: what it is after, and which place it means."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.conversation import Conversation
from bot.dialogue.message import Message
from bot.dialogue.person.gazetteer import Town
from bot.dialogue.person.told import MAY_BE_MEXICAN
from bot.dialogue.places.nearest import Place, consulates, is_seat, kind_asked, place_meant, told_apart
from bot.dialogue.places.words import MEXICO, SERVED, Said, read_places
from bot.dialogue.words.phrasing import frames_of
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.directory import CONSULATE, WHOLE, Ask, PlaceKind
from knowledge.schema.topics import Section, Topic

if TYPE_CHECKING:
    from bot.dialogue.signals.signals import Signals

FINDING = frozenset({Ask.WHERE, Ask.NEAR, Ask.MINE, Ask.PHONE, Ask.GUARD, Ask.ADDRESS})
"""What can be asked of "the consulate" without a town: then we ask which."""
LOOKING = FINDING - {Ask.PHONE, Ask.GUARD}
"""What asks for a place."""
FEW_UNKNOWN = 4
"""Words that we do not know beside a question where to go: "wait", "now"."""
SHORT = 8
"""Words of a message that goes on from a consulate, or answers where the person is."""
POSTAL = 5
"""Digits of a postal code in the United States."""

NEAREST_IN = (*SERVED, "PR", None)
"""Where a person may be whose nearest consulate the directory holds; None: they did not say."""


class After(StrEnum):
    """What a message is after."""

    PLACE = "place"
    """The consulate of a place that is known."""
    TOWN = "town"
    """A consulate, and the town is to be asked for."""
    LOST = "lost"
    """The consulate of a place that we do not know."""
    POSTAL_CODE = "postal_code"
    ANOTHERS = "anothers"
    """Another country's consulate."""
    SHOWN = "shown"
    """More of the consulate that was shown."""
    AROUND = "around"
    """Those around it."""


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """What is asked for; `place`: only where it is after one; `kind`: of None consulates."""

    after: After
    asks: frozenset[Ask]
    place: Place | None = None
    kind: PlaceKind | None = None


@lru_cache(maxsize=16)
def home(knowledge: Knowledge, kind: PlaceKind | None = None) -> tuple[Topic, Section] | None:
    """The topic and section that hold the consulates, or a kind; None where the topic was withdrawn."""
    if kind is not None and kind.id != CONSULATE:
        name, _, section = kind.answers[0].partition("/")
        topic = knowledge.topics.get(name)
        return None if topic is None or topic.withdrawn else (topic, topic.section_or_first(section))
    covers = knowledge.directory.covers
    held = ((topic, one) for topic in knowledge.topics.values() for one in topic.sections if covers in one.covers)
    first = min(held, key=lambda pair: pair[0].id != covers, default=None)
    return None if first is None or first[0].withdrawn else first


def place_query(m: Message, s: "Signals", state: Conversation) -> PlaceQuery | None:
    """What a message wants of the directory; None where it is about another matter."""
    if m.smalltalk is not None:
        return None
    if (asked := kind_asked(m.text, s.knowledge)) is not None:
        return _of_kind(*asked, s, state)
    on = _goes_on(s, state)
    said = read_places(m.text, s.knowledge, likeness=on)
    if said is None or home(s.knowledge) is None:
        return None
    if (open_kind := kind_open(s, state)) is not None and not said.consulate:
        return _of_kind(open_kind, "", m.text, s, state)
    place = _of_embassy(said, place_meant(said.named, s.knowledge, state.asked_place), s)
    if _is_anothers(said, m, s, on=on):
        return None if _has_topic(said, place, s) else PlaceQuery(After.ANOTHERS, said.asks)
    if [len(said.words[at]) for at in said.unknown if said.words[at].isdigit()] == [POSTAL] and len(said.unknown) == 1:
        return PlaceQuery(After.POSTAL_CODE, said.asks)
    if said.consulate and (not said.unknown or said.lost):
        place = place or (None if said.lost or state.consulate else place_told(s, consulates(s.knowledge)))
        after = _of_consulate(said, place, s, state)
    else:
        place = _looked_for(said, place, s, state, on=on)
        short = on and len(said.words) <= SHORT
        after = After.PLACE if place else _going_on(said, s, state) if short else None
    return PlaceQuery(after, said.asks, place) if after else None


def kind_open(s: "Signals", state: Conversation) -> PlaceKind | None:
    """The kind other than consulates of which the last answer was, so that a town alone goes on with it."""
    if _is_troubled(state):
        return None
    kinds = (kind for kind in s.knowledge.place_kinds.values() if kind.id != CONSULATE)
    return next((kind for kind in kinds if f"{state.topic}/{state.section}" in kind.answers), None)


def _of_kind(kind: PlaceKind, words: str, rest: str, s: "Signals", state: Conversation) -> PlaceQuery | None:
    """What a message wants of a kind that it names by `words`, or that is open; without a town its topic answers."""
    barred = kind.at_consulates and s.person.citizen not in MAY_BE_MEXICAN
    if barred or home(s.knowledge, kind) is None or _is_troubled(state):
        return None
    said, done = read_places(rest, s.knowledge), words in map(fold, kind.done)
    if said is None and rest.strip():
        return None
    asks, unknown = (said.asks, len(said.unknown)) if said else (frozenset[Ask](), 0)
    asks |= named.asks if (named := read_places(words, s.knowledge)) else frozenset()
    looks, rests = bool(asks & LOOKING), {*FINDING, Ask.HOURS} - (set() if words else {Ask.WHERE})
    topics = (*kind.then, *(one.partition("/")[0] for one in kind.answers))
    about = any(one.topic in topics for one in s.ranking.candidates[:1])
    there = place_meant(said.led or said.named, s.knowledge, state.asked_place, kind.countries) if said else None
    few = words and looks and about and unknown <= (FEW_UNKNOWN if there else 1)
    if (done and not looks) or (unknown and not few):
        return None
    bare = words and not unknown and frames_of(s.knowledge.definitions.what).first(rest.strip()) is None
    if not (there or bare or asks & rests):
        return None
    place = there or place_told(s, kind)
    shown = PlaceQuery(After.SHOWN, asks, kind=kind) if place is None and not words and state.consulate else None
    return PlaceQuery(After.PLACE, asks, place, kind) if place and place.country is None else shown


def place_told(s: "Signals", kind: PlaceKind) -> Place | None:
    """Where the person is, as they told it."""
    town, here = s.situation.town, kind.id != CONSULATE or s.person.country in NEAREST_IN
    said = read_places(town.value, s.knowledge) if town is not None and here else None
    return place_meant(said.named, s.knowledge, served=kind.countries) if said is not None else None


def town_known(m: Message, s: "Signals") -> Town | None:
    """The one town abroad that a message leads to by "en", else the one that was told earlier."""
    said = read_places(m.text, s.knowledge)
    kind = consulates(s.knowledge)
    place = (place_meant(said.led, s.knowledge) if said is not None else None) or place_told(s, kind)
    towns = told_apart(place, kind, s.knowledge) if place is not None and not (place.region or place.country) else ()
    return towns[0] if len(towns) == 1 else None


def _of_embassy(said: Said, place: Place | None, s: "Signals") -> Place | None:
    """An embassy is in the town of a name, not in the state; "in the United States" is no place."""
    if place is None or place.region is None:
        return place
    if not place.towns:
        return None if place.region.letters == WHOLE and place.region.country == "US" else place
    seated = said.at("embassy") and is_seat(place.towns[0], consulates(s.knowledge), s.knowledge)
    return replace(place, region=None) if seated else place


def _is_anothers(said: Said, m: Message, s: "Signals", *, on: bool) -> bool:
    """Whether another country's consulate is named, or who asks for theirs is of another country."""
    foreign = s.person.citizen not in MAY_BE_MEXICAN and not said.at("ours")
    asks = said.asks & FINDING and (said.consulate or on)
    answers = m.person.citizen is not None and not said.unknown and s.state.asked_place is not None
    return said.another or (foreign and bool(asks or answers or (said.consulate and not said.unknown)))


def _has_topic(said: Said, place: Place | None, s: "Signals") -> bool:
    """Whether a topic holds other countries' consulates where it is, or another matter is surely meant."""
    directory, best = s.knowledge.directory, s.ranking.candidates[0].topic if s.ranking.candidates else ""
    if best in directory.others_consulates:
        return place is None or place.country is not None
    ours = best in (directory.covers, *directory.business)
    return bool(said.unknown) and s.ranking.verdict == "answer" and not ours


def _of_consulate(said: Said, place: Place | None, s: "Signals", state: Conversation) -> After | None:
    """What a message is after that has a word for a consulate, and whose every other word is known."""
    sure, finds = s.ranking.verdict == "answer", bool(said.asks & FINDING)
    if sure and Ask.MINE not in said.asks and not said.bare and _is_better_left(said, place, s):
        return None
    if place is not None:
        return After.PLACE
    if said.lost:
        return After.LOST if finds or not sure else None
    if state.consulate and said.asks:
        return _of_shown(said, s)
    return After.TOWN if finds or said.bare else None


def _is_better_left(said: Said, place: Place | None, s: "Signals") -> bool:
    """What a topic that surely fits answers better: a state of Mexico's own office, an embassy, any emergency line."""
    if place is None or not place.towns:
        return place is None and (Ask.GUARD in said.asks or bool(said.at("embassy")))
    mexican = any(one.region and one.region.country == MEXICO for one in said.named)
    return mexican or (bool(said.at("embassy")) and not is_seat(place.towns[0], consulates(s.knowledge), s.knowledge))


def _looked_for(said: Said, place: Place | None, s: "Signals", state: Conversation, *, on: bool) -> Place | None:
    """The place of a message that says nothing of a consulate, and means one.

    A town alone where nothing is open; a place said shortly after a consulate, or after what is done at one; where
    somebody is who asks where to go for such a matter: "where do I go, I live in Boise".
    """
    if place is None or _is_troubled(state):
        return None
    alone = len(said.of_places) == len(said.words) and place.towns and s.person.citizen in MAY_BE_MEXICAN
    if alone and state.topic is None and s.ranking.verdict != "answer":
        return place
    ours = state.asked_place is not None or state.consulate is not None
    if len(said.words) <= SHORT and not said.unknown and on and (ours or place.country is None):
        return place  # in Mexico the business of a topic is done elsewhere; the topic says where
    best = s.ranking.candidates[0].topic if s.ranking.candidates else None
    about = on and best in (s.knowledge.directory.covers, state.topic)
    led = place_meant(said.led, s.knowledge) if about and said.asks & LOOKING and not said.lost else None
    return led if led and led.country is None and len(said.unknown) <= FEW_UNKNOWN else None


def _going_on(said: Said, s: "Signals", state: Conversation) -> After | None:
    """A place that answers ours, and that we do not know; a question about the consulate that was shown."""
    if said.unknown:
        return After.LOST if state.asked_place is not None and s.ranking.verdict != "answer" else None
    return _of_shown(said, s) if state.consulate and said.asks and not said.named else None


def _of_shown(said: Said, s: "Signals") -> After:
    others = set(s.knowledge.directory.another_one) & set(said.words)
    return After.AROUND if Ask.NEAR in said.asks and others else After.SHOWN


def _goes_on(s: "Signals", state: Conversation) -> bool:
    """Whether a place alone may be meant for us: after a consulate, or what is done at one; never in trouble."""
    directory = s.knowledge.directory
    business = state.topic in {directory.covers, *directory.business}.difference(directory.comes)
    return not _is_troubled(state) and (business or state.asked_place is not None or state.consulate is not None)


def _is_troubled(state: Conversation) -> bool:
    """Whether danger is open or asked about, or a question of ours waits: a place is said for that."""
    asked = state.doubt is not None and not state.doubt.closed
    return state.asked_place is None and (state.in_danger or state.flow is not None or asked)
