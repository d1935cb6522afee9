"""What models learn from besides phrases: danger in sentences and conversations, kinds of words, threads."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from knowledge.schema.base import Frozen, Lang, Level, Slug, Text, Words
from knowledge.schema.turned import CategoryId


class Sentences(Frozen):
    """What people write, for the scorer: by level what reports this danger, and `calm` what only looks like it."""

    category: CategoryId
    """`calm`: looks like danger of no one kind."""
    critical: tuple[Text, ...] = ()
    urgent: tuple[Text, ...] = ()
    priority: tuple[Text, ...] = ()
    calm: tuple[Text, ...] = ()

    def reports(self) -> Iterator[tuple[str, Level]]:
        """Every sentence that reports danger, with its level."""
        for level in Level:
            yield from ((text, level) for text in getattr(self, level.value))


class Conversations(Frozen):
    """What a person writes one message after the other, for the scorer.

    The last message is the first at which a careful person knows of this danger; under `calm` none is danger.
    """

    category: CategoryId
    """`calm`: what is none."""
    told: tuple[Annotated[tuple[Text, ...], Field(min_length=2)], ...] = Field(min_length=1)


class Move(Frozen):
    """What people write in an open danger, by what they mean with it: they call and nobody answers, he came back."""

    id: Slug
    of: Literal["move", "who"] = "move"
    """`who`: whether the writer speaks of themselves or of somebody else; learned apart from the others."""
    es: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()
    mix: tuple[Text, ...] = ()

    def texts(self) -> Iterator[str]:
        """All of them."""
        yield from (*self.es, *self.en, *self.mix)


class Kind(Frozen):
    """Words that play the same part in a report of danger: who takes, who is taken, what hurts."""

    id: Slug
    words: tuple[Text, ...] = Field(min_length=1)


class Bearing(StrEnum):
    """What a message is to the open topic."""

    GOES_ON = "goes_on"
    OTHER = "other"
    """Another topic, which is the open one from here on."""
    TELLS = "tells"
    """A circumstance, and no question."""
    OBJECTS = "objects"
    """It was not what was asked, is known, or is of no use; with a section: for who lacks what it takes."""
    NOT_OURS = "not_ours"
    THANKS = "thanks"
    """Thanks or a goodbye, in a sentence of their own."""
    WORRIES = "worries"
    """Fear, sorrow, weariness over the matter, and no question."""


class ThreadMessage(Frozen):
    """One message after others: its words under the name of what it is."""

    goes_on: Text | None = None
    other: Text | None = None
    tells: Text | None = None
    objects: Text | None = None
    not_ours: Text | None = None
    thanks: Text | None = None
    worries: Text | None = None
    topic: Slug | None = None
    section: Slug | None = None

    @property
    def bearing(self) -> Bearing:
        """What it is."""
        return next(one for one in Bearing if getattr(self, one.value) is not None)

    @property
    def text(self) -> str:
        """Its words."""
        return str(getattr(self, self.bearing.value))

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if sum(getattr(self, one.value) is not None for one in Bearing) != 1:
            raise ValueError("a message is one of " + ", ".join(Bearing))
        if (self.topic is not None) != (self.bearing is Bearing.OTHER):
            raise ValueError("`topic` stands with `other`, and with nothing else")
        return self


class Thread(Frozen):
    """A first message that opens a topic, and what the person writes after its answer."""

    opens: Slug
    first: Text
    then: tuple[ThreadMessage, ...] = Field(min_length=1)


class Threads(Frozen):
    """Threads of one field."""

    id: Slug
    sections: bool = True
    """Its sections are lessons of which one answers; else only of what a message is to the open topic."""
    threads: tuple[Thread, ...] = Field(min_length=1)


class Said(Frozen):
    """One message of a talk, and what a knowledgeable person answers it with."""

    say: Text
    ok: tuple[Text, ...] = ()
    """Sections (`topic/section`) or topics, the best first, any is right; none = our sources do not say it."""
    known: bool = True
    """False: our sources do not say it, and one of `ok` comes near."""
    lesson: bool = True
    """False: it is danger, talk, or of the calendar, and only heard before what follows."""
    gave: Text | None = None
    """The section (`topic/section`) that answered it, where that was not right."""
    denies: tuple[Text, ...] = ()
    """Parts that say what is not so, not meant or not asked of the answer before."""


class Talk(Frozen):
    """What one person writes, message by message, each with what answers it."""

    turns: tuple[Said, ...] = Field(min_length=1)


class Talks(Frozen):
    """Talks by one hand."""

    id: Slug
    calm: bool = True
    """False: it tells much of past harm, and teaches nothing of what is harmless."""
    ranks: bool = False
    """It teaches the ranker, and not the weighing: what the ranker learned from would look surer than it is."""
    talks: tuple[Talk, ...] = Field(min_length=1)


class OfAPerson(Frozen):
    """A message, whom its matter is about, and what is told of them; left out where it does not say."""

    for_whom: Slug | None = None
    age_group: Slug | None = None
    status: Slug | None = None
    text: Text


class Turns(Frozen):
    """How people are done with one matter, and turn to another, in front of what they write then; by language."""

    closes: dict[Lang, Annotated[tuple[Text, ...], Field(min_length=1)]]
    turns: dict[Lang, Annotated[tuple[Text, ...], Field(min_length=1)]]


class Act(Frozen):
    """What a person does with a message, in frames where words are explicit; its lessons: `act_lessons`."""

    id: Text
    frames: tuple[Text, ...] = ()
    ordinals: dict[int, tuple[Text, ...]] = {}
    """Frames of the number of an offered choice, from 1; -1 = the last."""
    calm: bool = False
    """It tells of nothing wrong where it is all that a message says: no danger is suspected in it."""
    readings: tuple[Text, ...] = ()
    """The readings of an open danger that are this act."""


class PuttingRight(Frozen):
    """How a message says that our answer was of something else, and what it means instead; what else it denies is
    learned.
    """

    splits: tuple[Text, ...]
    """Where a clause begins."""
    rejects: tuple[Text, ...]
    """How a clause begins that says of our answer that it was not what was asked, or was known."""
    unwanted: tuple[Text, ...]
    """How one begins that names what our answer should not have been about."""
    means: tuple[Text, ...]
    """Words in front of what is meant."""


class FactsOfAPerson(Frozen):
    """What people tell of themselves and of whom they ask for, in frames."""

    reads: dict[Slug, tuple[Text, ...]] = {}
    """Who reads little, or little of our two languages: short forms are for them."""
    things: dict[Slug, tuple[Text, ...]]
    """Papers: their names in messages."""
    suffices: tuple[Text, ...] = ()
    """How one asks whether the papers that one has will do."""
    lacks: tuple[Text, ...]
    """THING in place of the words for one, PAPER of those for any."""
    has: tuple[Text, ...]
    back: dict[Text, Words]
    """How each fact is said back to the person (`knowledge.telling_facts`); `{value}` in place of what it is."""
    values: dict[Text, dict[Text, Words]]
    """How a fact of these values is said back, by fact and value; of `things` their names."""

    @model_validator(mode="after")
    def _all_are_said_back(self) -> Self:
        for name in ("reads", "things"):
            if unsaid := getattr(self, name).keys() - self.values[name].keys():
                raise ValueError(f"nothing in values says {name} back: {', '.join(sorted(unsaid))}")
        return self
