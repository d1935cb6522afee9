"""What is said in an open danger, as data: phases and lines, by frames and by moves."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.schema.base import Country, Framed, Frozen, Level, Slug, Text, Words
from knowledge.schema.turned import CategoryId

ANY = "any"
"""In place of a category: what is said in all of them."""


class Phase(Framed):
    """How far a danger is, or which kind of it: a child who is held is not lost."""

    level: Level | None = None
    """In place of the danger's, when this is told at once."""
    topics: tuple[Slug, ...] = ()
    """In place of the danger's, where this kind of it has others: a ransom is no work without pay."""
    ended_by: tuple[Slug, ...] = ()
    """The only lines and courses that end this kind of it: who took poison may feel well for hours. None: any."""


class Stood(Frozen):
    """Words that say in which country this danger is, where a place alone does not: `me dejaron en Nogales`."""

    country: Country
    any: tuple[Text, ...] = Field(min_length=1)
    """Frames."""
    unless: tuple[Text, ...] = ()


class Theirs(Frozen):
    """Words that name the one in this danger as somebody else, whatever the writer says of themselves beside it."""

    any: tuple[Text, ...] = ()
    """Frames."""
    unless: tuple[Text, ...] = ()
    """Frames of a writer who is in it, too: `a mi hermano y a mí`."""


class Line(Frozen):
    """What is said in an open danger, once: to what is told (`any`), or, without frames, when its turn comes."""

    id: Slug
    any: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    sure: bool = False
    """The frames are sure: heard before moves, and before what else the message may ask for."""
    affirmed: bool = False
    """The frames tell of what is done or had, and say nothing where a word of denial stands right before them."""
    moves: tuple[Slug, ...] = ()
    """What is told by a trained move, whatever its words."""
    asked: bool = False
    """Without frames: for a question that nothing answers."""
    who: Literal["own", "other"] | None = None
    """Only to the one in danger, or only to who writes for them."""
    phases: tuple[Slug, ...] = ()
    """Only in one of these."""
    countries: tuple[Country, ...] = ()
    """Only where the person is known to be in one of these."""
    where: tuple[Country, ...] = ()
    """Only where the danger itself is surely in one of these."""
    placed: bool | None = None
    """Only where it was told where it is, or only where it was not."""
    foreign: bool | None = None
    """Only where the one in danger is known to be no Mexican, or only where that was not said."""
    minor: bool = False
    """Only to a writer under 18."""
    here: bool | None = None
    """Only where it is known in which country the writer is, or only where it is not."""
    after: tuple[Slug, ...] = ()
    """Only where one of these lines of the danger, or of all, was said before."""
    say: Words | None = None
    say_minor: Words | None = None
    """In place of `say` for a writer under 18."""
    section: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")] | None = None
    """`topic/section` that answers, after `say`."""
    numbers: CategoryId | None = None
    """The danger that this tells of beside the open one: its numbers follow."""
    unasked: bool = False
    """Not where the message asks: thanks before a question are no farewell."""
    settles: Slug | None = None
    """The option of the question that is open which this answers, too: nobody is asked it again."""
    others: bool = False
    """The first numbers of the danger follow once more, without what else helps."""
    level: Level | None = None
    """What the case is raised to."""
    over: bool = False
    """What is told ends the danger, and the conversation is free; `numbers` may be the danger's own then."""
    despite: tuple[CategoryId, ...] = ()
    """Dangers that the words of such an end, or of a sure line, may sound like: `se lo llevó la policía`."""
    parting: bool = False
    """Said to who must go: no question follows, and nothing that tells a reader of the screen of danger."""
    flees: bool = False
    """Who tells this fears their government: from now on no consulate of theirs is named."""
    calm: bool = False
    """What is only feared, of ANY: said where no danger is open, too, whatever the words sound like."""
    last: bool = False
    """Without frames and moves: when no other line is left, one short question."""

    @property
    def answers(self) -> bool:
        """Whether it is said to what is told, not when its turn comes."""
        return bool(self.any or self.moves)

    @property
    def for_adults(self) -> bool:
        """Whether nothing of it is in words for a writer under 18: a section alone."""
        return self.section is not None and self.say is None and self.say_minor is None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.say is None and self.section is None and not (self.minor and self.say_minor is not None):
            raise ValueError("a line says something or names a section")
        return self


class Care(Frozen):
    """What follows the help text of a danger, line by line; of ANY: in every danger, after its own lines."""

    category: CategoryId
    calm: tuple[Text, ...] = ()
    """Frames that say that this danger is over, beside those of every danger."""
    calm_unless: tuple[Text, ...] = ()
    """Frames that end no such danger, whatever they sound like: who says of violence that they are calm."""
    denied: tuple[Text, ...] = ()
    """Frames that say that this danger was never told of: `murió hace 9 años`, `no lo deportaron`.

    Of ANY: that it is not grave; not of a danger in which somebody may read along, who may have it said."""
    denied_unless: tuple[Text, ...] = ()
    denials: tuple[Line, ...] = ()
    """What is said to who denies it, in place of the words for all: the first that fits; of ANY: that it is grave."""
    yes: tuple[Text, ...] = ()
    """Frames of a yes to a check, of ANY: `pues sí`, `así es`."""
    above: tuple[Text, ...] = ()
    """Frames of our own words that send back to numbers given before, of ANY: `la línea de arriba`."""
    phases: tuple[Phase, ...] = ()
    stood: tuple[Stood, ...] = ()
    theirs: Theirs = Theirs()
    idle: dict[Country, tuple[Slug, ...]] = {}
    """Contacts and pages that are no help, and named in no line, where the danger itself is surely in this country."""
    lines: tuple[Line, ...] = ()
