"""What comes in and what goes out, the same on every channel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.conversation.parts import Block, Part, Span, composed, parts_of
from knowledge.schema.base import Lang, Level

LEAVES_FROM = ">"
"""In an address: before it the person, behind it which of our own addresses they wrote to."""


def person_in(address: str) -> str:
    """The part of an address that is the person's, whichever of our own they wrote to."""
    return address.partition(LEAVES_FROM)[0]


class Kind(StrEnum):
    """What somebody sent."""

    TEXT = "text"
    TAP = "tap"
    LOCATION = "location"
    CONTACT = "contact"
    VOICE = "voice"
    PHOTO = "photo"
    STICKER = "sticker"
    OTHER = "other"
    EDITED = "edited"
    GROUP = "group"
    BLOCKED = "blocked"
    """The person blocked us: nothing can be sent until they write again."""


@dataclass(frozen=True, slots=True)
class Location:
    """Decimal degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message of a person, as the channel read it."""

    channel: str
    delivery_id: str
    """The provider's id; the same message delivered again has the same."""
    address: str
    """Where an answer goes (chat id, phone), behind LEAVES_FROM where it leaves from. Never stored in the clear."""
    kind: Kind
    sent_at: datetime
    """The sender's clock, UTC."""
    text: str = ""
    """The words; of a photo or a file its caption."""
    payload: str = ""
    """What the tapped button carries."""
    location: Location | None = None
    lang: Lang | None = None
    """The language of their app or page, where the channel knows it; their words weigh more."""
    late: bool = False
    """Older, by the sender's clock, than one that was handled before."""
    answered_here: bool = False
    """Its replies go out in the webhook's own answer, so nothing is queued for sending."""
    helped: str = ""
    """The mark of the first bubble that went out past a database that failed, when it came before."""
    network: str = ""
    """Of the web alone: the network that it came from, such as 203.0.113.7/32; only a keyed hash of it is kept."""


class Choice(BaseModel):
    """One button: what it says and what it carries (64 bytes at most)."""

    model_config = ConfigDict(frozen=True)

    label: str
    payload: str


class Document(BaseModel):
    """A file that goes with a reply; only to a channel that TAKES_FILES."""

    model_config = ConfigDict(frozen=True)

    name: str
    content: str


TAKES_FILES = frozenset({"telegram"})
"""Channels on which a file can be sent; on the others a link says where it is."""


class ReplyKind(StrEnum):
    """What a reply is for; channels treat all alike, `predict` leaves some out."""

    HELP = "help"
    CARE = "care"
    """What is said in danger after the help text."""
    CHECK = "check"
    ANSWER = "answer"
    CLARIFY = "clarify"
    QUESTION = "question"
    COMMAND = "command"
    SMALLTALK = "smalltalk"
    FALLBACK = "fallback"
    NOTICE = "notice"
    OPERATOR = "operator"
    KNOCK = "knock"
    """Asks the person to write, so that an operator's reply may follow."""


UNDECORATED = frozenset({ReplyKind.HELP, ReplyKind.CARE, ReplyKind.CHECK})
"""Shown as one plain text everywhere: in danger nothing stands out for who looks over a shoulder."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One bubble, without any channel's formatting."""

    kind: ReplyKind
    text: str
    choices: tuple[Choice, ...] = ()
    template: str = ""
    """What the provider sends instead, where it takes no free words: an approved template's id."""
    document: Document | None = None
    spans: tuple[Span, ...] = ()
    """Which stretch of the text is what; without them, or where they are of another text, it is one plain text."""

    @classmethod
    def of(cls, kind: ReplyKind, blocks: Iterable[Block], choices: tuple[Choice, ...] = ()) -> "Reply":
        """A reply by its parts, a blank line between two unless the second says otherwise; empty ones are left out."""
        text, spans = composed(blocks)
        return cls(kind, text, choices, spans=spans)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What makes up the text, for channels that show more than plain text; empty: it is shown as it stands."""
        return () if self.kind in UNDECORATED else parts_of(self.text, self.spans)


__all__ = [
    "TAKES_FILES",
    "UNDECORATED",
    "Choice",
    "Document",
    "InboundMessage",
    "Kind",
    "Lang",
    "Level",
    "Location",
    "Reply",
    "ReplyKind",
]
