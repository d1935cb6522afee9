"""What the admin API takes and gives."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from api.clock import now
from knowledge.schema.base import Level

Status = Literal["open", "claimed", "resolved"]
Outcome = Literal["helped", "referred", "unreachable", "not_needed", "other"]

REPLY_LIMIT = 4000
NOTE_LIMIT = 2000

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _tidied(value: object) -> object:
    """Stripped, with one kind of line end; what is no text is left to the type."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _plain(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("control characters are not allowed")
    return text


def _visible(text: str) -> str:
    # Zero-width characters alone would be refused by every channel, long after the operator has gone on.
    if not any(letter.isprintable() and not letter.isspace() for letter in text):
        raise ValueError("there must be something to read")
    return text


Plain = (AfterValidator(_plain), BeforeValidator(_tidied))
"""Words without control characters."""
ReplyText = Annotated[str, Field(min_length=1, max_length=REPLY_LIMIT), AfterValidator(_visible), *Plain]
Note = Annotated[str, Field(max_length=NOTE_LIMIT), *Plain]


def _tomorrow() -> str:
    """An example that works on the day on which it is read."""
    return (now().replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=1)).isoformat()


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ChangeIn(_In):
    version: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="What you last saw; 409 where the case changed since. Without it: acts on what is."
    )


class ClaimIn(_ChangeIn):
    """Nothing needs to be said."""


class ReleaseIn(_ChangeIn):
    """Why the case goes back to the queue."""

    note: Note | None = Field(default=None, examples=["Mi turno terminó; falta llamar al consulado."])


class TransferIn(_ChangeIn):
    """Who has it from now on."""

    to: Annotated[str, Field(min_length=1, max_length=80)] = Field(examples=["ben"])


class CallBackIn(_ChangeIn):
    """An hour that is safe for the person."""

    at: AwareDatetime | None = Field(
        description="With its offset, at most 60 days ahead; null takes it back",
        json_schema_extra=lambda schema: schema.update(examples=[_tomorrow()]),
    )


class OpenIn(_In):
    """Why somebody must look at a conversation."""

    level: Level = Field(description="A case that is open already is raised to it, never lowered")
    category: Annotated[str, Field(max_length=48)] | None = Field(default=None, examples=["violence"])


class NoteIn(_In):
    """For the other operators."""

    text: Annotated[str, Field(min_length=1, max_length=NOTE_LIMIT), *Plain] = Field(examples=["Habla mixteco."])


class LabelsIn(_ChangeIn):
    """Instead of those it has."""

    labels: Annotated[list[Annotated[str, Field(min_length=1, max_length=40), *Plain]], Field(max_length=8)] = Field(
        examples=[["niños", "visa"]]
    )


class LinkIn(_In):
    """A case about the same person."""

    other: UUID = Field(examples=["5c2f6f0e-8f39-4d8e-a6a5-0d6a3f5f9b11"])


class ReplyIn(_ChangeIn):
    """What the person is to read."""

    text: ReplyText = Field(examples=["Hola, soy Ana. ¿Está usted a salvo ahora?"])


class ResolveIn(_ChangeIn):
    """How it ended."""

    outcome: Outcome
    note: Note | None = Field(default=None, examples=["La atendió el consulado de Tucson."])
    follow_up: bool = Field(default=False, description="Somebody should ask again how it went")


NEXT: Any = Field(description="Send it back as `cursor`; null: this was the last page", examples=["MTIz"])


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Place(_Out):
    """Decimal degrees, WGS 84."""

    latitude: float
    longitude: float


_EXAMPLE: JsonDict = {
    "id": "0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a",
    "conversation_id": "5c2f6f0e-8f39-4d8e-a6a5-0d6a3f5f9b11",
    "category": "lost",
    "level": "critical",
    "status": "claimed",
    "claimed_by": "ana",
    "opened_at": "2026-11-20T09:30:00Z",
    "reason": "danger",
    "answered_at": None,
    "outcome": None,
    "country": "US",
    "left": False,
    "rule": "lost-desert",
    "words": "perdidos desierto agua",
    "place": {"latitude": 31.9, "longitude": -112.8},
    "note": None,
    "resolved_at": None,
    "follow_up": False,
    "labels": ["niños"],
    "call_back_at": None,
    "in_time": True,
    "awaited_since": "2026-11-20T09:31:00Z",
    "heard_at": "2026-11-20T09:30:00Z",
    "version": 2,
}


