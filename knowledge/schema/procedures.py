"""Procedures as data: an errand or a registration as steps in order, with papers, prices, questions and deadlines."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from knowledge.schema.base import Frozen, PartialDate, Slug, Text, Words
from knowledge.schema.topics import Aspect

Needs = dict[Slug, tuple[Slug, ...]]
"""Question -> options: it holds only where each of these questions was answered by one of these options."""
Told = Literal["country", "nationality", "matter_country", "for_whom", "age_group", "status"]
"""Facts of a person that may answer a question before it is asked."""
MEXICO = "MX"


class Option(Frozen):
    """One answer to a question; a plain yes or no is heard where the ids are `yes` and `no`."""

    id: Slug
    label: Words
    frames: tuple[Text, ...] = ()
    """Words of a whole message that mean it, beside its label and its number."""
    told: tuple[Text, ...] = ()
    """Words that tell it whenever they are said, before it is asked and beside anything else."""
    unless: tuple[Text, ...] = ()
    """Words that shut it wherever they were said: no passport for one year for a child of eight."""
    when: dict[Told, Text] = {}
    """Chosen unasked where all of this is known of the person: `{country: US}`."""
    had: Slug | None = None
    """The paper that tells it by being there: "ya tengo el acta" is a yes."""
    times: int = Field(default=1, ge=1, le=20)
    """For how many people prices of `each` are counted."""
    missing: tuple[Slug, ...] = ()
    """Concepts of people whose being gone is what it says, and no danger: the other parent."""
    stop: Words | None = None
    """The procedure ends here for this person: why, and what is possible instead."""
    topics: tuple[Slug, ...] = ()
    """Offered behind `stop`."""
    begins: Slug | None = None
    """The procedure that it is instead: it is begun behind `stop`."""
    errand: Slug | None = None
    """The procedure that comes first: it is offered behind `stop`, and this one goes on afterwards."""


class Question(Frozen):
    """Asked in front of the first step that hangs on it, and only where the answer changes what follows."""

    id: Slug
    ask: Words
    options: tuple[Option, ...] = Field(min_length=2, max_length=5)
    early: bool = False
    """All its frames tell their option whenever they are said: the name of a town."""
    beside: str = ""
    """The question whose answer may answer this one with the same words: "it is from California"."""


class Price(Frozen):
    """What something costs: a fact whose value begins with an amount and names a currency, or says that it is free."""

    fact: Slug
    needs: Needs = {}
    each: bool = False
    """For every person of the matter."""
    free: bool = False
    """The fact says that nothing is paid."""


class Item(Frozen):
    """What steps and papers share."""

    id: Slug
    """Never changes: it is what is remembered of a person."""
    name: Words
    """As in a list: `Llenar la solicitud`, `Acta de nacimiento`."""
    prices: tuple[Price, ...] = ()
    """The first whose needs hold counts."""
    needs: Needs = {}
    sources: tuple[Text, ...] = Field(min_length=1)

    @property
    def unpriced(self) -> bool:
        """Whether it costs what no source says."""
        return False


class Paper(Item):
    """A document to have or to bring."""

    frames: tuple[Text, ...] = Field(min_length=1)
    """Words that name it in "ya tengo el acta": frames, anywhere in a message."""
    holds: Words | None = None
    """What it must hold, show or be like."""
    given_by: Words | None = None
    """Who gives it, and where."""
    errand: Slug | None = None
    """The procedure by which it is got."""
    own: bool = False
    """Its holder makes it: a letter, a report, a list."""
    optional: bool = False
    """Not everybody has or needs it: only who says so has it, and nothing waits for it."""
    enough: bool = False
    """Any one of what its frames name will do: an expired card beside one that is valid takes nothing away."""
    each: bool = False
    """It is of several people: where one of theirs is missing, it is."""


RESULT = "result"
"""Asked of a step beside the aspects: what comes back."""


class Step(Item):
    """One thing to do. Its `text` alone must be enough to do it."""

    text: Words
    """What to do, 35 words at most."""
    errand: Slug | None = None
    """The procedure by which it is done: whoever finished that did it."""
    bring: tuple[Slug, ...] = ()
    """Papers of the procedure."""
    after: tuple[Slug, ...] = ()
    """Earlier steps that are behind whoever did this one: nobody can do it before them."""
    optional: bool = False
    """Nobody must do it: who is past it is not told that they did."""
    withheld: bool = False
    """They may be refused what it brings, and go on without it: a later step says nothing of it then."""
    where: Words | None = None
    cost: Words | None = None
    varies: bool = False
    """`cost` tells of money that is in no sum: it changes from case to case."""
    duration: Words | None = None
    decides: Words | None = None
    result: Words | None = None
    """What comes back."""
    if_not: Words | None = None
    """What to do where it fails or nobody answers."""
    gaps: tuple[Aspect, ...] = ()
    """What no source says: admitted, with who knows."""
    done: tuple[Text, ...] = ()
    """Frames of what people say who did this very step: `ya (tengo|saque) la cita`."""
    begun: tuple[Text, ...] = ()
    """Frames of what people say for whom it has begun, so that what stands before it is done."""
    otherwise: tuple[Text, ...] = ()
    """Frames of what people say where it went as it was to prevent: what its `if_not` answers."""
    books: bool = False
    """It makes an appointment."""
    gathers: bool = False
    """It only gathers papers, though it says where they are had: nobody takes them there."""
    ask: tuple[Slug, ...] = ()
    """Contacts who know; empty = the procedure's."""

    @property
    def is_gathering(self) -> bool:
        """Whether it only gathers papers: it is done when they are there."""
        return bool(self.bring) and (self.gathers or self.where is None)

    @property
    def is_visit(self) -> bool:
        """Whether one goes somewhere for it."""
        return self.where is not None and not self.gathers

    @property
    def unpriced(self) -> bool:
        """Whether it costs what no source says."""
        return Aspect.COST in self.gaps

    def detail(self, aspect: str) -> Words | None:
        """What it says of an aspect, or of what comes back."""
        told: dict[str, Words | None] = {
            RESULT: self.result,
            Aspect.HOW: self.text,
            Aspect.WHERE: self.where,
            Aspect.COST: self.cost,
            Aspect.PAY: self.cost,
            Aspect.DURATION: self.duration,
            Aspect.WHO: self.decides,
        }
        return told.get(aspect)


