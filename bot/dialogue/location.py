"""A shared or typed location: repeated as decimal degrees, to read to the emergency operator."""

import re
from datetime import timedelta
from typing import Any

from bot.conversation import Kind, Location, Outcome, PlaceGiven, Reply, ReplyKind, Turn
from bot.dialogue.hearing import Hearing
from bot.texts import say

LIVE_FOR = timedelta(minutes=30)
"""How long a live location moves on in silence."""
_TYPED = re.compile(r"(?<![\d.])(-?\d{1,2}\.\d{2,})[°º]?\s*[NnSs]?\s*[,;/ ]\s*(-?\d{1,3}\.\d{2,})[°º]?\s*([WwOo]\b)?")
"""Latitude and longitude in degrees, with a point; west of Greenwich by a minus or a letter."""
NORTH, WEST = 90, 180


def shared_place(hearing: Hearing) -> Location | None:
    """The place that the message shares."""
    return hearing.message.location if hearing.message.kind is Kind.LOCATION else None


def typed_place(text: str) -> Location | None:
    """The place that a message writes out in degrees: `31.81, -111.90`."""
    found = _TYPED.search(text)
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    longitude = -abs(longitude) if found[3] else longitude
    return Location(latitude, longitude) if abs(latitude) <= NORTH and abs(longitude) <= WEST else None


def repeat_typed(hearing: Hearing) -> Turn | None:
    """A place typed in danger: repeated like a shared one, whatever else the message says."""
    state = hearing.conversation
    place = typed_place(hearing.text)
    if place is None or state.claimed or all(told.over for told in state.told):
        return None
    return hearing.turn(
        Outcome.URGENT,
        place_to_read(place, hearing),
        events=(PlaceGiven(place.latitude, place.longitude),),
        offered=state.offered,
    )


def place_to_read(place: Location, hearing: Hearing) -> Reply:
    """The degrees to read to the emergency operator."""
    return Reply(ReplyKind.HELP, _with_degrees("location.danger", place, hearing))


def _with_degrees(words: str, place: Location, hearing: Hearing) -> str:
    degrees = f"{place.latitude:.5f}, {place.longitude:.5f}"
    return hearing.fill(say(words, hearing.lang, degrees=degrees))


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
    kept: dict[str, Any] = {"offered": state.offered, "located_at": hearing.now}
    if state.told or state.case is not None:
        return hearing.turn(Outcome.URGENT, place_to_read(place, hearing), events=given, **kept)
    reply = Reply(ReplyKind.QUESTION, _with_degrees("location.calm", place, hearing))
    return hearing.turn(Outcome.QUESTION, reply, **kept)
