"""A conversation that a person must look at. Data only: `bot.handoff` decides, storage keeps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from bot.conversation.events import CaseReason
from bot.conversation.messages import Location
from knowledge.schema.base import Level

CaseStatus = Literal["open", "claimed", "resolved"]
CaseOutcome = Literal["helped", "referred", "unreachable", "not_needed", "other"]


@dataclass(frozen=True, slots=True)
class Case:
    """One escalation; a conversation has at most one that is not resolved."""

    id: UUID
    conversation_id: UUID
    level: Level
    reason: CaseReason
    opened_at: datetime
    """When it was opened, or opened again: since then somebody waits."""
    category: str | None = None
    """None where no danger opened it; the level is priority then."""
    status: CaseStatus = "open"
    rule: str = ""
    words: str = ""
    """What weighed, for the operator."""
    country: str | None = None
    claimed_by: str | None = None
    """The operator's name; stays when it is resolved."""
    claimed_at: datetime | None = None
    answered_at: datetime | None = None
    """The first answer of a person."""
    resolved_at: datetime | None = None
    outcome: CaseOutcome | None = None
    note: str | None = None
    place: Location | None = None
    left: bool = False
    """The person left the chat: nothing can be sent until they write again."""
    in_time: bool = True
    """False once a claim ran out without an answer: it goes before others of its level, until it is answered."""
    awaited_since: datetime | None = None
    """Since when the person waits for the holder's next word; None where nobody holds it, or it is their own turn."""
    heard_at: datetime | None = None
    """When the person last wrote while it was not resolved."""
    follow_up: bool = False
    """Resolved, but somebody should ask again how it went."""
    labels: tuple[str, ...] = ()
    call_back_at: datetime | None = None
    """An hour that is safe for the person: then the case is first of its level, until somebody answers."""
    counts_from: datetime | None = None
    """From when the queue counts its waiting: the more speaks for it, the earlier. None: from `opened_at`."""
    source: bytes | None = None
    """A keyed hash of the network or account that it came from, so that a flood can be told and blocked."""
    grouped_under: UUID | None = None
    """The case of the same network behind which it stands in the queue; None: it stands there itself."""
    version: int = 1
    """Counts its changes, so that nobody acts on what is no longer so."""
