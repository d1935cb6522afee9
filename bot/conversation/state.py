"""What is remembered of a conversation between two messages."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.conversation.danger import OpenDanger
from bot.conversation.messages import Choice
from bot.conversation.person import Said, Situation, Want
from knowledge.schema.base import Lang, Level


class _Remembered(BaseModel):
    # Unknown keys of an older version are dropped, so that no person is stranded by an upgrade.
    model_config = ConfigDict(frozen=True, extra="ignore")


class ToldDanger(_Remembered):
    """A help text that was given."""

    category: str
    level: Level
    at: datetime
    other: bool = False
    """The writer told of somebody else."""
    over: bool = False
    """The writer said that it is over."""
    aside: bool = False
    """The writer has turned to another matter since."""
    phase: str | None = None
    """How far it is, of the phases of its category."""
    said: tuple[str, ...] = ()
    """The lines that were said since, the newest last."""
    promised: bool = False
    """Somebody was on duty when it was said who reads this."""
    own: bool = False
    """The writer said that they are in it."""
    foreign: bool = False
    """The one in it is said to be no Mexican, where that is somebody else."""
    placed: bool = False
    """It was told where it is."""
    where: str | None = None
    """The country where it is, as it was told."""
    sure: bool = False
    """That was told of the danger itself, not of a place beside it."""
    given: tuple[str, ...] = ()
    """The contacts that stood first when its numbers were given last."""
    since: int = 0
    """Turns since any of its numbers was said."""


class Heard(_Remembered):
    """One of the person's last messages, for what is said in several."""

    text: str
    at: datetime


class Doubt(_Remembered):
    """A check that was asked and not answered."""

    category: str
    text: str
    """What it asked about, together with what an earlier one of its kind did."""
    last: str = ""
    """The last message of that."""
    at: datetime
    closed: bool = False
    """It was answered or is too old to weigh what is told; what it asked about may still be answered."""


class CaseView(_Remembered):
    """What the engine may know of the open case."""

    claimed: bool
    category: str | None
    level: Level


class Desk(_Remembered):
    """Who stands behind the chat at this moment."""

    on_duty: bool = False
    """Somebody reads cases now; only then is a person promised."""
    operated_by: str = ""
    opens_at: datetime | None = None
    """When the next shift begins, in the desk's own time zone; None where there are no shifts."""
    public_url: str = ""
    """Where the world reaches us; links lead there."""


class Conversation(_Remembered):
    """The state of one person's conversation. Answers are kept by question id; the position is derived."""

    lang: Lang | None = None
    lang_chosen: bool = False
    """The person asked for this language; messages no longer change it."""
    greeted: bool = False
    left: bool = False
    turns: int = 0
    """Messages of the person that were answered; facts and wants name the turn that told them."""
    situation: Situation = Situation()
    wants: tuple[Want, ...] = ()
    """The newest last."""
    said_before: Said = Said()
    danger: OpenDanger | None = None
    country: str | None = None
    """Where the person said that they are: ISO code."""
    citizen: str | None = None
    """Of which country the person said that they are: ISO code, ZZ for another than Mexico or the United States."""
    minor: bool = False
    fears_government: bool = False
    flow: str | None = None
    """The flow whose open question was asked."""
    answers: dict[str, str] = {}
    checking: str | None = None
    """The category that a check question asked about, while it is what was asked last; `doubt` knows the message."""
    listened: int = 0
    """How many messages since that were neither a yes nor a no."""
    doubt: Doubt | None = None
    """The last check, also where other matters were spoken of since."""
    offered: tuple[Choice, ...] = ()
    topic: str | None = None
    section: str | None = None
    earlier: tuple[str, ...] = ()
    """The topics that were open before `topic`, the newest last: after a side question people come back to them."""
    shown: tuple[str, ...] = ()
    """The sections of `topic` that were shown since it was opened."""
    places: tuple[str, ...] = ()
    """What was answered last, each `topic/section`, the newest last."""
    barred: tuple[str, ...] = ()
    """What of that was said to answer something else."""
    event: str | None = None
    """The calendar event that was shown last."""
    consulate: str | None = None
    """The consulate that was shown last."""
    asked_place: str | None = None
    """We asked in the last turn where the person is: the town whose state is open, "" for any place."""
    told: tuple[ToldDanger, ...] = ()
    heard: tuple[Heard, ...] = ()
    located_at: datetime | None = None
    """When a shared place was last repeated; a live location then moves on in silence."""
    until_feedback: int = 0
    """Turns until "¿Le sirvió?" may be asked again."""
    weak: int = 0
    """Weak answers in a row."""
    remark: str = ""
    """The fixed word of ours that was said last to a remark; it has another wording, which comes next."""
    said: int = 0
    """The checksum of what was said last, so that nobody reads the same twice in a row."""
    case: CaseView | None = None
    """Filled in by storage from the case itself, never stored with the state."""
    desk: Desk = Desk()
    """Filled in by the turn, never stored."""

    @property
    def claimed(self) -> bool:
        """Whether a person holds the case, so that the bot keeps silent."""
        return self.case is not None and self.case.claimed

    def having(self, **changes: Any) -> "Conversation":
        """A copy with these fields changed."""
        return self.model_copy(update=changes)

    def person(self) -> "Conversation":
        """Only who speaks, as if nothing had been said."""
        return Conversation(country=self.country, citizen=self.citizen)

    def stored(self) -> str:
        """The state as JSON, without what others fill in."""
        return self.model_dump_json(exclude={"case", "desk"}, exclude_defaults=True)

    @classmethod
    def restored(cls, stored: str) -> "Conversation":
        """The state that `stored` gave, also by an older version."""
        return cls.model_validate_json(stored)
