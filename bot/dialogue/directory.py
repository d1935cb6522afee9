"""What the directory decides to say: what is nearest of a kind, several, where the person is, or why there is none."""

from dataclasses import replace
from typing import Any

from bot.conversation import Conversation, Outcome, ReplyKind
from bot.dialogue.decision import AskPlace, Consulates, Decision, ForOthers, Nearest, Section
from bot.dialogue.message import Message
from bot.dialogue.person.gazetteer import Town, key
from bot.dialogue.places import nearest
from bot.dialogue.places.words import MEXICO, SERVED, Place, Said, read_places
from bot.dialogue.signals import Signals
from knowledge import offices
from knowledge.model import Knowledge
from knowledge.schema.directory import CONSULATE, Ask, PlaceKind, Region
from knowledge.schema.topics import Aspect, Topic
from knowledge.schema.topics import Section as Told

NEAREST_IN = (*SERVED, "PR", None)
"""Where a person may be whose nearest consulate the directory holds; None: they did not say."""
WHOLE_COUNTRY = "US-ANY"
"""A region too large to list its consulates."""
OUTCOMES = {ReplyKind.CLARIFY: Outcome.CLARIFY, ReplyKind.QUESTION: Outcome.QUESTION}
"""What comes of a question of ours; of all else an answer."""


def home(knowledge: Knowledge, kind: PlaceKind) -> tuple[Topic, Told] | None:
    """The topic and section that tell of a kind; None where the topic was withdrawn."""
    name, _, section = kind.answers[0].partition("/")
    topic = knowledge.topics.get(name)
    return None if topic is None or topic.withdrawn else (topic, topic.section_or_first(section))


def kind_open(s: Signals, state: Conversation) -> PlaceKind | None:
    """The kind with which a town alone goes on: of the last answer, or what its business is done at; not in trouble."""
    if state.asked_place is None and (state.in_danger or state.flow is not None):
        return None
    kinds, known = s.knowledge.place_kinds, s.knowledge.directory
    last = next((kind for kind in kinds.values() if f"{state.topic}/{state.section}" in kind.answers), None)
    business = state.topic in (known.covers, *known.business)
    goes_on = business or state.asked_place is not None or state.consulate is not None
    return last or (kinds[CONSULATE] if goes_on else None)


def place_in(said: Said, kind: PlaceKind, s: Signals, state: Conversation) -> Place | None:
    """The place that is named; an embassy is in the town of a name, not in the state; a whole country is none."""
    place = nearest.place_meant(said.named, s.knowledge, state.asked_place, kind.countries)
    if place is None or place.region is None:
        return place
    if not place.towns:
        return None if place.region.id == WHOLE_COUNTRY else place
    return replace(place, region=None) if said.at("embassy") else place


def place_told(s: Signals, kind: PlaceKind) -> Place | None:
    """Where whom it is for is, as it was told, if any of a kind can be there; else where the writer is."""
    held = s.situation
    towns = (held.matter_town, held.town) if held.town is None or held.for_another else (held.town,)
    read = (read_places(town.value, s.knowledge) for town in towns if town is not None)
    places = [nearest.place_meant(said.named, s.knowledge, served=kind.countries) for said in read if said is not None]
    return next((one for one in places if one is not None and one.country is None), next(reversed(places), None))


def offered_near(m: Message, s: Signals) -> offices.Office | None:
    """The consulate nearest to the one town abroad that a message leads to by "en", else to the one told before."""
    said, kind = read_places(m.text, s.knowledge), offices.consulates(s.knowledge)
    place = (nearest.place_meant(said.led, s.knowledge) if said is not None else None) or place_told(s, kind)
    towns = nearest.told_apart(place, kind, s.knowledge) if place is not None and place.country is None else ()
    return nearest.near_town(towns[0], kind, s.knowledge)[0].office if len(towns) == 1 else None


def said(
    act: Nearest | Consulates | AskPlace, kind: PlaceKind, s: Signals, state: Conversation, **changes: Any
) -> Decision:
    """An act, credited to the open business, else its kind's topic; no consulate for who fears their government."""
    held, best = home(s.knowledge, kind), next(iter(s.ranking.candidates), None)
    if held is None:
        raise KeyError("no topic holds them")
    if s.person.fears_government and kind.at_consulates:
        return Decision(Outcome.CLARIFY, (ForOthers(held[0].id, refuge=True),), why="fears their government")
    business = kind.id == CONSULATE and state.topic in s.knowledge.directory.business
    still = best is not None and business and best.topic == state.topic
    aspect = Aspect.HOURS if isinstance(act, Nearest) and act.asked == Ask.HOURS else Aspect.WHERE
    told = next((one for one in held[0].sections if one.aspect is aspect), held[1])
    topic, section = (best.topic, best.section) if best and still else (held[0].id, told.id)
    outcome = OUTCOMES.get(act.kind, Outcome.ANSWER) if isinstance(act, AskPlace) else Outcome.ANSWER
    why = act.id if isinstance(act, Nearest) else act.key
    kept = {} if business else {"topic": held[0].id, "section": held[1].id}
    asked = {} if isinstance(act, Nearest) else {"asked_place": ""}
    behind = (Section(held[0].id, held[1].id),) if isinstance(act, Nearest) and act.far else ()
    acts = (replace(act, topic=topic, section=section), *behind)
    return Decision(outcome, acts, why, changes={**kept, **asked, **changes})


