"""What the directory decides to say: one consulate, several, where the person is, or why there is none."""

from dataclasses import replace
from typing import Any

from bot.conversation import Conversation, Outcome
from bot.dialogue.decision import AskPlace, Consulate, Consulates, Decision, ForOthers
from bot.dialogue.message import Message
from bot.dialogue.person.gazetteer import Town, gazetteer_of, key
from bot.dialogue.places.nearest import (
    Place,
    in_region,
    largest_town,
    namesake,
    near_town,
    nearest,
    seat_of,
    told_apart,
)
from bot.dialogue.places.words import MEXICO, SERVED
from bot.dialogue.signals import Signals
from bot.dialogue.signals.places import MANY, home, place_told
from knowledge.schema.directory import Ask, Region

PAGE = 3
"""Consulates of a list that are shown at a time."""
NEAREST_IN = (*SERVED, "PR", MEXICO, None)
"""Where a person may be who can be told of a consulate of the directory; None: they did not say."""
OUTCOMES = {
    "directory.which": Outcome.CLARIFY,
    "directory.not_found": Outcome.QUESTION,
    "directory.no_postal_codes": Outcome.QUESTION,
}
"""What comes of a question of ours; of all else an answer."""


def said(act: Consulate | Consulates | AskPlace, s: Signals, state: Conversation, why: str, **changes: Any) -> Decision:
    """An act credited to the business that is open still, else to the topic of the consulates; refuge for who needs it.

    Nobody who fears their government is sent to a consulate, nor offered one.
    """
    held, best = home(s.knowledge), next(iter(s.ranking.candidates), None)
    if held is None:
        raise KeyError("no topic holds the consulates")
    if s.person.fears_government:
        return Decision(Outcome.CLARIFY, (ForOthers(held[0].id, refuge=True),), why="fears their government")
    business = state.topic in s.knowledge.directory.business
    kept = {} if business else {"topic": None, "section": None}
    goes_on = best is not None and business and best.topic == state.topic
    credit = (best.topic, best.section) if best and goes_on else (held[0].id, held[1].id)
    outcome = OUTCOMES.get(getattr(act, "key", ""), Outcome.ANSWER)
    return Decision(outcome, (replace(act, topic=credit[0], section=credit[1]),), why, changes={**kept, **changes})


def ask(line: str, s: Signals, state: Conversation, **of_act: Any) -> Decision:
    """Where the person is; who is where the directory has no consulate hears that."""
    far = s.person.country not in NEAREST_IN
    act = AskPlace("directory.abroad", country=s.person.country) if far else AskPlace(f"directory.{line}", **of_act)
    return said(act, s, state, line, asked_place="")


def which_town(s: Signals, state: Conversation) -> Decision:
    """The town and the state."""
    return ask("which_town", s, state, topics=(s.knowledge.directory.appointments,))


def at_place(place: Place, s: Signals, state: Conversation, asks: frozenset[Ask], ours: tuple[Town, ...]) -> Decision:
    """The consulate of a place, a list of them, which place is meant, or why there is none; `ours`: towns abroad."""
    if place.country is not None:
        mexico = AskPlace("directory.in_mexico", towns=_first(ours), topics=(s.knowledge.directory.in_mexico,))
        act = mexico if place.country == MEXICO else AskPlace("directory.abroad", country=place.country)
        return said(act, s, state, act.key, asked_place="")
    towns = told_apart(place, s.knowledge)
    if len(towns) > 1 or (towns and place.region):
        which = AskPlace("directory.which", towns=tuple(t.id for t in towns), region=place.region and place.region.id)
        return said(which, s, state, "several of a name", asked_place=key(towns[0].name))
    if towns:
        return near(towns[0], s, state, asks, namesake(place, towns[0], s.knowledge))
    return which_town(s, state) if place.region is None else of_region(place.region, s, state)


def _first(towns: tuple[Town, ...]) -> tuple[int, ...]:
    return tuple(town.id for town in towns if town.country in SERVED)[:1]


def near(
    town: Town, s: Signals, state: Conversation, asks: frozenset[Ask] = frozenset(), other: Town | None = None
) -> Decision:
    """The consulate nearest to a town."""
    found = near_town(town, s.knowledge)[0].consulate
    hours = "hours" if Ask.HOURS in asks else ""
    act = Consulate(found.id, asked=hours, town=town.id, also=other.id if other else None)
    return said(act, s, state, "nearest to a town", consulate=found.id)


def near_shared(s: Signals, state: Conversation, latitude: float, longitude: float, country: str) -> Decision:
    """The consulate nearest to the place that was shared."""
    found = nearest(latitude, longitude, country, s.knowledge)[0].consulate
    act = Consulate(found.id, shared=True)
    return said(act, s, state, "nearest to a shared place", consulate=found.id, located_at=s.now)


def around(s: Signals, state: Conversation) -> Decision:
    """Those nearest to the one that was shown: only the person's town says which is nearer."""
    shown = s.knowledge.consulates[state.consulate or ""]
    others = [one.consulate.id for one in near_town(seat_of(shown, s.knowledge), s.knowledge)[1:]]
    act = Consulates(tuple(others[:PAGE]), "directory.around", city=shown.city)
    return said(act, s, state, "others around", asked_place="")


def of_region(region: Region, s: Signals, state: Conversation, start: int = 0) -> Decision:
    """The consulates of a state, three at a time; of none the nearest to its largest town."""
    seats = in_region(region, s.knowledge)
    if len(seats) > MANY:
        return which_town(s, state)
    if len(seats) == 1:
        return near(seat_of(seats[0], s.knowledge), s, state)
    if not 0 <= start < max(1, len(seats)):
        raise ValueError("there is no more")
    around = [one.consulate for one in near_town(largest_town(region, s.knowledge), s.knowledge)[:PAGE]]
    line = "directory.in_state" if seats else "directory.none_in_state"
    ids = tuple(seat.id for seat in seats or around)
    return said(Consulates(ids, line, region=region.id, start=start), s, state, line, asked_place="")


def show_consulate(m: Message, s: Signals, state: Conversation, consulate: str, what: str = "") -> Decision:
    """A tapped consulate, or its sources."""
    office = s.knowledge.consulates[consulate]
    if what != "o":
        return near(seat_of(office, s.knowledge), s, state)
    return said(Consulate(office.id, asked="sources"), s, state, "sources", consulate=office.id)


def show_region(m: Message, s: Signals, state: Conversation, region: str, start: str = "0") -> Decision:
    """The consulates of a tapped state. ValueError where there are no more."""
    return of_region(s.knowledge.regions[region], s, state, int(start))


def show_town(m: Message, s: Signals, state: Conversation, town: str) -> Decision:
    """The consulate nearest to a tapped town."""
    return near(gazetteer_of(s.knowledge).towns[int(town)], s, state)


def find_mine(m: Message, s: Signals, state: Conversation, _where: str) -> Decision:
    """The consulate of the place that was told earlier, else where the person is."""
    place = place_told(s)
    return which_town(s, state) if place is None else at_place(place, s, state, frozenset(), ())