class Case(_Out):
    """One escalated conversation."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    id: UUID
    conversation_id: UUID
    category: str | None = Field(description="null where no danger opened it")
    level: Level
    status: Status
    claimed_by: str | None
    opened_at: datetime
    reason: str = Field(description="danger, person, weak_answers, failure or operator")
    answered_at: datetime | None
    outcome: str | None
    country: str | None
    left: bool = Field(description="The person left the chat: nothing can be sent until they write again")
    rule: str = Field(description="The rule that read the danger")
    words: str = Field(description="What the rule found; empty in the queue for all but coordinators")
    place: Place | None = Field(
        description="Where somebody in danger said they are, until the case is closed; as `words`"
    )
    note: str | None
    resolved_at: datetime | None
    follow_up: bool
    labels: list[str]
    call_back_at: datetime | None = Field(description="An hour that is safe for the person: then the case goes first")
    in_time: bool = Field(description="False once a claim ran out without an answer: it goes first of its level")
    awaited_since: datetime | None = Field(description="Since when the person waits for the holder's next word")
    heard_at: datetime | None = Field(description="When the person last wrote while it was not resolved")
    more: int = Field(default=0, description="How many cases of the same network stand behind it in the queue")
    version: int = Field(description="Counts its changes; send it back with a change to be refused where it is stale")


class NoteOut(_Out):
    """An internal note."""

    at: datetime
    by: str = Field(examples=["ana"])
    text: str = Field(examples=["Habla mixteco."])


class Danger(_Out):
    """The danger of the conversation as it is now; it may have changed since the case was opened."""

    category: str = Field(examples=["violence"])
    kind: str | None = Field(examples=["threatened"], description="null where no kind was recognised")
    who: Literal["own", "other", "both", "unknown"] = Field(description="Whether it happens to who writes")
    state: Literal["asked", "open", "handed", "over"] = Field(description="handed: others have them in their care")
    reader: Literal["none", "may_read", "reading"] = Field(description="reading: another person may hold the phone")


class WholeCase(BaseModel):
    """A case with all that stands beside it."""

    case: Case
    danger: Danger | None = Field(description="null where the conversation has none")
    danger_in_words: str = Field(examples=["amenaza; le pasa a quien escribe; abierto"], description="Empty: none")
    summary: list[str] = Field(
        description="Three lines: what it is, what they said, where they are and how to talk to them",
        examples=[["perdidos (Crítico), desde hace 3 minutos", "Dijo: «estamos perdidos»", "país: US; por telegram"]],
    )
    to_read_out: list[str] = Field(description="Ten lines to read to CIAM by telephone", examples=[["Lugar: …"]])
    safe_first: bool = Field(description="Ask first whether it is safe to write to them here")
    notes: list[NoteOut]
    linked: list[UUID] = Field(description="Cases about the same person")
    channel: str = Field(examples=["telegram"])
    lang: str | None = Field(examples=["es"])
    reachable: bool = Field(description="False: the person blocked us, or the address is gone, until they write again")
    looked_at: datetime | None = Field(
        description="When the page of somebody who writes by the web last fetched what was said; null: never"
    )
    window_closes_at: datetime | None = Field(
        description="Until when WhatsApp takes free words; later a reply is held until the person writes. null: always"
    )
    local_times: list[AwareDatetime] = Field(
        description="What time it may be where the person is, from west to east, each with its offset; empty: unknown"
    )


class Message(_Out):
    """One line of the transcript."""

    id: int
    direction: Literal["in", "out"]
    author: Literal["person", "bot", "operator"]
    text: str = Field(examples=["estamos perdidos en el desierto"])
    at: datetime
    delivery: str | None = Field(
        examples=["sent"],
        description="null for what came in; queued, held (until the person writes), sent, delivered, read or failed",
    )


class Cases(BaseModel):
    """One page of the queue."""

    items: list[Case]
    next: str | None = NEXT


class Messages(BaseModel):
    """One page of a transcript."""

    items: list[Message]
    next: str | None = NEXT


class Erased(BaseModel):
    """A person is erased."""

    receipt: str = Field(examples=["D-7F3A90C2"], description="To tell them; it says nothing about who it was")
