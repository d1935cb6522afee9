"""What the directory decides to say: one consulate, several, where the person is, or why there is none."""

from dataclasses import replace
from typing import Any

from bot.conversation import Conversation, Outcome, ReplyKind
from bot.dialogue.decision import AskPlace, Consulate, Consulates, Decision, ForOthers
from bot.dialogue.message import Message
from bot.dialogue.person.gazetteer import Town, gazetteer_of, key
from bot.dialogue.places.nearest import Place, around_region, in_region, near_town, seat_of, told_apart
from bot.dialogue.places.words import MEXICO
from bot.dialogue.signals import Signals
from bot.dialogue.signals.places import NEAREST_IN, home, place_told
from knowledge.schema.directory import Ask, Region
from knowledge.schema.topics import Aspect

OUTCOMES = {ReplyKind.CLARIFY: Outcome.CLARIFY, ReplyKind.QUESTION: Outcome.QUESTION}
"""What comes of a question of ours; of all else an answer."""


def said(act: Consulate | Consulates | AskPlace, s: Signals, state: Conversation, **changes: Any) -> Decision:
    """An act, credited to the business that is still open, else to the topic of the consulates.

    Nobody who fears their government is sent to a consulate, nor offered one.
    """
    held, best = home(s.knowledge), next(iter(s.ranking.candidates), None)
    if held is None:
        raise KeyError("no topic holds the consulates")
    if s.person.fears_government:
        return Decision(Outcome.CLARIFY, (ForOthers(held[0].id, refuge=True),), why="fears their government")
    business = state.topic in s.knowledge.directory.business
    still = best is not None and business and best.topic == state.topic
    aspect = Aspect.HOURS if isinstance(act, Consulate) and act.asked == Ask.HOURS else Aspect.WHERE
    told = next((one for one in held[0].sections if one.aspect is aspect), held[1])
    topic, section = (best.topic, best.section) if best and still else (held[0].id, told.id)
    outcome = OUTCOMES.get(act.kind, Outcome.ANSWER) if isinstance(act, AskPlace) else Outcome.ANSWER
    why = act.id if isinstance(act, Consulate) else act.key
    kept = {} if business else {"topic": None, "section": None}
    asked = {} if isinstance(act, Consulate) else {"asked_place": ""}
    return Decision(outcome, (replace(act, topic=topic, section=section),), why, changes={**kept, **asked, **changes})


def ask(act: AskPlace, s: Signals, state: Conversation) -> Decision:
    """Where the person is; who is where the directory has no consulate hears that."""
    return said(act, s, state) if s.person.country in NEAREST_IN else none_in(s.person.country, s, state)


def which_town(s: Signals, state: Conversation) -> Decision:
    """The town and the state."""
    return ask(AskPlace("directory.which_town", topics=(s.knowledge.directory.appointments,)), s, state)


def none_in(country: str | None, s: Signals, state: Conversation) -> Decision:
    """Why there is none in Mexico, or in a country that the directory does not have."""
    if country == MEXICO:
        return said(AskPlace("directory.in_mexico", topics=(s.knowledge.directory.in_mexico,)), s, state)
    return said(AskPlace("directory.abroad", country=country), s, state)


def at_place(place: Place, s: Signals, state: Conversation, asked: str = "") -> Decision:
    """The consulate of a place, a list of them, which place is meant, or why there is none."""
    if place.country is not None:
        return none_in(place.country, s, state)
    towns = told_apart(place, s.knowledge)
    if len(towns) == 1 and place.region is None:
        return near(towns[0], s, state, asked)
    if not towns and place.region is not None:
        return of_region(place.region, s, state)
    several = tuple(town.id for town in towns)
    which = AskPlace(
        "directory.which", ReplyKind.CLARIFY, towns=several, region=place.region.id if place.region else None
    )
    return said(which, s, state, asked_place=key(towns[0].name))


def near(town: Town, s: Signals, state: Conversation, asked: str = "") -> Decision:
    """The consulate nearest to a town; `asked`: what of it is told apart."""
    found = near_town(town, s.knowledge)[0].consulate.id
    return said(Consulate(found, asked=asked, town=town.id), s, state, consulate=found)


def around(s: Signals, state: Conversation) -> Decision:
    """Those nearest to the one that was shown: only the person's town says which is nearer."""
    shown = s.knowledge.consulates[state.consulate or ""]
    others = tuple(one.consulate.id for one in near_town(seat_of(shown, s.knowledge), s.knowledge)[1:])
    return said(Consulates(others, "directory.around", city=shown.city), s, state)


def of_region(region: Region, s: Signals, state: Conversation, start: int = 0) -> Decision:
    """The consulates of a state; of none those nearest to its largest town. ValueError where there are no more."""
    seats = in_region(region, s.knowledge)
    if len(seats) == 1:
        return near(seat_of(seats[0], s.knowledge), s, state)
    ids = tuple(seat.id for seat in seats or around_region(region, s.knowledge))
    if not 0 <= start < len(ids):
        raise ValueError("there is no more")
    key_of_head = "directory.in_state" if seats else "directory.none_in_state"
    return said(Consulates(ids, key_of_head, region=region.id, start=start), s, state)


def show_consulate(m: Message, s: Signals, state: Conversation, consulate: str, what: str = "") -> Decision:
    """A tapped consulate, or its sources."""
    office = s.knowledge.consulates[consulate]
    return near(seat_of(office, s.knowledge), s, state, "sources" if what == "o" else "")


def show_region(m: Message, s: Signals, state: Conversation, region: str, start: str = "0") -> Decision:
    """The consulates of a tapped state."""
    return of_region(s.knowledge.regions[region], s, state, int(start))


def show_town(m: Message, s: Signals, state: Conversation, town: str) -> Decision:
    """The consulate nearest to a tapped town."""
    return near(gazetteer_of(s.knowledge).towns[int(town)], s, state)


def find_mine(m: Message, s: Signals, state: Conversation, _where: str) -> Decision:
    """The consulate of the place that was told earlier, else where the person is."""
    place = place_told(s)
    return which_town(s, state) if place is None else at_place(place, s, state)
