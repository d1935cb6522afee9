"""Words that sound like a danger and are none."""

from typing import Annotated

from pydantic import StringConstraints

from knowledge.schema.base import Framed, Slug, Words

CategoryId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=48)]
"""Ids that `predict` prints: `self_harm` has an underscore."""


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
