"""An open danger: the facts of it that a protocol walks over (principle P1). Data only."""

from datetime import datetime
from typing import Any, Literal

from bot.conversation.person import Remembered
from knowledge.schema.base import Level

Who = Literal["own", "other", "both", "unknown"]
DangerState = Literal["asked", "open", "handed", "over"]
Reader = Literal["none", "may_read", "reading"]


class Below(Remembered):
    """A danger that stays open below a more pressing one."""

    category: str
    kind: str | None = None
    who: Who = "unknown"


class OpenDanger(Remembered):
    """Each fact is set by words of the person alone, and each can be put right."""

    category: str
    level: Level
    kind: str | None = None
    """Of the category's kinds; None where none was recognised."""
    who: Who = "unknown"
    leans: float = 0.0
    """How much what was told in it since is of the writer, above 0, or of somebody else."""
    state: DangerState = "open"
    danger_at: str | None = None
    """Country code of where the danger is, where it was told."""
    nationality: str | None = None
    """ISO code of the one in danger, where that is somebody else; ZZ for a foreigner."""
    far: Literal["place", "country"] | None = None
    """The writer is in another place of the same country, or in another country, than the danger."""
    reader: Reader = "none"
    """Whether somebody else may read the phone, or writes with it."""
    given: tuple[str, ...] = ()
    """Ids of the lines and contacts that were said, the oldest first."""
    heard: tuple[str, ...] = ()
    """Ids of the readings that were heard in it."""
    told: str = ""
    """The words that opened it, or that a check asked about."""
    below: tuple["Below", ...] = ()
    """Dangers that were open when this one was told, and still are, the newest last."""
    asked: str | None = None
    """The id of our open question in this danger."""
    denials: int = 0
    """How often in a row it was denied."""
    idle: int = 0
    """Turns in a row without an act."""
    kept_question: str | None = None
    """The ordinary question to be answered after a "no", or once the first things are done."""
    rule: str = ""
    erased: bool = False
    """The person had all else erased; what is left goes a day after `opened_at`."""
    opened_at: datetime
    heard_at: datetime

    def bare(self, now: datetime) -> "OpenDanger":
        """What is left after /borrar: what it takes to go on answering, of nobody's words."""
        kept = {"category": self.category, "level": self.level, "state": self.state, "reader": self.reader}
        kind = self.kind if self.reader != "none" else None
        return OpenDanger(**kept, kind=kind, erased=True, opened_at=now, heard_at=now)

    def as_below(self) -> Below:
        """It as one that stays open below another."""
        return Below(category=self.category, kind=self.kind, who=self.who)

    def having(self, **changes: Any) -> "OpenDanger":
        """A copy with these fields changed."""
        return self.model_copy(update=changes)
