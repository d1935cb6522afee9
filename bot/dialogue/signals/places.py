"""Whether a message asks for a consulate or names a place for one: what it is after, and which place it means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.conversation import Conversation
from bot.dialogue.message import Message
from bot.dialogue.person.gazetteer import Town
from bot.dialogue.places.nearest import Place, in_region, is_seat, place_meant, told_apart
from bot.dialogue.places.reading import Words, read_places
from bot.dialogue.places.vocabulary import MEXICO, Named
from knowledge.schema.directory import Ask
from knowledge.schema.topics import Section, Topic

if TYPE_CHECKING:
    from bot.dialogue.signals.signals import Signals
    from knowledge.model import Knowledge

After = Literal["place", "town", "lost", "postal_code", "another", "around", "shown"]
"""A place that is named or known; the town is to be asked for; a place that we do not know; a postal code; another
country's consulate; those around the one shown; the one shown."""
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
MAY_BE_MEXICAN = (None, MEXICO, "US")
"""Citizenships beside which somebody may be Mexican."""


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """What is asked for; `place` only where it is after one."""

    after: After
    place: Place | None = None
    asks: frozenset[Ask] = frozenset()
    towns: tuple[Town, ...] = ()
    """Towns of ours that are named, for a name that is Mexico's too."""


def home(knowledge: "Knowledge") -> tuple[Topic, Section] | None:
    """The topic and section that hold the consulates: of the covering topic, else of the first that covers it."""
    covers = knowledge.directory.covers
    own = knowledge.topics.get(covers)
    topics = (*((own,) if own else ()), *knowledge.topics.values())
    found = ((topic, section) for topic in topics for section in topic.sections if covers in section.covers)
    topic, section = next(found, (None, None))
    return None if topic is None or section is None or topic.withdrawn else (topic, section)


def place_query(m: Message, s: "Signals", state: Conversation) -> PlaceQuery | None:
    """What a message wants of the directory; None where it is about another matter."""
    said = None if m.smalltalk is not None else read_places(m.text, s.knowledge, likeness=_goes_on(s, state))
    if said is None or home(s.knowledge) is None:
        return None
    if _of_another_country(said, m, s, state):
        return None if _has_topic(said, s) else PlaceQuery("another", asks=said.asks)
    if _is_postal_code(said) and not _troubled(state):
        return PlaceQuery("postal_code")
    place = place_meant(said.named, s.knowledge, state.asked_place)
    if said.consulate and (not said.unknown or said.lost):
        return _of_consulate(said, place, s, state)
    return _looked_for(said, s, state) or _alone(said, place, s, state) or _going_on(said, place, s, state)


def place_told(s: "Signals") -> Place | None:
    """Where the person is, as they told it earlier."""
    town = s.situation.town
    said = read_places(town.value, s.knowledge) if town is not None else None
    return place_meant(said.named, s.knowledge) if said is not None else None


def town_known(m: Message, s: "Signals") -> Town | None:
    """The one town abroad that a message leads to by "en", else the one that was told earlier."""
    said = read_places(m.text, s.knowledge)
    place = place_meant(_led(said), s.knowledge) if said is not None and _led(said) else place_told(s)
    if place is None or place.country is not None or place.region is not None:
        return None
    towns = told_apart(place, s.knowledge)
    return towns[0] if len(towns) == 1 else None


def _led(said: Words) -> Sequence[Named]:
    before = said.knowledge.directory.before_a_place
    return [one for one in said.named if one.region or (one.towns and one.before in before)]


def _query(said: Words, after: After, place: Place | None = None) -> PlaceQuery:
    return PlaceQuery(after, place, said.asks, tuple(town for one in said.named for town in one.towns))


def _of_another_country(said: Words, m: Message, s: "Signals", state: Conversation) -> bool:
    """Whether another country's consulate is named, or who asks for theirs is of another country."""
    if said.anothers or (said.consulate and said.of_another_country and not said.unknown):
        return True
    foreign = (m.person.citizen or s.person.citizen) not in MAY_BE_MEXICAN and not said.at("ours")
    asks = said.asks & FINDING and (said.consulate or _goes_on(s, state))
    answers = _of_directory(state) and m.person.citizen is not None and not said.unknown
    return foreign and bool(asks or (said.consulate and not said.unknown) or answers)


def _has_topic(said: Words, s: "Signals") -> bool:
    """Whether a topic holds that consulate, or another matter is surely meant."""
    best = s.ranking.candidates[0].topic if s.ranking.candidates else None
    directory = s.knowledge.directory
    if best in directory.others_consulates:
        region = s.knowledge.topics[best].region
        places = [one for one in said.named if one.towns or one.region]
        here = {r.id for one in places if (r := one.region)} | {t.region for one in places for t in one.towns}
        return not here or region is None or region in here
    held = home(s.knowledge)
    ours = best in directory.business or (held is not None and best == held[0].id)
    return bool(said.unknown) and s.ranking.verdict == "answer" and not ours


