"""Policy 9: a place of help is asked for, we are told where the person is, or a place is shared."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.conversation import Conversation, Kind, Location, NotUnderstood, Outcome, PlaceGiven, ReplyKind
from bot.dialogue import decision as acts
from bot.dialogue.decision import AskPlace, Decision, Say
from bot.dialogue.directory import around, ask, at_place, near, near_office, none_in, which_town
from bot.dialogue.message import Message
from bot.dialogue.places.nearest import Place, consulates, town_at
from bot.dialogue.places.words import MEXICO
from bot.dialogue.rendering.words import menu_choices
from bot.dialogue.signals import Signals
from bot.dialogue.signals.places import After, PlaceQuery, kind_open, place_query
from knowledge.schema.directory import Ask

LIVE_FOR = timedelta(minutes=30)
"""How long a live location moves on in silence."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the directory says of it; None where the message is about another matter."""
    if m.inbound.kind is Kind.LOCATION and m.inbound.location is not None:
        return _located(m.inbound.location, s, state)
    query = place_query(m, s, state)
    return None if query is None else SAID[query.after](query, s, state)


def _place(query: PlaceQuery, s: Signals, state: Conversation) -> Decision:
    return at_place(query.place or Place(), query.kind or consulates(s.knowledge), s, state, _asked(query))


def _shown(query: PlaceQuery, s: Signals, state: Conversation) -> Decision:
    return near_office(state.consulate or "", s, state, _asked(query))


def _asked(query: PlaceQuery) -> str:
    return Ask.HOURS.value if Ask.HOURS in query.asks else ""


def _anothers(query: PlaceQuery, s: Signals, state: Conversation) -> Decision:
    """The directory is of Mexico's alone; who fears their government is not sent to theirs."""
    if s.person.fears_government:
        return which_town(s, state)
    act = Say("directory.anothers", ReplyKind.FALLBACK, choices=menu_choices(s.knowledge, s.lang))
    noted = NotUnderstood(s.message.text, s.message.lang)
    return Decision(Outcome.FALLBACK, (act,), why="another country's consulate", events=(noted,))


SAID: Mapping[After, Callable[[PlaceQuery, Signals, Conversation], Decision]] = {
    After.PLACE: _place,
    After.TOWN: lambda query, s, state: which_town(s, state),
    After.LOST: lambda query, s, state: ask(AskPlace("directory.not_found", ReplyKind.QUESTION), s, state),
    After.POSTAL_CODE: lambda query, s, state: ask(AskPlace("directory.no_postal_codes", ReplyKind.QUESTION), s, state),
    After.ANOTHERS: _anothers,
    After.SHOWN: _shown,
    After.AROUND: lambda query, s, state: around(s, state),
}


def _located(place: Location, s: Signals, state: Conversation) -> Decision:
    """A place shared in calm: what is nearest to it, where that was asked for; a live one moves on in silence."""
    given = (PlaceGiven(place.latitude, place.longitude),) if state.case is not None else ()
    if state.asked_place is not None:
        town = town_at(place.latitude, place.longitude, s.knowledge)
        if town is None or town.country == MEXICO:
            return none_in(town.country if town else None, s, state)
        return near(town, consulates(s.knowledge), s, state)
    if state.located_at is not None and s.now - state.located_at < LIVE_FOR:
        return Decision(Outcome.SILENT, why="a live location", events=given)
    kind, town = kind_open(s, state), town_at(place.latitude, place.longitude, s.knowledge)
    if kind is not None and town is not None and town.country in kind.countries and state.case is None:
        found = near(town, kind, s, state)
        return replace(found, changes={**found.changes, "located_at": s.now})
    act = acts.Place(place.latitude, place.longitude, in_danger=state.case is not None)
    return Decision(Outcome.QUESTION, (act,), why="a shared place", events=given, changes={"located_at": s.now})