class Deadline(Frozen):
    """A day that something ends on. Without `on` and `every` it is only told: never counted for anybody."""

    id: Slug
    name: Words
    says: Words
    on: Annotated[PartialDate, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    every: Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{2}$")] | None = None
    """Month and day, each year."""
    confirmed: bool = False
    """Read in this year's call; else known by its pattern alone."""
    late: Words
    """What is still possible after it."""
    step: Slug
    """The step that it ends."""
    sources: tuple[Text, ...] = Field(min_length=1)


class Letter(Frozen):
    """A model to copy. What only its writer knows stands in [brackets], so that we ask for nothing and keep nothing."""

    id: Slug
    name: Words
    frames: tuple[Text, ...] = ()
    """Words that ask for this one among several of a procedure; without them it is the one of its step."""
    step: Slug
    text: Words
    sources: tuple[Text, ...] = Field(min_length=1)


class Procedure(Frozen):
    """From a need to a done errand. Fewer than three sourced steps: it stays a section that says its gap."""

    id: Slug
    topics: tuple[Slug, ...] = Field(min_length=1)
    """Behind the answers of these topics it is offered."""
    sections: tuple[Slug, ...] = ()
    """Only behind these of their sections; empty = all."""
    title: Words
    """As a choice: `Registro ante la OEA`."""
    names: tuple[Text, ...] = Field(min_length=1)
    """Frames of words that name the matter in both languages, by which it is found again."""
    who: Words
    """For whom it is, one sentence."""
    private: bool = False
    """Family plan, detained relative, asylum: nothing to print or to forward, no deadline counted."""
    without_ecosoc: Words | None = None
    """The door that it opens to an organisation without consultative status; backed by `sources`."""
    any_order: bool = False
    """What is done of it in any order leaves the questions of earlier steps open."""
    in_mexico: Slug | None = None
    """The topic that tells it to who is in Mexico, where this one is for who is abroad."""
    sober: bool = False
    """Nobody is congratulated at its end."""
    event: Slug | None = None
    """The next forum to which it leads, an event of the calendar."""
    organisation: bool = False
    """An organisation's, not a person's: a code opens it on another phone."""
    questions: tuple[Question, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=3)
    papers: tuple[Paper, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    letters: tuple[Letter, ...] = ()
    silence: Words
    """What to do where nobody answers."""
    refusal: Words
    """What to do on a no."""
    end: Words
    """Said behind the last step: what comes now."""
    ask: tuple[Slug, ...] = Field(min_length=1)
    """Contacts who know what our sources do not say."""
    sources: tuple[Text, ...] = Field(min_length=1)
    """Of `silence`, `refusal`, `end` and of what the options say."""

    def topic_for(self, country: str | None) -> Slug | None:
        """The topic that tells it to who is in this country, where its steps are for who is abroad."""
        return self.in_mexico if country == MEXICO else None


class OptionLessons(Frozen):
    """How people answer the questions of a procedure in their own words: question -> option -> texts."""

    procedure: Slug
    answers: dict[Slug, dict[Slug, tuple[Text, ...]]]
    """Under `unknown`: what is said at that moment and answers nothing."""


class ErrandLessons(Frozen):
    """What people write in the middle of a procedure, each clause with what it does there."""

    procedure: Slug
    said: dict[Annotated[str, StringConstraints(pattern=r"^\??[a-z0-9-]+$")], tuple[Text, ...]]
    """By the open step, or the question that waits (`?parents`): "ya fui {done/visit} cuánto es {asks/cost}"."""


class StepLessons(Frozen):
    """How people tell of the steps of a procedure in their own words."""

    procedure: Slug
    told: dict[Slug, dict[Literal["done", "waits"], tuple[Text, ...]]]
    """By step: that it is done, and that it is not, yet or at all."""
