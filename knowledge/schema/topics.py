"""Topics: structure once, words per language; phrases stand apart from the answers."""

from collections.abc import Iterator, Set
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.schema.base import Country, Frozen, Lang, Slug, Text, Words


class Aspect(StrEnum):
    """What a person asks about a thing."""

    WHAT = "what"
    WHO = "who"
    REQUIREMENTS = "requirements"
    PAY = "pay"
    COST = "cost"
    WHERE = "where"
    HOURS = "hours"
    DURATION = "duration"
    VALIDITY = "validity"
    HOW = "how"
    PHONE = "phone"
    BEWARE = "beware"


class People(StrEnum):
    """Who an answer is for, where it is not for everybody."""

    MEXICANS = "mexicans"
    FOREIGNERS = "foreigners"
    """Of another country than Mexico."""
    AMERICANS = "americans"
    """Citizens of the United States."""


class Where(StrEnum):
    """Where somebody is, or the matter, that an answer is for."""

    US = "us"
    CANADA = "canada"
    MEXICO = "mexico"
    ELSEWHERE = "elsewhere"
    ABROAD = "abroad"
    """Anywhere but in Mexico."""


Before = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$")]
"""An id of before: of a topic, of a section of the same topic, or `topic/section`."""


class Changed(Frozen):
    """The day on which the words of each language were last changed."""

    es: date
    en: date


class Section(Frozen):
    """One answer. The first section of a topic answers when nothing more exact is asked."""

    id: Slug
    aspect: Aspect | None = None
    """None = a question of its own, found by its phrases only; then `title` is needed."""
    title: Words | None = None
    """On the button, 20 characters at most; None = the aspect's own word."""
    covers: tuple[Slug, ...] = Field(max_length=3)
    """Catalogue ids that this section speaks of."""
    sources: tuple[Text, ...] = Field(min_length=1)
    """Ids of facts or contacts, or `document-id#section`."""
    cite: Text | None = None
    """The one of them that stands under the answer; None = the best of those that back its first sentences."""
    text: Words
    short: Words | None = None
    """The one fact that matters, 35 words at most: for "más corto", and for who reads little. See knowledge.brevity."""
    steps: tuple[Words, ...] = ()
    do: Words | None = None
    """The next step, one or two short sentences; None = the topic's."""
    people: tuple[People, ...] | None = None
    """Only these; empty = everybody, None = as the topic."""
    where: Where | None = None
    """Only there; None = as the topic."""
    places: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z]{2,3})?$")], ...] = ()
    """Countries (`ES`) or states (`US-TX`) that it alone speaks of: no answer where others are named; empty = any."""
    instead_of: tuple[Slug, ...] = ()
    """General sections of its topic in whose place it stands for who told one of its `places`."""
    only: tuple[Slug, ...] = ()
    """Only for one of these situations (`lexicon/situations.yaml`): given in a thread where somebody spoke of it."""
    changed: Changed | None = None
    """None = both languages were changed together."""
    was: tuple[Before, ...] = ()
    """What it was called before, or what was merged into it."""

    @property
    def countries(self) -> frozenset[str]:
        """Those of its places that are countries."""
        return frozenset(place for place in self.places if place.isalpha())

    @property
    def cited(self) -> tuple[str, ...]:
        """Of which sources one stands under the answer."""
        return self.sources if self.cite is None else (self.cite,)

    @model_validator(mode="after")
    def _cites_its_own(self) -> Self:
        if self.cite is not None and self.cite not in self.sources:
            raise ValueError(f"cite: {self.cite} is none of its sources")
        return self

    def is_behind(self, lang: Lang) -> bool:
        """Whether the words in `lang` are older than the Spanish ones."""
        return lang == "en" and self.changed is not None and self.changed.en < self.changed.es


class Told(Frozen):
    """Who says this of themselves gets another answer: born in the United States, they have no CURP to print."""

    any: tuple[Text, ...] = Field(min_length=1)
    """Frames, in the message or one before it."""
    country: Country | None = None
    """The country of the place that must stand right behind them."""
    of: tuple[Slug, ...] = ()
    """The sections in whose place it stands; empty = all."""
    answer: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
    """`topic/section`."""


