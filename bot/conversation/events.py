"""What a turn asks the shell to do; the engine itself does nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from knowledge.schema.base import Level

CaseReason = Literal["danger", "person", "weak_answers", "failure", "operator"]
"""`failure`: the engine failed on a message, so nobody knows what it said. `operator`: a person of ours opened it."""


@dataclass(frozen=True, slots=True)
class CaseNeeded:
    """A person must look at this conversation: open a case, or raise the open one."""

    reason: CaseReason
    level: Level
    category: str | None = None
    """None where no danger opened it."""
    rule: str = ""
    words: str = ""
    """What weighed: the words that the rule found, for the operator."""
    country: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceGiven:
    """Somebody in danger shared where they are; it stays in the case, encrypted, until it is closed."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A phrase for the editors; the shell masks numbers, e-mails and CURP before it is kept."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class DeletionConfirmed:
    """Everything of this person is erased now; `receipt` is the code that the person was given."""

    receipt: str
    unasked: bool = False
    """Without the question whether to: another may hold the phone, and what operators wrote stays until the end."""


@dataclass(frozen=True, slots=True)
class LeftConversation:
    """Nothing more is sent until the person writes again."""


@dataclass(frozen=True, slots=True)
class LookAgain:
    """The reminders of this person are looked at then, in place of any earlier look; None: never."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerRated:
    """Whether an answer helped; kept without who said it."""

    topic: str
    section: str
    helped: bool
    lang: str


Event = AnswerRated | LookAgain | CaseNeeded | PlaceGiven | NotUnderstood | DeletionConfirmed | LeftConversation
