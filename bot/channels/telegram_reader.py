"""Reads Telegram's updates. The body is anybody's until it proves to be an update: nothing here trusts its types."""

import hmac
import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from telegram import Chat, ChatMember, ChatMemberUpdated, MaybeInaccessibleMessage, Message, Update
from telegram.constants import MessageAttachmentType

from bot.channels.cleaning import clean
from bot.channels.errors import UnreadableError
from bot.channels.rendering import PAYLOAD_BYTES
from bot.conversation import InboundMessage, Kind, Location

NAME = "telegram"

# Only what we read is parsed: a part that this version of the library refuses, as each new version of the Bot API
# brings some, must not lose a message.
_MESSAGE = ("message_id", "date", "edit_date", "chat", "text", "caption", "location")
_PARTS = {
    "message": _MESSAGE,
    "edited_message": _MESSAGE,
    "channel_post": _MESSAGE,
    "callback_query": ("id", "from", "chat_instance", "data", "message"),
    "my_chat_member": ("chat", "from", "date", "old_chat_member", "new_chat_member"),
}
ALLOWED_UPDATES = tuple(_PARTS)

# First present, first taken: a venue has a location too, and of a contact nothing is read.
_KINDS = (
    ("contact", Kind.CONTACT),
    ("location", Kind.LOCATION),
    ("voice", Kind.VOICE),
    ("audio", Kind.VOICE),
    ("video_note", Kind.VOICE),
    ("photo", Kind.PHOTO),
    ("sticker", Kind.STICKER),
    ("text", Kind.TEXT),
)
_CONTENT = frozenset((*MessageAttachmentType, "checklist"))
_KNOWN = frozenset((*MaybeInaccessibleMessage.__slots__, *Message.__slots__, "from"))
_GROUPS = frozenset({Chat.GROUP, Chat.SUPERGROUP, Chat.CHANNEL})
_OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})
_INSIDE = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED})
_COMMAND = re.compile(r"/\w+(?:@(\w+))?")


def authentic(header: str | None, secret: str | None) -> bool:
    """Whether the X-Telegram-Bot-Api-Secret-Token is ours, in constant time; without a secret nothing is."""
    if not header or not secret:
        return False
    return hmac.compare_digest(header.encode("utf-8", "replace"), secret.encode("utf-8", "replace"))


def callback_id(payload: object) -> str | None:
    """What `acknowledge` needs of a tapped button; None for all other updates."""
    query = payload.get("callback_query") if isinstance(payload, dict) else None
    found = query.get("id") if isinstance(query, dict) else None
    return found if isinstance(found, str) else None


def read(payload: object, bot_username: str | None, received_at: datetime) -> InboundMessage | None:
    """The message in an update; None where it is not for us.

    `received_at` (UTC) dates a tap, which carries no date of its own. Raises UnreadableError and nothing else.
    """
    try:
        return _read(payload, bot_username, received_at)
    except Exception as error:  # whatever a forged body makes the parser raise
        # Only the type: the parser's words may hold the person's.
        raise UnreadableError(f"not an update of Telegram ({type(error).__name__})") from None


def _read(payload: object, bot_username: str | None, received_at: datetime) -> InboundMessage | None:
    if not isinstance(payload, dict):
        raise TypeError
    delivery_id = str(_integer(payload["update_id"]))
    parts = {name: _part(payload[name], fields) for name, fields in _PARTS.items() if payload.get(name) is not None}
    update = Update.de_json({"update_id": payload["update_id"], **parts}, None)
    if message := update.message or update.channel_post:
        return _written(message, payload.get("message", ()), delivery_id, bot_username)
    if update.edited_message:
        return _edited(update.edited_message, delivery_id)
    if update.callback_query:
        return _tapped(update, delivery_id, received_at)
    if update.my_chat_member:
        return _membership(update.my_chat_member, delivery_id)
    return None


