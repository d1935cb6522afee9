"""Policy 10: a consulate or its place is asked for, our question where the person is is answered, or a place is shared."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.conversation import Conversation, Kind, NotUnderstood, Outcome, PlaceGiven, ReplyKind
from bot.dialogue.decision import Decision, Place, Say
from bot.dialogue.message import Message
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.places import answers
from bot.dialogue.places.nearest import seat_of
from bot.dialogue.places.nearest import Place as Meant
from bot.dialogue.places.words import MEXICO
from bot.dialogue.rendering.buttons import menu_choices
from bot.dialogue.signals import Signals
from bot.dialogue.signals.places import PlaceQuery, home, place_query

LIVE_FOR = timedelta(minutes=30)
"""How long a live location moves on in silence."""
OUT_OF_REACH = 150.0
"""Kilometres to the nearest known town from which a shared place is in another country, or at sea."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the directory says of it; None where the message is about another matter."""
    if m.inbound.kind is Kind.LOCATION:
        return _located(m, s, state)
    query = place_query(m, s, state)
    return None if query is None else SAID[query.after](query, m, s, state)


def _another(query: PlaceQuery, m: Message, s: Signals, state: Conversation) -> Decision:
    """The directory is of Mexico's alone; who fears their government is not sent to theirs."""
    if s.person.fears_government:
        return answers.which_town(s, state)
    act = Say("directory.anothers", ReplyKind.FALLBACK, choices=menu_choices(s.knowledge, s.lang))
    noted = NotUnderstood(m.text, m.lang)
    return Decision(Outcome.FALLBACK, (act,), why="another country's consulate", events=(noted,))


def _place(query: PlaceQuery, m: Message, s: Signals, state: Conversation) -> Decision:
    return answers.at_place(query.place or Meant(), s, state, query.asks, query.towns)


def _shown(query: PlaceQuery, m: Message, s: Signals, state: Conversation) -> Decision:
    office = s.knowledge.consulates[state.consulate or ""]
    return answers.near(seat_of(office, s.knowledge), s, state, query.asks)


SAID: Mapping[str, Callable[[PlaceQuery, Message, Signals, Conversation], Decision]] = {
    "place": _place,
    "town": lambda query, m, s, state: answers.which_town(s, state),
    "lost": lambda query, m, s, state: answers.ask("not_found", s, state),
    "postal_code": lambda query, m, s, state: answers.ask("no_postal_codes", s, state),
    "another": _another,
    "around": lambda query, m, s, state: answers.around(s, state),
    "shown": _shown,
}


def _located(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A place shared in calm: the consulate nearest to it, where it was asked for; a live one moves on in silence."""
    place = m.inbound.location
    if place is None:
        return None
    given = (PlaceGiven(place.latitude, place.longitude),) if state.case is not None else ()
    if state.asked_place is not None and home(s.knowledge) is not None:
        town, away = gazetteer_of(s.knowledge).nearest(place.latitude, place.longitude)
        if away > OUT_OF_REACH:
            return answers.at_place(Meant(country=""), s, state, frozenset(), ())
        if town.country == MEXICO:
            return answers.at_place(Meant(country=MEXICO), s, state, frozenset(), ())
        return answers.near_shared(s, state, place.latitude, place.longitude, town.country)
    if state.located_at is not None and s.now - state.located_at < LIVE_FOR:
        return Decision(Outcome.SILENT, why="a live location", events=given)
    act = Place(place.latitude, place.longitude, in_danger=state.in_danger or state.case is not None)
    return Decision(Outcome.QUESTION, (act,), why="a shared place", events=given, changes={"located_at": s.now})
