"""Who only says who they are: what such a message is made of, and what is said to whom."""

from pydantic import Field

from knowledge.schema.base import Frozen, Slug, Text, Words
from knowledge.schema.topics import People, Where


class Introduced(Frozen):
    """A welcome, and who it is for: all that is declared must fit."""

    id: Slug
    words: tuple[Text, ...] = ()
    """One of these stands in the message; empty = whatever they say."""
    people: People | None = None
    where: Where | None = None
    reply: Words
    beside: Words | None = None
    """What we do know for such a person, where we know nothing of what they asked."""
    topics: tuple[Slug, ...] = Field(min_length=1)
    """What such a person mostly asks for, offered as buttons."""


class Introductions(Frozen):
    """A message of these words, places and numbers alone introduces its writer."""

    tells: tuple[Text, ...]
    words: tuple[Text, ...]
    needs: tuple[Text, ...]
    """What makes a need of it, so that it is none."""
    named: tuple[Text, ...]
    """Behind these stands a name."""
    groups: tuple[Introduced, ...] = Field(min_length=1)
