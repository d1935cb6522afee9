"""Whether a message asks for a consulate or names a place for one: what it is after, and which place it means."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.conversation import Conversation
from bot.dialogue.message import Message
from bot.dialogue.person.audience import MAY_BE_MEXICAN
from bot.dialogue.person.gazetteer import Town
from bot.dialogue.places.nearest import Place, in_region, is_seat, place_meant, told_apart
from bot.dialogue.places.words import CONSULATE, MEXICO, Said, read_places
from knowledge.model import Knowledge
from knowledge.schema.directory import Ask
from knowledge.schema.topics import Section, Topic

if TYPE_CHECKING:
    from bot.dialogue.signals.signals import Signals

After = Literal["place", "town", "lost", "postal_code", "another", "around", "shown"]
"""A place that is known, a town to be asked for, a place that we do not know, a postal code, another country's
consulate, those around the one that was shown, that one."""
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
MANY = 20
"""Consulates of a country that are too many to name: it is no place."""


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """What is asked for; `place`: only where it is after one; `towns`: those of its name."""

    after: After
    asks: frozenset[Ask]
    place: Place | None = None
    towns: tuple[Town, ...] = ()


def home(knowledge: Knowledge) -> tuple[Topic, Section] | None:
    """The topic and section that hold the consulates: of the topic of that name, else of the first that covers them."""
    covers = knowledge.directory.covers
    topics = sorted(knowledge.topics.values(), key=lambda topic: topic.id != covers)
    found = ((topic, section) for topic in topics for section in topic.sections if covers in section.covers)
    held = next(found, None)
    return None if held is None or held[0].withdrawn else held


def place_query(m: Message, s: "Signals", state: Conversation) -> PlaceQuery | None:
    """What a message wants of the directory; None where it is about another matter."""
    on = _goes_on(s, state)
    said = None if m.smalltalk is not None else read_places(m.text, s.knowledge, likeness=on)
    if said is None or home(s.knowledge) is None:
        return None
    place = place_meant(said.named, s.knowledge, state.asked_place)
    after: After | None = "another" if _is_anothers(said, m, s, on=on) else None
    if after and _has_topic(said, place, s):
        return None
    if after is None and _is_postal_code(said) and not _troubled(state):
        after = "postal_code"
    if after is None and said.says(*CONSULATE) and (not said.unknown or said.lost):
        place = place or (None if said.lost or state.consulate else place_told(s))
        after = _of_consulate(said, place, s, state)
    elif after is None:
        place = _place_looked_for(said, place, s, state)
        after = "place" if place else _going_on(said, s, state) if on and len(said.words) <= SHORT else None
    towns = tuple(town for one in said.named for town in one.towns)
    return PlaceQuery(after, said.asks, place, towns) if after else None


def place_told(s: "Signals") -> Place | None:
    """Where the person is, as they told it earlier."""
    said = read_places(s.situation.town.value, s.knowledge) if s.situation.town is not None else None
    return place_meant(said.named, s.knowledge) if said is not None else None


def town_known(m: Message, s: "Signals") -> Town | None:
    """The one town abroad that a message leads to by "en", else the one that was told earlier."""
    said = read_places(m.text, s.knowledge)
    place = (place_meant(said.led, s.knowledge) if said is not None else None) or place_told(s)
    towns = told_apart(place, s.knowledge) if place is not None and place.region is None else ()
    return towns[0] if len(towns) == 1 else None


def _is_anothers(said: Said, m: Message, s: "Signals", *, on: bool) -> bool:
    """Whether another country's consulate is named, or who asks for theirs is of another country."""
    foreign = s.person.citizen not in MAY_BE_MEXICAN and not said.says("ours")
    consulate = said.says(*CONSULATE)
    asks = bool(said.asks & FINDING) and (consulate or on)
    answers = on and s.state.topic is None and m.person.citizen is not None and not said.unknown
    return said.another or (foreign and (asks or answers or (consulate and not said.unknown)))


def _has_topic(said: Said, place: Place | None, s: "Signals") -> bool:
    """Whether a topic holds other countries' consulates where it is, or another matter is surely meant."""
    best, held = next(iter(s.ranking.candidates), None), home(s.knowledge)
    if best is None or held is None:
        return False
    directory = s.knowledge.directory
    if best.topic in directory.others_consulates:
        return place is None or place.country is not None
    ours = best.topic in (held[0].id, *directory.business)
    return bool(said.unknown) and s.ranking.verdict == "answer" and not ours


