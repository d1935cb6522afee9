"""Reads what Twilio posts: messages of WhatsApp and SMS, and receipts of ours.

https://www.twilio.com/docs/messaging/guides/webhook-request. Neither ProfileName nor Username is kept.
"""

import math
import re
from collections.abc import Mapping
from datetime import datetime

from bot.channels.cleaning import clean
from bot.channels.errors import UnreadableError
from bot.channels.rendering import PAYLOAD_BYTES
from bot.channels.twilio_errors import outside_window, said
from bot.conversation import InboundMessage, Kind, Location
from bot.conversation.messages import LEAVES_FROM
from bot.conversation.ports import Delivery, Receipt

Fields = Mapping[str, str]

WHATSAPP, SMS = "whatsapp", "sms"
_CHANNELS = {"whatsapp:": WHATSAPP, "": SMS}
"""By the prefix of an address; all others (rcs:, messenger:) are none of ours."""
_ADDRESS = re.compile(r"([a-z]+:)?([+\w.@-]{1,150})")
_PHONE = re.compile(r"(?:whatsapp:)?\+[0-9]{5,18}")
_PERSON_IDS = ("ExternalUserId", "ExternalUserIdentifier", "ParentExternalUserId", "WaId")
"""Who it is where WhatsApp hides the number: the first that is given."""
_ID = re.compile(r"[\x21-\x7e]{1,100}")
_OF_OURS = re.compile(r"[a-z]\|.")
"""How all begins that our buttons carry; others may come from a template that somebody else sent."""

# First found, first taken; of a contact nothing is read. WhatsApp's stickers are the only WebP.
_MEDIA = (
    ("image/webp", Kind.STICKER),
    ("image/", Kind.PHOTO),
    ("audio/", Kind.VOICE),
    ("text/vcard", Kind.CONTACT),
    ("text/x-vcard", Kind.CONTACT),
    ("text/directory", Kind.CONTACT),
)
_TYPES = {
    "audio": Kind.VOICE,
    "contacts": Kind.CONTACT,
    "image": Kind.PHOTO,
    "sticker": Kind.STICKER,
    "video": Kind.OTHER,
    "document": Kind.OTHER,
}
"""MessageType of WhatsApp, also where the media itself could not be fetched."""
_WORDS = {"", "text", "button", "interactive"}
_UNANSWERED = {"reaction"}
_WORDLESS = {Kind.CONTACT, Kind.BLOCKED, Kind.TAP}

_DELIVERIES: dict[str, Delivery] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
    "undelivered": "failed",
    "canceled": "failed",
}
"""Queued, accepted and sending say less than what we know: that Twilio took it."""


def read(fields: Mapping[str, object], received_at: datetime, ours: str = "") -> InboundMessage | None:
    """The message; None where it is not for us. `ours` is our address where none is given.

    `received_at` (UTC) dates it: Twilio sends no date. Raises UnreadableError and nothing else.
    """
    given = _texts(fields)
    message_id = _id(given)
    channel, person = _person(given)
    kind = _kind(given)
    if channel is None or kind is None or given.get("MessageStatus"):
        return None
    leaves_from = _address(given.get("To") or ours)[1]
    return InboundMessage(
        channel,
        message_id,
        f"{person}{LEAVES_FROM}{leaves_from}" if leaves_from else person,
        kind,
        received_at,
        text="" if kind in _WORDLESS else _words(given),
        payload=_payload(given) if kind is Kind.TAP else "",
        location=_location(given) if kind is Kind.LOCATION else None,
        answered_here=not _PHONE.fullmatch(person),
    )


def receipt(fields: Mapping[str, object]) -> Receipt | None:
    """What became of a message that we sent; None where that is nothing new. Raises UnreadableError."""
    given = _texts(fields)
    message_id = _id(given)
    status = given.get("MessageStatus") or given.get("SmsStatus", "")
    delivery = _DELIVERIES.get(status.lower())
    if delivery is None:
        return None
    code = given.get("ErrorCode", "")
    number = int(code) if re.fullmatch("[0-9]{1,6}", code) else 0
    if delivery != "failed":
        return Receipt(message_id, delivery)
    return Receipt(message_id, delivery, said(number) if number else clean(status, 40), outside_window(number))


def _texts(fields: object) -> dict[str, str]:
    """Also of a JSON body, where a number may stand for itself."""
    if not isinstance(fields, Mapping):
        raise UnreadableError("not an object")
    wrong = [value for value in fields.values() if not isinstance(value, str | int | float | None)]
    if wrong:
        raise UnreadableError("a value that is no text")
    return {str(name): "" if value is None else str(value) for name, value in fields.items()}


def _id(given: Fields) -> str:
    found = given.get("MessageSid") or given.get("SmsMessageSid") or given.get("SmsSid", "")
    if not _ID.fullmatch(found):
        raise UnreadableError("a message without its id")
    return found


def _person(given: Fields) -> tuple[str | None, str]:
    """Channel and address: the phone, else the id that WhatsApp gives where a person hides it."""
    sender = given.get("From", "")
    other = next((given[name] for name in _PERSON_IDS if given.get(name)), "")
    hidden = not sender or (sender.startswith("whatsapp:") and not _PHONE.fullmatch(sender))
    if hidden and other:
        sender = other if ":" in other else f"whatsapp:{other}"
    prefix, address = _address(sender)
    if not address:
        raise UnreadableError("a message from nobody")
    return _CHANNELS.get(prefix), address


def _address(value: str) -> tuple[str, str]:
    """Its prefix, and the whole of it."""
    found = _ADDRESS.fullmatch(value)
    if value and not found:
        raise UnreadableError("not an address")
    return (found[1] or "", value) if found else ("", "")


def _kind(given: Fields) -> Kind | None:
    type_ = given.get("MessageType", "").lower()
    if given.get("OptOutType", "").upper() == "STOP":
        return Kind.BLOCKED
    if type_ in _UNANSWERED:
        return None
    if _OF_OURS.match(_payload(given)):
        return Kind.TAP
    if given.get("Latitude") and given.get("Longitude"):
        return Kind.LOCATION
    if given.get("NumMedia", "0") not in ("", "0"):
        media = given.get("MediaContentType0", "").lower()
        return next((kind for start, kind in _MEDIA if media.startswith(start)), _TYPES.get(type_, Kind.OTHER))
    if type_ in _TYPES:
        return _TYPES[type_]
    return Kind.TEXT if _words(given) or type_ in _WORDS else Kind.OTHER


def _payload(given: Fields) -> str:
    return clean(given.get("ButtonPayload") or given.get("ListId", ""), PAYLOAD_BYTES)


def _words(given: Fields) -> str:
    return clean(given.get("Body") or given.get("ButtonText") or given.get("ListTitle", ""))


def _location(given: Fields) -> Location:
    try:
        latitude, longitude = float(given["Latitude"]), float(given["Longitude"])
    except ValueError:
        raise UnreadableError("a place that is nowhere") from None
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise UnreadableError("a place that is nowhere")
    return Location(latitude, longitude)
