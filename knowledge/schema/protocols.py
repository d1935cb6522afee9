"""What is said in an open danger, kind by kind, as data: texts, questions, ends, transitions, precedence."""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from knowledge.schema.base import Country, Frozen, Level, Text, Words
from knowledge.schema.turned import CategoryId

Name = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z0-9]+)*$", max_length=48)]
"""Ids of kinds, lines and readings: `lost_desert`, `ask_who`."""


class Who(StrEnum):
    """Who is in danger: the writer, somebody else, both of them, or nobody said."""

    OWN = "own"
    OTHER = "other"
    BOTH = "both"
    UNKNOWN = "unknown"


class Age(StrEnum):
    """Whether the writer is under 18."""

    MINOR = "minor"
    ADULT = "adult"


TOWN_TOLD, ABROAD = "town_told", "calls_from_abroad"
"""In the place of readings: the person's town is known; they are far, where our emergency number does not answer."""


class Clause(Words):
    """One or more sentences of a text, and for whom they are dropped."""

    tu: Text | None = None
    """In place of `es` for a writer under 18."""
    countries: tuple[Country, ...] = ()
    """Dropped where the danger is known to be in none of these."""
    writers: tuple[Country, ...] = ()
    """Said only to a writer who is known to be in one of these."""
    mexicans: bool = False
    """Dropped for who is known to be no Mexican, or fears their government."""
    foreigners: bool = False
    """Dropped for who is known to be Mexican."""
    age: Age | None = None
    """Said only to a writer of this age."""
    near: bool = False
    """Of who is there, or has somebody call {emergency}: dropped for a writer who is far, whom {from_afar} tells."""
    far: bool = False
    """Said only to a writer who is far."""
    told: tuple[Name, ...] = ()
    """Said only where one of these readings was heard in this danger, or a kind or scene is open, or below."""
    every: tuple[Name, ...] = ()
    """Said only where all of these were heard or are open."""
    untold: tuple[Name, ...] = ()
    """Dropped where one of these readings was heard in this danger, or a kind or scene is open, or below."""
    whole: bool = False
    """Its first sentence may hurt, or says nothing, without the others: never said alone."""


def _clauses(value: Any) -> Any:
    return [value] if isinstance(value, dict | Words) else value


Says = Annotated[tuple[Clause, ...], BeforeValidator(_clauses)]
"""A text: its clauses, joined by spaces; one alone may stand without a list."""


class Spoken(StrEnum):
    """What an answer leads to."""

    FIRST = "first"
    OTHER = "other"
    CARE = "care"
    CARE_OTHER = "care_other"
    LINE = "line"
    KIND = "kind"
    OVER = "over"


_NUMBERED = frozenset({Spoken.CARE, Spoken.CARE_OTHER})
_NAMED = frozenset({Spoken.LINE, Spoken.KIND})


