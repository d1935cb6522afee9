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
