"""What a policy decides: acts of ours from a closed list, with a reason. Words come later, in `rendering`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation import Choice, Event, Outcome, Progress, ReplyKind
from knowledge.schema.base import Lang, Words
from knowledge.schema.directory import CONSULATE
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import Show


class Act:
    """Something of ours that is said; the closed list of them, each with its renderer, is `RENDERERS`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Line(Act):
    """One line of a protocol by its id (`line.coming`, `kind.heat/first`, `kind.heat/care.1`)."""

    id: str
    then: tuple[str, ...] = ()
    """Ids of what is said behind it in the same bubble."""


@dataclass(frozen=True, slots=True)
class Help(Act):
    """The first words of the open danger: bubble 1 and bubble 2 of its kind, or of its category."""

    category: str
    kind: str | None
    first: tuple[str, ...] = ()
    """Ids of the texts of bubble 1."""
    second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check(Act):
    """One question whether somebody is in danger, with the number in it; `answered`: what is said to a no instead.

    `kind`: what it most likely is, whose brief words follow, for who is.
    """

    category: str
    answered: bool = False
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Place(Act):
    """A shared or typed place, repeated as decimal degrees."""

    latitude: float
    longitude: float
    in_danger: bool


@dataclass(frozen=True, slots=True)
class Section(Act):
    """One section of a topic; `gap`: no section answers this aspect; `short`: its shortest form."""

    topic: str
    section: str
    gap: Aspect | None = None
    short: bool = False
    beside: int = 0  # short, in so many words beside an open danger
    again: bool = False
    """It was asked for once more: given whole although it was shown."""
    head: str = ""
    """Key of the line of `locales` in front ("wants.second": the second of two wants)."""
    lang: Lang | None = None
    """Another language than the conversation's, once."""


@dataclass(frozen=True, slots=True)
class Sources(Act):
    """Where a section, or a term's sentence, comes from, in full."""

    topic: str
    section: str | None = None
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Definition(Act):
    """The sentence of a glossary term, behind the contacts by which it is reached."""

    term: str
    reach: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Events(Act):
    """Events of the forum calendar that answer, first shown first; `next_known`: none answers, this one is near."""

    ids: tuple[str, ...]
    asked: str = ""
    """What was asked of them: an id of the calendar's aspects."""
    offset: int = 0
    next_known: bool = False
    span: str = ""
    """The days that were asked about, as text ("2026-12-01/2026-12-31"); empty: none."""
    head: str = ""
    """Key of the line of `locales` in front ("calendar.elsewhen")."""


@dataclass(frozen=True, slots=True)
class Nearest(Act):
    """What is nearest of a kind; of all three of the directory `topic` and `section` are those that it answers for."""

    id: str
    topic: str = ""
    section: str = ""
    asked: str = ""
    """What of it is told apart: `hours`, `sources`."""
    town: int | None = None
    """The town (GeoNames) to which it is the nearest."""
    of: str = CONSULATE
    """The kind that is looked for."""
    far: bool = False
    """It is out of reach: only how far it is."""
    short: bool = False


@dataclass(frozen=True, slots=True)
class Consulates(Act):
    """Several places by name: those of a state, or around one; `key`: the line of `locales` in front of them."""

    ids: tuple[str, ...]
    key: str
    topic: str = ""
    section: str = ""
    region: str = ""
    city: str = ""
    start: int = 0
    of: str = CONSULATE


@dataclass(frozen=True, slots=True)
class AskPlace(Act):
    """Where the person is, or that no consulate of ours is there; `key`: the line of `locales`."""

    key: str
    kind: ReplyKind = ReplyKind.ANSWER
    topic: str = ""
    section: str = ""
    towns: tuple[int, ...] = ()
    """Towns (GeoNames) to choose from."""
    region: str | None = None
    """A state of the same name, to choose."""
    topics: tuple[str, ...] = ()
    """Topics that are offered."""
    country: str | None = None
    """The country that the directory does not have."""
    of: str = CONSULATE


@dataclass(frozen=True, slots=True)
class Step(Act):
    """One message of a procedure, about a step, paper or aspect of it, behind lines of `locales`."""

    progress: Progress
    view: Show = Show.STEP
    about: str = ""
    heads: tuple[str, ...] = ()
    topic: str = ""
    section: str = ""
    """The section that tells the same; empty where the procedure is gone."""
    beside: tuple[tuple[str, str], ...] = ()
    """What was asked beside what was told: a step or paper and an aspect of it; empty: our sources do not say."""
    ways: tuple[str, ...] = ()
    """Other procedures that were spoken of: offered."""


@dataclass(frozen=True, slots=True)
class Offer(Act):
    """Two to four choices that lead on; `key`: the line of `locales` in front of them."""

    choices: tuple[Choice, ...]
    key: str = "clarify.many"
    title: Words | None = None
    """Said in place of the line."""
    likely: tuple[tuple[str, str], ...] = ()
    """Topic and section of the first of them, whose nearest sentences are said with it."""


@dataclass(frozen=True, slots=True)
class Admit(Act):
    """That we do not know it, and who does; `topic`: the open one."""

    topic: str | None = None


@dataclass(frozen=True, slots=True)
class ForOthers(Act):
    """Instead of an answer that ends at a door which is not theirs: what is, for anybody."""

    topic: str
    refuge: bool = False
    """They fear their government; else they are of another country."""


@dataclass(frozen=True, slots=True)
class Remark(Act):
    """An answer to small talk, by its id in content; `back`: leads back to what was open."""

    id: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class Say(Act):
    """An interface text of `locales` with its values and choices."""

    key: str
    kind: ReplyKind = ReplyKind.COMMAND
    values: Mapping[str, object] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    lang: Lang | None = None
    """Another language than the one we answered in so far."""
    words: Words | None = None
    """Words of content, in place of the key."""
    more: tuple[str, ...] = ()
    """Texts behind it, each left out where one of its values is not known."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one policy decided. `changes`: fields of the state that it sets; `why`: a reason, no person's words."""

    outcome: Outcome
    acts: tuple[Act, ...] = ()
    why: str = ""
    events: tuple[Event, ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)
    again: str | None = None
    """A question kept from before that is read once more, and answered behind these acts."""
    instead: str | None = None
    """What is wanted in place of what is left: read once more, in the state that `changes` make."""
    otherwise: "Decision | None" = None
    """Instead of this one where nothing answers that question."""
