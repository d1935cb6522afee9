"""What the danger scorer learns from: sentences, conversations, and words that stand for one another."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from knowledge.schema.base import Frozen, Level, Slug, Text
from knowledge.schema.urgent import CategoryId


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