class Target(Frozen):
    """Where an answer or a transition leads: written `care.1`, `line.present`, `kind.fainted`, `kind.fainted:other`."""

    says: Spoken
    number: int | None = None
    """Of a care line, from 0."""
    name: Name | None = None
    """Of a line or a kind."""
    who: Who | None = None
    """Of a kind: for whom; None: as it was."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        says, _, rest = value.partition(".")
        name, _, who = rest.partition(":")
        kept = {"number": name} if says in _NUMBERED else {"name": name} if says in _NAMED else {}
        return {"says": says, "who": who or None, **(kept if name else {})}

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.number is None) is (self.says in _NUMBERED) or (self.name is None) is (self.says in _NAMED):
            raise ValueError("a target is first, other, over, care.N, care_other.N, line.NAME or kind.NAME")
        return self


class Answers(Frozen):
    """What follows a yes, a no and whatever is neither."""

    yes: Target
    no: Target
    unclear: Target


class Form(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    EITHER = "either"
    """Yes is the first half, no the second."""
    OPEN = "open"
    """Yes is that it was told, no that the person does not know."""


class Ask(Frozen):
    """The one question of a kind, and what each answer leads to."""

    says: Says = ()
    """Empty: the question stands in the first bubble."""
    form: Form = Form.YES_NO
    yes: tuple[Text, ...] = ()
    """Frames that answer it like a yes, besides those of every yes: `es en la pierna`."""
    no: tuple[Text, ...] = ()
    then: Answers


class Care(Frozen):
    """A line that follows the first bubble, said once."""

    says: Says = Field(min_length=1)
    only: tuple[Name, ...] = ()
    """Only after one of these readings, and then at once."""
    soon: tuple[Name, ...] = ()
    """Next, whatever else was due, after one of these readings."""


class End(Frozen):
    """What makes a danger of this kind over."""

    means: Text
    """In our words, for reviewers."""
    over: tuple[Name, ...] = ()
    """Readings of which one, said of this danger, ends it."""
    handed: tuple[Name, ...] = ()
    """Readings after which others have the person in their care; a worse sign opens it again."""
    twice: bool = False
    """It is over only when that is said a second time."""
    says: Name = "closed"
    """The line that answers the end."""


class Protocol(Frozen):
    """What is said in one kind of danger. One whose id is its category's serves where no kind was recognised."""

    id: Name
    of: CategoryId
    label: Words | None = None
    """What it is, in operators' words; None where no kind was recognised: the category's."""
    counts_as: Name | None = None
    """What `predict` names it: the kind of protocols.md that it is a part of, or its category; None: its own id."""
    level: Level
    who: Who
    countries: tuple[Country, ...] = ()
    """Found only where the danger is in one of these, or may be; empty: anywhere (P10)."""
    needs: tuple[Name, ...] = ()
    """Found only where one of these readings is heard."""
    said: tuple[Text, ...] = ()
    """Examples: lessons for the finding of kinds."""
    child: bool = False
    """`first`, `care` and `ask` speak to a child: tú."""
    first: Says = Field(min_length=1)
    """The first bubble; where `other` is empty, for whoever writes."""
    first_minor: Says = ()
    """For a writer under 18; empty: `first`, each clause in its `tu`."""
    other: Says = ()
    """The first bubble for who writes of somebody else."""
    other_minor: Says = ()
    second: Says = ()
    """Opens the second bubble."""
    brief: Says = ()
    """What saves or protects in it, for anybody, behind the words of another danger that is open."""
    care: tuple[Care, ...] = ()
    """In this order, one a message; where `care_other` is empty, for whoever writes."""
    care_other: tuple[Care, ...] = ()
    ask: Ask | None = None
    """Where `other` is empty, for whoever writes."""
    ask_other: Ask | None = None
    end: End
    about: dict[Country, Text] = Field(default_factory=dict)
    """Its ordinary matter, `topic/section` by the country of the danger: what is asked is read as in a thread on it."""
    never: tuple[Text, ...] = ()
    """What is never said, for reviewers."""
    src: tuple[Text, ...] = Field(min_length=1)
    """Organisation, title and date or month seen; `nsf`: no source was found, and the wording is cautious."""
    reviewed_by: str = ""
    """Only a professional fills this."""

    @property
    def general(self) -> bool:
        """Whether it is said where no kind of the category was recognised."""
        return self.id == self.of

    def holds_in(self, country: str | None) -> bool:
        """Whether it may be in this country; None: nobody said where it is."""
        return country is None or not self.countries or country in self.countries


class Reading(Frozen):
    """Words with one meaning in an open danger, whatever the kind."""

    id: Name
    means: Text
    any: tuple[Text, ...] = Field(min_length=1)
    """Frames; see knowledge.frames."""
    unless: tuple[Text, ...] = ()


class Transition(Frozen):
    """Words after which a danger of these kinds becomes another, or a line is said in it; the first heard counts."""

    id: Name
    of: tuple[Name, ...] = Field(min_length=1)
    """Kinds, or categories and scenes for all of theirs."""
    who: tuple[Who, ...] = ()
    """Only where this is who is in danger."""
    on: tuple[Name, ...] = ()
    """Readings of which one tells it, beside `any`."""
    any: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    """Shuts the frames of its own sentence, and the readings of the whole message."""
    after: tuple[Name, ...] = ()
    """Only where one of these readings was heard before in this danger."""
    to: Target
    becomes: Name | None = None
    """The kind that it is from here on, where `to` is a line."""
    ends: bool = False
    """What it was before is over; else it stays open below."""
    at_once: bool = False
    """Of a kind that is more pressing, or with `ends`: also where the words that open the danger say it."""

    @model_validator(mode="after")
    def _is_told(self) -> Self:
        if not (self.on or self.any):
            raise ValueError("a transition is told by frames or by readings")
        if self.becomes is not None and self.to.says is Spoken.KIND:
            raise ValueError("a transition to a kind becomes that kind")
        return self


class Lines(Frozen):
    """Lines that kinds share."""

    said: dict[Name, Says]
    ladders: dict[Country, tuple[Says, ...]]
    """When nobody came: one step a message."""


class Questions(Frozen):
    """What people ask in the middle of a danger of a category, by the reading that a care line answers."""

    category: CategoryId
    asked: dict[Name, tuple[Text, ...]]
    """`unknown`: what is told or asked there and is none of them."""


class Tells(Frozen):
    """What people tell in the middle of a danger of a category, by the reading that a care line answers."""

    category: CategoryId
    told: dict[Name, tuple[Text, ...]]
    """`unknown`: what is told there and is none of them."""
    parts: tuple[Text, ...] = ()
    """Messages that tell several things: behind each part in braces the readings and kinds that it tells, or none."""


class KindLessons(Frozen):
    """What people write, by kind and by who is in danger: lessons for the small classifiers of a category."""

    category: CategoryId
    told: dict[Name, dict[Who, tuple[Text, ...]]]
    """`unknown`: of the category and none of its kinds."""