class Topic(Frozen):
    """Something people ask about, with its sections by what they ask next."""

    id: Slug
    title: Words
    who: Words | None = None
    """Who it is for, one short sentence."""
    names: dict[Lang, tuple[Text, ...]]
    """Names, acronyms and aliases, as people say them."""
    sections: tuple[Section, ...] = Field(min_length=1)
    do: Words
    """The next step that ends an answer."""
    ask: tuple[Slug, ...] = Field(min_length=1)
    """Contacts to ask where our sources say nothing."""
    next: tuple[Slug, ...] = ()
    """Topics offered after an answer."""
    withdrawn: bool = False
    """Stopped by an editor: not said until it is undone."""
    history: bool = False
    """A calendar of years ago: where events to come answer, they do."""
    card: bool = False
    """A register card (see Card): seldom asked for."""
    people: tuple[People, ...] = ()
    """Only these; empty = everybody."""
    instead: tuple[Slug, ...] = ()
    """Topics of the same need for those who are not among `people`: nobody is refused basic help."""
    where: Where | None = None
    """Only there; None = anywhere."""
    region: Text | None = None
    """The state of Mexico whose page it is: never said where others are named and not this one."""
    told: tuple[Told, ...] = ()
    """What is said of oneself that makes another answer the right one."""
    was: tuple[Slug, ...] = ()
    """What it was called before, or what was merged into it: ids are a contract."""

    @model_validator(mode="after")
    def _stand_for_its_own(self) -> Self:
        general = {one.id for one in self.sections if not one.places}
        if any(one.instead_of and not (one.places and general.issuperset(one.instead_of)) for one in self.sections):
            raise ValueError("instead_of needs places, and names general sections of the same topic")
        return self

    def section(self, section_id: str) -> Section | None:
        """The section with this id, if the topic still has it."""
        return next((s for s in self.sections if s.id == section_id), None)

    def is_of(self, states: Set[str], section: Section) -> bool:
        """Whether a section of it is of one of these states, or of none of the countries that they are in."""
        own = self.states_of(section)
        return not own.isdisjoint(states) or {state[:2] for state in states}.isdisjoint(place[:2] for place in own)

    def in_states(self, section_id: str, states: Set[str]) -> str:
        """The section that stands in place of this one for who told these states; itself where none does."""
        theirs = (one.id for one in self.sections if section_id in one.instead_of and states & {*one.places})
        return next(theirs, section_id)

    def states_of(self, section: Section) -> frozenset[str]:
        """The states that a section of it alone speaks of; none = any."""
        return frozenset(place for place in (*section.places, self.region) if place and not place.isalpha())

    def people_of(self, section: Section) -> tuple[People, ...]:
        """The groups that a section of it is for alone; none = everybody."""
        return self.people if section.people is None else section.people

    def section_or_first(self, section_id: str) -> Section:
        """The section with this id; what the topic is about where it has none."""
        return self.section(section_id) or self.sections[0]


class Card(Frozen):
    """What people seldom ask: a name, one or two sentences, where to go on. Becomes a topic of one section."""

    id: Slug
    """The catalogue id that it covers."""
    title: Words
    names: dict[Lang, tuple[Text, ...]]
    """Names, acronyms and a plain description, as somebody would ask."""
    text: Words
    short: Words | None = None
    sources: tuple[Text, ...] = Field(min_length=1)
    do: Words
    ask: tuple[Slug, ...] = Field(min_length=1)
    next: tuple[Slug, ...] = ()
    people: tuple[People, ...] = ()
    where: Where | None = None
    region: Text | None = None
    changed: Changed | None = None
    was: tuple[Slug, ...] = ()

    def topic(self) -> Topic:
        """The card as the engine answers it."""
        section = Section(
            id="what",
            aspect=Aspect.WHAT,
            covers=(self.id,),
            sources=self.sources,
            text=self.text,
            short=self.short,
            changed=self.changed,
        )
        return Topic(
            id=self.id,
            title=self.title,
            names=self.names,
            sections=(section,),
            do=self.do,
            ask=self.ask,
            next=self.next,
            card=True,
            people=self.people,
            where=self.where,
            region=self.region,
            was=self.was,
        )


class CatalogueRow(Frozen):
    """One of the 460 things that the source documents describe; what coverage is counted against."""

    id: Slug
    name: Words
    category: Text
    relevance: Literal["high", "medium", "low"]


class SectionPhrases(Frozen):
    """Messages as people send them that this section answers."""

    es: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()
    mix: tuple[Text, ...] = ()

    def texts(self) -> Iterator[str]:
        """All of them."""
        yield from (*self.es, *self.en, *self.mix)


class TopicPhrases(Frozen):
    """The phrases of one topic, by section id."""

    topic: Slug
    sections: dict[Slug, SectionPhrases]


class AspectWords(Frozen):
    """How people ask about an aspect: frames (see knowledge.frames), the button's word, and what we say of a gap."""

    id: Aspect
    button: Words
    frames: tuple[Text, ...]
    gap: Words
    """`Mis fuentes no dicen cuánto cuesta …`, without where to ask."""
    held: tuple[Text, ...] = ()
    """Frames of our own Spanish texts that answer it in whatever section: `es gratis` tells a cost."""


class Everyday(StrEnum):
    """Kinds of messages that no topic answers."""

    FAR = "far"
    NEAR = "near"
    """Shares words with our topics, and is about something else."""
    SMALLTALK = "smalltalk"
    GARBAGE = "garbage"
    UNKNOWN = "unknown"
    """In our field, and not in our knowledge."""
    OBJECTION = "objection"
    """What we said is not what was asked, is known, or is of no use."""
    DOUBT = "doubt"
    """Whether what we said is true; anger."""