def _part(part: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    kept = {name: part[name] for name in fields if name in part}
    if kept.get("message") is not None:
        kept["message"] = _part(kept["message"], _MESSAGE)
    return kept


def _written(
    message: Message, names: Iterable[str], delivery_id: str, bot_username: str | None
) -> InboundMessage | None:
    if message.chat.type in _GROUPS:
        spoken_to = _addressed(_words(message), bot_username)
        return _inbound(message.chat, delivery_id, Kind.GROUP, message.date) if spoken_to else None
    kind = _kind(frozenset(names))
    if message.chat.type != Chat.PRIVATE or kind is None:
        return None
    return _with_content(message, delivery_id, kind, message.date)


def _edited(message: Message, delivery_id: str) -> InboundMessage | None:
    """An edited text, or the next point of a live location; dated by the edit, or it would look late."""
    if message.chat.type != Chat.PRIVATE:
        return None
    kind = Kind.LOCATION if message.location else Kind.EDITED
    return _with_content(message, delivery_id, kind, message.edit_date or message.date)


def _tapped(update: Update, delivery_id: str, received_at: datetime) -> InboundMessage | None:
    query = update.callback_query
    if query is None:
        return None
    # A message too old to be shown comes without itself; in private the chat is the person.
    chat = query.message.chat if query.message else Chat(query.from_user.id, Chat.PRIVATE)
    if chat.type != Chat.PRIVATE:
        return None
    payload = clean(_string(query.data), PAYLOAD_BYTES)
    return _inbound(chat, delivery_id, Kind.TAP, received_at, payload=payload)


def _membership(change: ChatMemberUpdated, delivery_id: str) -> InboundMessage | None:
    """Blocked by a person, or added to a group; all other changes are none of ours."""
    old, new = change.old_chat_member.status, change.new_chat_member.status
    if change.chat.type == Chat.PRIVATE:
        return _inbound(change.chat, delivery_id, Kind.BLOCKED, change.date) if new == ChatMember.BANNED else None
    added = change.chat.type in _GROUPS and old in _OUTSIDE and new in _INSIDE
    return _inbound(change.chat, delivery_id, Kind.GROUP, change.date) if added else None


def _with_content(message: Message, delivery_id: str, kind: Kind, sent_at: datetime) -> InboundMessage:
    text = "" if kind is Kind.CONTACT else clean(_words(message))
    location = _location(message) if kind is Kind.LOCATION else None
    return _inbound(message.chat, delivery_id, kind, sent_at, text=text, location=location)


def _inbound(
    chat: Chat,
    delivery_id: str,
    kind: Kind,
    sent_at: datetime,
    text: str = "",
    payload: str = "",
    location: Location | None = None,
) -> InboundMessage:
    if not isinstance(sent_at, datetime):
        raise TypeError
    return InboundMessage(NAME, delivery_id, str(_integer(chat.id)), kind, sent_at, text, payload, location)


def _kind(names: frozenset[str]) -> Kind | None:
    """By what the message holds, also unheard of; None for what Telegram itself says in a chat: pinned, timer set."""
    other = Kind.OTHER if names & _CONTENT or names - _KNOWN else None
    return next((kind for name, kind in _KINDS if name in names), other)


def _addressed(words: str, bot_username: str | None) -> bool:
    """A command for us or for nobody by name, or our name: all else in a group is not said to us."""
    name = (bot_username or "").casefold()
    if command := _COMMAND.match(words):
        return (command[1] or name).casefold() == name
    return bool(name) and re.search(rf"@{re.escape(name)}\b", words.casefold()) is not None


def _words(message: Message) -> str:
    return _string(message.text if message.text is not None else message.caption)


def _location(message: Message) -> Location:
    if message.location is None:
        raise TypeError
    latitude, longitude = float(message.location.latitude), float(message.location.longitude)
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError
    return Location(latitude, longitude)


def _string(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError
    return value


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
        raise TypeError
    return value