def _is_postal_code(said: Words) -> bool:
    """`77002`, `mi código postal es 90011`, and nothing else that we do not know."""
    unknown = [said.words[at] for at in said.unknown]
    return len(unknown) == 1 and len(unknown[0]) == POSTAL and unknown[0].isdigit() and not said.named


def _of_consulate(said: Words, place: Place | None, s: "Signals", state: Conversation) -> PlaceQuery | None:
    """A message with a word for a consulate, every other word of which is known."""
    theirs = said.bare or said.asks & {Ask.MINE, Ask.NEAR} or (Ask.WHERE in said.asks and not state.consulate)
    if place is None and not said.lost and theirs and not said.at("embassy") and (told := place_told(s)):
        return _query(said, "place", told)
    if said.bare and not _troubled(state):
        return _query(said, "town")
    answered = s.ranking.verdict == "answer"
    if answered and Ask.MINE not in said.asks and _better_left(said, place, s):
        return None
    if place is not None and (said.asks & FINDING or not _is_everywhere(place, s)):
        embassy = said.at("embassy") and place.region and place.towns and is_seat(place.towns[0], s.knowledge)
        return _query(said, "place", replace(place, region=None) if embassy else place)
    if said.lost and (said.asks & FINDING or not answered):
        return _query(said, "lost")
    if place is None and state.consulate and said.asks and not said.named:
        return _query(said, "shown")
    return _query(said, "town") if said.asks & FINDING else None


def _better_left(said: Words, place: Place | None, s: "Signals") -> bool:
    """What a topic that surely fits answers better: a state of Mexico's own office, an embassy, any emergency line."""
    if place is None or place.country is not None:
        return Ask.GUARD in said.asks or bool(said.at("embassy"))
    mexican = any(one.region and one.region.country == MEXICO for one in said.named)
    seat = bool(place.towns) and is_seat(place.towns[0], s.knowledge)
    return (mexican and bool(place.towns)) or (bool(said.at("embassy")) and not seat)


def _is_everywhere(place: Place, s: "Signals") -> bool:
    """`at every consulate in the US`: a country with so many names no place."""
    return place.region is not None and not place.towns and len(in_region(place.region, s.knowledge)) > MANY


def _looked_for(said: Words, s: "Signals", state: Conversation) -> PlaceQuery | None:
    """Who asks where to go for what is done at a consulate, and says where they are: "where do I go, I live in Boise"."""
    best, held = next(iter(s.ranking.candidates), None), home(s.knowledge)
    if best is None or held is None or _troubled(state) or len(said.unknown) > FEW_UNKNOWN or said.lost:
        return None
    about = best.topic == held[0].id or (best.topic == state.topic and _done_there(s, state))
    place = place_meant(_led(said) if said.unknown else said.named, s.knowledge)
    if not about or not said.asks & LOOKING or place is None or place.country is not None or _is_everywhere(place, s):
        return None
    return _query(said, "place", place)


def _alone(said: Words, place: Place | None, s: "Signals", state: Conversation) -> PlaceQuery | None:
    """A town of ours with nothing beside it, and nothing open that it may answer."""
    free = state.topic is None and not _troubled(state) and s.ranking.verdict != "answer"
    served = place is not None and bool(place.towns) and s.person.citizen in MAY_BE_MEXICAN
    return _query(said, "place", place) if said.only_places and free and served else None


def _going_on(said: Words, place: Place | None, s: "Signals", state: Conversation) -> PlaceQuery | None:
    """A place that answers ours or goes on from an answer; a question about the consulate that was shown."""
    if len(said.words) > SHORT or not _goes_on(s, state):
        return None
    if said.unknown:
        open_still = state.asked_place is not None and s.ranking.verdict != "answer"
        return _query(said, "lost") if open_still else None
    if place is not None:
        # In Mexico the business of a topic is done elsewhere; the topic says where.
        return _query(said, "place", place) if _of_directory(state) or place.country is None else None
    if not state.consulate or not said.asks or said.named:
        return None
    others = set(s.knowledge.directory.another_one) & set(said.words)
    return _query(said, "around" if Ask.NEAR in said.asks and others else "shown")


def _of_directory(state: Conversation) -> bool:
    """Whether the last answer was the directory's."""
    return state.asked_place is not None or state.consulate is not None


def _done_there(s: "Signals", state: Conversation) -> bool:
    """Whether the open topic is business of a consulate, and done at its own address."""
    directory = s.knowledge.directory
    return state.topic in directory.business and state.topic not in directory.comes


def _goes_on(s: "Signals", state: Conversation) -> bool:
    """Whether a place alone may be meant for us: after a consulate, or what is done at one; never in trouble."""
    held = home(s.knowledge)
    shown = held is not None and state.topic == held[0].id
    return not _troubled(state) and (_done_there(s, state) or _of_directory(state) or shown)


def _troubled(state: Conversation) -> bool:
    """Whether danger is open or asked about, or a question of ours waits: a place is said for that."""
    asked = state.doubt is not None and not state.doubt.closed
    return state.asked_place is None and (state.in_danger or state.flow is not None or asked)
