"""Acronyms and official names, how people ask what one means, and phrases that may mean two topics."""

from pydantic import Field

from knowledge.schema.base import Frozen, Slug, Text, Words


class Term(Frozen):
    """An acronym or official name, said in one or two short sentences."""

    id: Slug
    terms: tuple[Text, ...] = Field(min_length=1)
    """As people write it, the usual spelling first."""
    name: Words
    """In full; asked for, it means the same."""
    short: Words | None = None
    """A few plain words that an answer puts behind it where nothing else explains it; None = left alone."""
    says: Words
    """One sentence with the term in it."""
    sources: tuple[Text, ...] = Field(min_length=1)
    topic: Slug
    """Where to go on."""
    section: Slug | None = None
    """The section of the topic that speaks of it; None = the first."""
    reach: tuple[Slug, ...] = ()
    """The contacts of the institution, for who asks how it is reached; empty = it has no card."""
    own: bool = False
    """That section says what it is, and answers the question."""
    word: bool = False
    """An everyday word too: alone it counts only in capitals."""


class Definitions(Frozen):
    """Frames that stand before (`^…`) or behind (`…$`) a term in a question about it."""

    what: tuple[Text, ...]
    """`qué es el …`"""
    reached: tuple[Text, ...] = ()
    """How an institution's phone or mail is asked for, INSTITUTION in place of its names."""
    reached_unless: tuple[Text, ...] = ()
    """How somebody tells that it, or who says to be it, called or wrote."""
    means: tuple[Text, ...]
    """`qué significa …`: the words behind the letters are wanted."""


class Ambiguous(Frozen):
    """Short wordings that may mean two or three topics: as a whole message they are asked about."""

    id: Slug
    phrases: tuple[Text, ...] = Field(min_length=1)
    means: tuple[Slug, ...] = Field(min_length=2, max_length=3)
