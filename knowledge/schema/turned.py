"""What words of a danger may turn out to be: it grew worse, it is none, it is another."""

from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from knowledge.schema.base import Framed, Frozen, Slug, Text, Words

CategoryId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=48)]
"""Ids that `predict` prints: `self_harm` has an underscore."""


class Worse(Frozen):
    """What may come after the help text and cannot wait for it: said at once, in a bubble of its own."""

    id: Slug
    any: tuple[Text, ...] = ()
    """Frames that tell that it came to this; see knowledge.frames."""
    unless: tuple[Text, ...] = ()
    moves: tuple[Slug, ...] = ()
    """Moves that tell it."""
    who: Literal["own", "other"] | None = None
    """Only where the writer is the one in danger, or only where somebody else is."""
    now: Words
    now_minor: Words
    more: Words | None = None
    """A line for this alone, with its number."""
    first: bool = False
    """Said in place of the general help text, too, where it is told at once."""

    @model_validator(mode="after")
    def _is_told(self) -> Self:
        if not (self.any or self.moves):
            raise ValueError("what grew worse is told by frames or by moves")
        return self


class Milder(Framed):
    """Words of this danger that are none: a paper that was lost, a patient whom doctors look after."""

    after: dict[Slug, Slug] = {}
    """Only where one of these topics was answered last: its section answers. None: wherever it is said."""
    also: tuple[CategoryId, ...] = ()
    """Other dangers that the same words may sound like."""
    section: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")] | None = None
    """`topic/section` that answers, wherever it is said."""
    days: int = 0
    """Only where a time is told, and it ended so many days ago: who fell in spring is not hurt now."""
    say: Words | None = None
    """Said before the answer, if any; None: the message is read as if it told of no danger."""


class Instead(Framed):
    """Words of this danger that tell of another in truth: whose parent did not come home is no lost child."""

    category: CategoryId