def _is_postal_code(said: Said) -> bool:
    """`77002`, `mi código postal es 90011`, and nothing else that we do not know."""
    return not said.named and [len(word) for word in said.unknown if word.isdigit()] == [POSTAL] and len(said.unknown) == 1


def _of_consulate(said: Said, place: Place | None, s: "Signals", state: Conversation) -> After | None:
    """What a message is after that has a word for a consulate, and whose every other word is known."""
    sure = s.ranking.verdict == "answer"
    if said.bare and place is None and not _troubled(state):
        return "town"
    if sure and Ask.MINE not in said.asks and _is_better_left(said, place, s):
        return None
    if place is not None and (said.asks & FINDING or not _is_everywhere(place, s)):
        return "place"
    if said.lost and (said.asks & FINDING or not sure):
        return "lost"
    if state.consulate and said.asks and not said.named:
        return _of_shown(said, s)
    return "town" if said.asks & FINDING else None


def _is_better_left(said: Said, place: Place | None, s: "Signals") -> bool:
    """What a topic that surely fits answers better: a state of Mexico's own office, an embassy, any emergency line."""
    embassy = said.says("embassy")
    if place is None or place.country is not None:
        return Ask.GUARD in said.asks or embassy
    mexican = any(one.region and one.region.country == MEXICO for one in said.named)
    return bool(place.towns) and (mexican or (embassy and not is_seat(place.towns[0], s.knowledge)))


def _is_everywhere(place: Place, s: "Signals") -> bool:
    """`at every consulate in the US`: a country with so many names no place."""
    return place.region is not None and not place.towns and len(in_region(place.region, s.knowledge)) > MANY


def _place_looked_for(said: Said, place: Place | None, s: "Signals", state: Conversation) -> Place | None:
    """The place of a message that says nothing of a consulate, and means one.

    A town alone where nothing is open; a place said shortly after a consulate, or after what is done at one; where
    somebody is who asks where to go for such a matter: "where do I go, I live in Boise".
    """
    if _troubled(state) or place is None:
        return None
    sure, best = s.ranking.verdict == "answer", next(iter(s.ranking.candidates), None)
    if said.only_places and state.topic is None and not sure and place.towns and s.person.citizen in MAY_BE_MEXICAN:
        return place
    short, ours = len(said.words) <= SHORT and not said.unknown, state.asked_place is not None or state.consulate
    if short and (ours or (_goes_on(s, state) and place.country is None)):
        return place  # in Mexico the business of a topic is done elsewhere; the topic says where
    held = home(s.knowledge)
    about = best is not None and held is not None and best.topic in (held[0].id, state.topic) and _goes_on(s, state)
    if not about or not said.asks & LOOKING or len(said.unknown) > FEW_UNKNOWN or said.lost:
        return None
    led = place_meant(said.led, s.knowledge)
    return led if led is not None and led.country is None and not _is_everywhere(led, s) else None


def _going_on(said: Said, s: "Signals", state: Conversation) -> After | None:
    """A place that answers ours, and that we do not know; a question about the consulate that was shown."""
    if said.unknown:
        return "lost" if state.asked_place is not None and s.ranking.verdict != "answer" else None
    return _of_shown(said, s) if state.consulate and said.asks and not said.named else None


def _of_shown(said: Said, s: "Signals") -> After:
    others = Ask.NEAR in said.asks and not set(s.knowledge.directory.another_one).isdisjoint(said.words)
    return "around" if others else "shown"


def _goes_on(s: "Signals", state: Conversation) -> bool:
    """Whether a place alone may be meant for us: after a consulate, or what is done at one; never in trouble."""
    directory, held = s.knowledge.directory, home(s.knowledge)
    business = held is not None and state.topic in {held[0].id, *directory.business} - {*directory.comes}
    return not _troubled(state) and (business or state.asked_place is not None or state.consulate is not None)


def _troubled(state: Conversation) -> bool:
    """Whether danger is open or asked about, or a question of ours waits: a place is said for that."""
    asked = state.doubt is not None and not state.doubt.closed
    return state.asked_place is None and (state.in_danger or state.flow is not None or asked)