def ask(key: str, s: Signals, state: Conversation, **how: Any) -> Decision:
    """Where the person is; who is where the directory has no consulate hears that."""
    if s.person.country not in NEAREST_IN:
        return none_in(s.person.country, s, state)
    return said(AskPlace(key, **{"kind": ReplyKind.QUESTION, **how}), offices.consulates(s.knowledge), s, state)


def which_town(s: Signals, state: Conversation) -> Decision:
    """The town and the state."""
    return ask("directory.which_town", s, state, kind=ReplyKind.ANSWER, topics=(s.knowledge.directory.appointments,))


def none_in(country: str | None, s: Signals, state: Conversation) -> Decision:
    """Why there is no consulate in Mexico, or in a country that the directory does not have."""
    kind, known = offices.consulates(s.knowledge), s.knowledge.directory
    if country in known.sections_abroad:
        return Decision(Outcome.ANSWER, (Section(known.covers, known.sections_abroad[country]),), why="abroad")
    if country == MEXICO:
        return said(AskPlace("directory.in_mexico", topics=(known.in_mexico,)), kind, s, state)
    return said(AskPlace("directory.abroad", country=country), kind, s, state)


def at_place(place: Place, kind: PlaceKind, s: Signals, state: Conversation, asked: str = "") -> Decision:
    """What is nearest to a place, a list of them, which place is meant, or why there is none."""
    if place.country is not None:
        return none_in(place.country, s, state)
    towns = nearest.told_apart(place, kind, s.knowledge)
    if len(towns) == 1 and place.region is None:
        return near(towns[0], kind, s, state, asked)
    if not towns and place.region is not None:
        return of_region(place.region, kind, s, state)
    several = tuple(town.id for town in towns)
    region = place.region.id if place.region else None
    which = AskPlace("directory.which", ReplyKind.CLARIFY, towns=several, region=region, of=kind.id)
    return said(which, kind, s, state, asked_place=key(towns[0].name))


def near(town: Town, kind: PlaceKind, s: Signals, state: Conversation, asked: str = "") -> Decision:
    """What is nearest to a town; `asked`: what of it is told apart. IndexError where its country has none."""
    found = nearest.near_town(town, kind, s.knowledge, s.person.citizen)[0]
    far = kind.reach is not None and found.kilometres > kind.reach
    shown = Nearest(found.office.id, asked=asked, town=town.id, of=kind.id, far=far)
    return said(shown, kind, s, state, consulate=found.office.id)


def near_office(name: str, s: Signals, state: Conversation, asked: str = "") -> Decision:
    """A place that was shown or tapped, with what is nearest to its town."""
    office, kind = offices.office_called(name, s.knowledge)
    return near(nearest.seat_of(office, s.knowledge), kind, s, state, asked)


def around(name: str, s: Signals, state: Conversation) -> Decision:
    """Those nearest to the one that was shown: only the person's town says which is nearer."""
    shown, kind = s.knowledge.consulates[name], offices.consulates(s.knowledge)
    others = nearest.near_town(nearest.seat_of(shown, s.knowledge), kind, s.knowledge)[1:]
    return said(Consulates(tuple(one.office.id for one in others), "directory.around", city=shown.city), kind, s, state)


def of_region(region: Region, kind: PlaceKind, s: Signals, state: Conversation, start: int = 0) -> Decision:
    """Those of a state; of none those nearest to its largest town. ValueError where there are no more."""
    seats, largest = nearest.in_region(region, kind, s.knowledge)
    if len(seats) == 1 or (kind.id != CONSULATE and len({seat.geonames for seat in seats}) <= 1):
        return near(nearest.seat_of(seats[0], s.knowledge) if seats else largest, kind, s, state)
    ids = tuple(one.id for one in seats or [near.office for near in nearest.near_town(largest, kind, s.knowledge)])
    if not 0 <= start < len(ids):
        raise ValueError("there is no more")
    key_of_head = "directory.in_state" if seats else "directory.none_in_state"
    return said(Consulates(ids, key_of_head, region=region.id, start=start, of=kind.id), kind, s, state)


def instead(kind: PlaceKind, place: Place | None, s: Signals) -> Decision:
    """What is told, where they are, of what is never listed; where nobody says it, in short by country."""
    here = place and (place.towns[0].region if place.towns else place.region and place.region.id)
    names = offices.told_instead(kind, here or s.person.country or "")
    pages = (name.split("/", 1) for name in names)
    told = tuple(Section(topic, section, short=len(names) > 1) for topic, section in pages)
    return Decision(Outcome.ANSWER, told, why="never listed")


def find_mine(s: Signals, state: Conversation) -> Decision:
    """The consulate of the place that was told earlier, else where the person is."""
    kind = offices.consulates(s.knowledge)
    place = place_told(s, kind)
    return which_town(s, state) if place is None else at_place(place, kind, s, state)
