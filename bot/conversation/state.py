"""What is remembered of a conversation between two messages."""

from datetime import datetime
from functools import partial
from json import loads
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.conversation.danger import OpenDanger
from bot.conversation.messages import Choice
from bot.conversation.older import upgraded
from bot.conversation.person import Said, Situation, Want
from bot.conversation.reminders import Reminding
from bot.conversation.steps import NEAR, Progress
from knowledge.model import Knowledge
from knowledge.renamed import called_now, renamed
from knowledge.schema.base import Lang, Level

EARLIER = 4
"""Topics that were open before and are remembered."""


class _Remembered(BaseModel):
    # Unknown keys of an older version are dropped, so that no person is stranded by an upgrade.
    model_config = ConfigDict(frozen=True, extra="ignore")


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
    questions_days: int = 30
    """What was said is kept so long; where it became a case, `cases_days` after its end."""
    cases_days: int = 180
    reminds_on: frozenset[str] = frozenset()
    """Channels on which somebody can be written to days later."""
    unanswered_days: int = 90
    """What was not understood, masked."""


class Checklist(_Remembered):
    """What storage says of codes at this moment."""

    code: str = ""
    """One that nobody has, for a checklist that is asked for now."""
    opened: Progress | None = None
    """What the code opens that this message is."""
    refused: bool = False
    """It is a code, and opens nothing."""


class Conversation(_Remembered):
    """The state of one person's conversation. Answers are kept by question id; the position is derived."""

    lang: Lang | None = None
    lang_chosen: bool = False
    """The person asked for this language; messages no longer change it."""
    greeted: bool = False
    left: bool = False
    turns: int = 0
    """Messages of the person that were answered; facts and wants name the turn that told them."""
    heard: tuple[Heard, ...] = ()
    """The last messages of the person, the newest last."""
    heard_at: datetime | None = None
    situation: Situation = Situation()
    wants: tuple[Want, ...] = ()
    """The newest last."""
    said_before: Said = Said()
    danger: OpenDanger | None = None
    doubt: Doubt | None = None
    """The last check, also where other matters were spoken of since."""
    flow: str | None = None
    """The flow whose open question was asked."""
    answers: dict[str, str] = {}
    steps: tuple[Progress, ...] = ()
    """Procedures that were begun, the current one last."""
    reminding: Reminding = Reminding()
    """Reminders that they asked for."""
    watched: bool = False
    """Somebody may have read this phone once, or it was lent: an open matter is not named first."""
    offered: tuple[Choice, ...] = ()
    topic: str | None = None
    section: str | None = None
    earlier: tuple[str, ...] = ()
    """The topics that were open before `topic`, the newest last: after a side question people come back to them."""
    event: str | None = None
    """The calendar event that was shown last."""
    consulate: str | None = None
    """The consulate that was shown last."""
    asked_place: str | None = None
    """We asked in the last turn where the person is: the town whose state is open, "" for any place."""
    located_at: datetime | None = None
    """When a shared place was last repeated; a live location then moves on in silence."""
    until_feedback: int = 0
    """Turns until "¿Le sirvió?" may be asked again."""
    weak: int = 0
    """Weak answers in a row."""
    remark: str = ""
    """The small talk that was answered last; it has another wording, which comes next."""
    case: CaseView | None = None
    """Filled in by storage from the case itself, never stored with the state."""
    desk: Desk = Desk()
    """Filled in by the turn, never stored."""
    checklist: Checklist = Checklist()
    """Filled in by storage, never stored with the state."""

    @property
    def claimed(self) -> bool:
        """Whether a person holds the case, so that the bot keeps silent."""
        return self.case is not None and self.case.claimed

    def having(self, **changes: Any) -> "Conversation":
        """A copy with these fields changed."""
        return self.model_copy(update=changes)

    def called_now(self, knowledge: Knowledge) -> "Conversation":
        """With topics and sections by their ids of today."""
        answered = (one.answer for one in self.wants)
        named = filter(None, (self.topic, *self.earlier, *self.said_before.shown, *answered))
        topics = {one.partition("/")[0] for one in named}
        if topics.isdisjoint(one.partition("/")[0] for one in renamed(knowledge)):
            return self
        now = partial(called_now, knowledge=knowledge)
        opened = now("/".join(filter(None, (self.topic, self.section)))).partition("/")
        wants = tuple(one.model_copy(update={"answer": one.answer and now(one.answer)}) for one in self.wants)
        said = Said(shown=tuple(map(now, self.said_before.shown)))
        earlier = tuple(now(one).partition("/")[0] for one in self.earlier)
        topic, section = opened[0] or None, opened[2] or None
        return self.having(topic=topic, section=section, earlier=earlier, wants=wants, said_before=said)

    @property
    def country(self) -> str | None:
        """Where the writer is, as they told it."""
        return self.situation.country.value if self.situation.country else None

    @property
    def citizen(self) -> str | None:
        """Of which country the writer is; ZZ for a foreigner who did not say of where."""
        return self.situation.nationality.value if self.situation.nationality else None

    @property
    def minor(self) -> bool:
        """Whether the writer is under 18."""
        return self.situation.minor

    @property
    def fears_government(self) -> bool:
        """Whether they fear their government."""
        return self.situation.fears_government

    @property
    def in_danger(self) -> bool:
        """Whether a danger is open."""
        return self.danger is not None and self.danger.state in ("open", "handed")

    @property
    def asked_of_steps(self) -> bool:
        """Whether the last thing that we asked was a question of a procedure: a no answers that one."""
        return bool(self.steps) and self.steps[-1].asked is not None and self.steps[-1].turn == self.turns - 1

    @property
    def near_errand(self) -> bool:
        """Whether a step or a question of an errand was spoken of a few turns ago, and the errand not left."""
        last = self.steps[-1] if self.steps else None
        near = last is not None and not last.paused and self.turns - last.turn <= NEAR
        return near and last is not None and bool(last.step or last.asked)

    @property
    def in_errand(self) -> bool:
        """Whether an errand was spoken of a few turns ago, not left, and not all of it is done."""
        return self.near_errand and not self.steps[-1].over

    def stored(self) -> str:
        """The state as JSON, without what others fill in."""
        return self.model_dump_json(exclude={"case", "desk", "checklist"}, exclude_defaults=True)

    @classmethod
    def restored(cls, stored: str) -> "Conversation":
        """The state that `stored` gave, also by an older version."""
        return cls.model_validate(upgraded(loads(stored)))
