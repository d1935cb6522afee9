"""The web page as a channel: a form is read, and what is sent waits in the transcript until the page asks for it."""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256

from bot.channels.cleaning import clean
from bot.channels.errors import UnreadableError
from bot.channels.rendering import PAYLOAD_BYTES
from bot.conversation import InboundMessage, Kind, Lang, Location, Reply
from bot.conversation.ports import Capabilities

NAME = "web"
LEAVE = "c|leave"
"""What the button would carry that does as /salir."""
LANGS: tuple[Lang, ...] = ("es", "en")
_ONCE = re.compile(r"[\w-]{8,100}", re.ASCII)


class WebChannel:
    """Nothing travels and nothing can fail: `send` only says so."""

    name = NAME
    # A page scrolls and wraps: no text is split, every choice is a button.
    capabilities = Capabilities(text_limit=100_000, buttons=100, label_limit=1_000)

    async def send(self, address: str, reply: Reply) -> str:
        """The reply stands in the transcript already; a page has no message ids."""
        return ""

    def read(
        self, form: Mapping[str, str], session: str, received_at: datetime, network: str = ""
    ) -> InboundMessage | None:
        """What was sent with the form; None where nothing was said. Raises UnreadableError."""
        once = form.get("once", "")
        if not _ONCE.fullmatch(once):
            raise UnreadableError("the form has no number of its own")
        # Of this session alone: nobody can use up another person's number.
        delivery_id = sha256(f"{session}\0{once}".encode()).hexdigest()
        text = clean(form.get("text", "")).strip()
        payload = clean(form.get("payload", ""), PAYLOAD_BYTES)
        lang = next((lang for lang in LANGS if lang == form.get("speaks")), None)
        said = partial(InboundMessage, NAME, delivery_id, session, sent_at=received_at, lang=lang, network=network)
        if form.get("latitude"):
            return said(kind=Kind.LOCATION, location=_location(form))
        if payload:
            return said(kind=Kind.TAP, payload=payload)
        if text:
            return said(kind=Kind.TEXT, text=text)
        return None

    def goodbye(self, session: str, received_at: datetime) -> InboundMessage:
        """What stands for a person who left the page in a hurry."""
        delivery_id = sha256(f"{session}\0goodbye".encode()).hexdigest()
        return InboundMessage(NAME, delivery_id, session, Kind.TAP, received_at, payload=LEAVE)


def _location(form: Mapping[str, str]) -> Location:
    try:
        latitude, longitude = float(form["latitude"]), float(form["longitude"])
    except (KeyError, ValueError):
        raise UnreadableError("not a place") from None
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise UnreadableError("not a place on earth")
    return Location(latitude, longitude)
