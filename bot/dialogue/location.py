"""A shared location: repeated as decimal degrees, to read to the emergency operator."""

from datetime import timedelta

from bot.conversation import Kind, Location, Outcome, PlaceGiven, Reply, ReplyKind, Turn
from bot.dialogue.hearing import Hearing
from bot.texts import say

LIVE_FOR = timedelta(minutes=30)
"""How long a live location moves on in silence."""


def shared_place(hearing: Hearing) -> Location | None:
    """The place that the message shares."""
    return hearing.message.location if hearing.message.kind is Kind.LOCATION else None


def just_located(hearing: Hearing) -> bool:
    """Whether a place was repeated a moment ago, so that this one is the same live location moving on."""
    at = hearing.conversation.located_at
    return at is not None and hearing.now - at < LIVE_FOR


def answer_location(hearing: Hearing) -> Turn | None:
    """A shared place: repeated as decimal degrees to read to the emergency operator; kept only in a case."""
    place = shared_place(hearing)
    if place is None:
        return None
    state = hearing.conversation
    given = (PlaceGiven(place.latitude, place.longitude),)
    if just_located(hearing) or state.claimed:
        # A live location moves on in silence, and a person who holds the case sees it there.
        return hearing.turn(Outcome.SILENT, events=given, offered=state.offered)
    in_danger = bool(state.told) or state.case is not None
    degrees = f"{place.latitude:.5f}, {place.longitude:.5f}"
    text = hearing.fill(say("location.danger" if in_danger else "location.calm", hearing.lang, degrees=degrees))
    outcome, kind = (Outcome.URGENT, ReplyKind.HELP) if in_danger else (Outcome.QUESTION, ReplyKind.QUESTION)
    events = given if in_danger else ()
    return hearing.turn(outcome, Reply(kind, text), events=events, offered=state.offered, located_at=hearing.now)
