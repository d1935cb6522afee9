"""An open danger: the facts of it that a protocol walks over (principle P1). Data only."""

from datetime import datetime
from typing import Literal

from bot.conversation.person import Remembered
from knowledge.schema.base import Level

Who = Literal["own", "other", "both", "unknown"]
DangerState = Literal["asked", "open", "handed", "over"]
Reader = Literal["none", "may_read", "reading"]
Obstacle = Literal["signal", "credit", "voice", "fear", "none"]


class OpenDanger(Remembered):
    """Each fact is set by words of the person alone, and each can be put right."""

    category: str
    level: Level
    kind: str | None = None
    """Of the category's kinds; None where none was recognised."""
    who: Who = "unknown"
    state: DangerState = "open"
    danger_at: str | None = None
    """Country code of where the danger is, where it was told."""
    voice: bool = True
    """False: the person cannot speak aloud."""
    obstacle: Obstacle = "none"
    given: tuple[str, ...] = ()
    """Ids of the lines and contacts that were said, the oldest first."""
    asked: str | None = None
    """The id of our open question in this danger."""
    denials: int = 0
    """How often in a row it was denied."""
    idle: int = 0
    """Turns in a row without an act."""
    kept_question: str | None = None
    """The ordinary question to be answered after a "no", or once the first things are done."""
    rule: str = ""
    opened_at: datetime
    heard_at: datetime
