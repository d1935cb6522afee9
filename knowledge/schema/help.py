"""Shape of what is said first in a danger, with its numbers."""

from pydantic import Field

from knowledge.schema.base import Country, Framed, Frozen, Slug, Words


class HelpContact(Frozen):
    """A number in a help text, with the words that lead to it."""

    contact: Slug
    lead: Words
    only: Country | None = None
    """Concerns those of this country, or what happened there: last of all where it is not named."""
    lead_minor: Words | None = None
    """For a writer under 18."""
    not_here: tuple[Country, ...] = ()
    """Countries where the one in danger, who writes from there, needs other lines: CIAM is for who is abroad."""
    adults: bool = False
    """Not for a writer under 18: few numbers, and those that a child can use."""
    not_in: tuple[Slug, ...] = ()
    """Phases of the danger in which it helps no more: the court, of who was removed."""


class AfterTold(Framed):
    """What is said in place of `after` to who told what that would ask for."""

    after: Words
    after_placed: Words
    """Where it was told where it is, too."""


class Help(Frozen):
    """What we say. `now` is the first bubble; `{emergency}` in it is the number of the person's country."""

    now: Words
    now_minor: Words
    """For a writer under 18: shorter words, never a full name, the place where they sleep, a photo or a meeting."""
    now_in: dict[Slug, Words] = {}
    """In place of `now` in a phase of the danger."""
    now_for: dict[Slug, Words] = {}
    """In place of `now` for who makes this move: they are safe for now, and afraid of what was said."""
    now_afar: Words | None = None
    """In place of all of them for who writes of somebody in another country; `{emergency}` is the number there."""
    contacts: tuple[HelpContact, ...] = Field(min_length=1)
    """In this order, those that work from the person's country; unknown country: all."""
    after: Words | None = None
    """What to do while help comes, or what helps the family; ends with a step."""
    after_in: dict[Slug, Words] = {}
    """In place of `after` in a phase of the danger."""
    after_by_country: dict[Country, Words] = {}
    """One more sentence where the country is known (or, for the United States, not excluded)."""
    after_placed: Words | None = None
    """In place of `after` where it was told where it is: nobody is asked for what they said."""
    after_told: tuple[AfterTold, ...] = ()
    """In place of both, the first whose frames were lately heard."""
    after_minor: Words | None = None
    """In place of all of them for a writer under 18."""
    nobody: Words | None = None
    """Said where nobody is on duty, instead of the usual line that tells the person not to wait here."""
    flow: Slug | None = None
    """The one question asked afterwards."""
