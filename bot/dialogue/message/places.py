"""The place that a message shares or writes out in degrees."""

import re

from bot.conversation import Kind, Location
from bot.dialogue.message.message import Message

_TYPED = re.compile(r"(?<![\d.])(-?\d{1,2}\.\d{2,})[°º]?\s*[NnSs]?\s*[,;/ ]\s*(-?\d{1,3}\.\d{2,})[°º]?\s*([WwOo]\b)?")
"""Latitude and longitude in degrees, with a point; west of Greenwich by a minus or a letter."""
NORTH, WEST = 90, 180


def place_in(m: Message) -> Location | None:
    """The shared place, else the one typed in the words."""
    if m.inbound.kind is Kind.LOCATION:
        return m.inbound.location
    found = _TYPED.search(m.text)
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    longitude = -abs(longitude) if found[3] else longitude
    return Location(latitude, longitude) if abs(latitude) <= NORTH and abs(longitude) <= WEST else None
