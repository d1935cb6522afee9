"""The one immutable Knowledge that the engine is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.schema.base import Dated, Notice, Words
from knowledge.schema.calendar import CalendarWord, Event
from knowledge.schema.directory import Consulate, DirectoryWords, PlaceKind, Region
from knowledge.schema.facts import BlockedNumber, Contact, Document, Fact
from knowledge.schema.flows import Flow
from knowledge.schema.follow_ups import FollowUps
from knowledge.schema.glossary import Ambiguous, Definitions, Term
from knowledge.schema.institutions import Institution, SourceKind
from knowledge.schema.introductions import Introductions
from knowledge.schema.procedures import ErrandLessons, OptionLessons, Procedure, StepLessons
from knowledge.schema.protocols import KindLessons, Lines, Protocol, Questions, Reading, Tells, Transition
from knowledge.schema.reminders import ReminderWords
from knowledge.schema.step_words import StepWords
from knowledge.schema.talk import Beyond, MenuGroup, OwnWord, PlainCommand, SmallTalk
from knowledge.schema.taught import (
    Act,
    Conversations,
    FactsOfAPerson,
    Kind,
    Move,
    OfAPerson,
    PuttingRight,
    Sentences,
    Talks,
    Threads,
    Turns,
)
from knowledge.schema.topics import Aspect, AspectWords, CatalogueRow, Everyday, Section, Topic, TopicPhrases
from knowledge.schema.triage import Triage
from knowledge.schema.urgent import Category, LevelShift, Signals, Suppressor, Weighing


@dataclass(frozen=True, eq=False, slots=True)
class Spelling:
    """Chat spellings and what they stand for: `xq` -> `por que`. Compared by identity: what it spells out is kept."""

    forms: Mapping[str, str]


@dataclass(frozen=True, eq=False, repr=False)
class Knowledge:
    """All content, by id. Compared by identity, so that indexes can be cached for it."""

    catalogue: Mapping[str, CatalogueRow]
    topics: Mapping[str, Topic]
    """Cards among them, as topics of one section."""
    phrases: Mapping[str, TopicPhrases]
    facts: Mapping[str, Fact]
    contacts: Mapping[str, Contact]
    documents: Mapping[str, Document]
    institutions: Mapping[SourceKind, Mapping[str, Institution]]
    """Whose page an address is, by how it begins: host, or host and path."""
    blocked: tuple[BlockedNumber, ...]
    categories: Mapping[str, Category]
    protocols: Mapping[str, Protocol]
    """What is said in each kind of danger; under a category's id: where no kind of it was recognised."""
    lines: Lines
    readings: Mapping[str, Reading]
    """What ends, worsens, corrects or obstructs an open danger, and who reads."""
    transitions: tuple[Transition, ...]
    whereabouts: tuple[str, ...]
    """Messages in which every place is marked: [where the writer is], <where their matter is>, {another}."""
    of_a_person: tuple[OfAPerson, ...]
    """Whom the matter of a message is about, and what is told of them."""
    country_lessons: Mapping[str, tuple[str, ...]]
    """What people write by the country where they surely are, though they name no place."""
    turns: Turns
    """How people are done with a matter, and turn to another."""
    endings: Mapping[str, tuple[str, ...]]
    act_lessons: Mapping[str, tuple[str, ...]]
    talk_lessons: Mapping[str, tuple[str, ...]]
    word_groups: Mapping[str, tuple[str, ...]]
    """Words and frames that the frames of both name by a group; written out in them when they are loaded."""
    triage: Triage
    kind_lessons: Mapping[str, KindLessons]
    """What the kinds of a category are learned from, by category."""
    questions: Mapping[str, Questions]
    """What is asked in the middle of a danger, by category."""
    tells: Mapping[str, Tells]
    """What is told in the middle of a danger, by category."""
    options: Mapping[str, OptionLessons]
    """How the questions of procedures are answered in own words, by procedure."""
    step_lessons: Mapping[str, StepLessons]
    """How it is told that a step of a procedure is done, by procedure."""
    errand_lessons: Mapping[str, ErrandLessons]
    """What each clause of a message does in the middle of a procedure, by procedure."""
    suppressors: tuple[Suppressor, ...]
    shifts: tuple[LevelShift, ...]
    signals: Signals
    weighing: Weighing
    sentences: Mapping[str, Sentences]
    conversations: Mapping[str, Conversations]
    """What the danger scorer learns from, by category."""
    moves: Mapping[str, Move]
    """What is meant by messages in an open danger."""
    kinds: Mapping[str, Kind]
    """Words of danger that stand for one another."""
    threads: Mapping[str, Threads]
    """What people write after an answer, and what it is to the open topic, by field."""
    acts: Mapping[str, Act]
    """What a person may do with a message."""
    talks: Mapping[str, Talks]
    """Whole conversations with what answers each message, by the hand that wrote them."""
    aspects: Mapping[Aspect, AspectWords]
    smalltalk: tuple[SmallTalk, ...]
    beyond: tuple[Beyond, ...]
    """What is not in our knowledge, and who does know; the first that is heard counts."""
    introductions: Introductions
    fillers: tuple[str, ...]
    """Frames of words that say nothing among courtesies."""
    stop_words: frozenset[str]
    """Words that carry no subject, folded."""
    flows: Mapping[str, Flow]
    procedures: Mapping[str, Procedure]
    """Errands and registrations, step by step."""
    step_words: StepWords
    reminder_words: ReminderWords
    menu: tuple[MenuGroup, ...]
    commands: tuple[PlainCommand, ...]
    languages: Mapping[str, tuple[str, ...]]
    """Language -> words that show it."""
    foreign: Mapping[str, OwnWord]
    """Language that we do not answer in -> what is said in it."""
    foreign_danger: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Such a language -> danger category -> frames of it."""
    spelling: Spelling
    concepts: Mapping[str, tuple[str, ...]]
    """Concept -> the words and phrases of both languages that mean it."""
    everyday: Mapping[Everyday, tuple[str, ...]]
    """Messages that no topic answers, by kind."""
    follow_ups: FollowUps
    facts_of_a_person: FactsOfAPerson
    putting_right: PuttingRight
    situations: Mapping[str, tuple[str, ...]]
    """Situation -> frames of which one tells of it: some sections are for it alone."""
    definitions: Definitions
    glossary: Mapping[str, Term]
    """Acronyms and official names."""
    ambiguous: Mapping[str, Ambiguous]
    """Phrases that may mean two topics."""
    texts: Mapping[str, Words]
    """Shared sentences, by id."""
    events: Mapping[str, Event]
    """The forum calendar."""
    calendar_words: Mapping[str, CalendarWord]
    calendar_groups: Mapping[str, tuple[str, ...]]
    """Groups of its asks and kinds, by their ids."""
    calendar_weights: Mapping[str, float]
    """What speaks for and against the calendar in a message."""
    consulates: Mapping[str, Consulate]
    """What may be said of them stands among facts and contacts too."""
    place_kinds: Mapping[str, PlaceKind]
    """What else is looked for nearby, consulates among it."""
    regions: Mapping[str, Region]
    directory: DirectoryWords
    places: Mapping[str, str]
    """`kind/id` -> the file that it stands in, for problems."""
    root: Path
    notices: tuple[Notice, ...] = ()
    """Oldest first; from the editors' page, so a file never has one."""
    digest: str = field(default="", init=False)
    """Of all files that it was read from; empty where it was made or changed in memory."""

    def __repr__(self) -> str:
        """Where it is from: all of it would be megabytes, and who prints something around it would wait for seconds."""
        return f"<Knowledge of {self.root}>"

    def saying(self, **changes: Any) -> "Knowledge":
        """A copy that says something else and is taught the same, so that what was learned of it keeps its names."""
        return replace(self, **changes).known_as(self.digest)

    def known_as(self, digest: str) -> "Knowledge":
        """Itself, now with the digest of its files."""
        object.__setattr__(self, "digest", digest)
        return self

    @property
    def lexicon(self) -> tuple[object, ...]:
        """What the lexicon makes of words, as a part of what a model is made from."""
        return sorted(self.spelling.forms.items()), sorted(self.concepts.items())

    def dated(self, reference: str) -> Dated | None:
        """The fact or contact with this id."""
        return self.facts.get(reference) or self.contacts.get(reference)

    def section(self, name: str) -> Section | None:
        """The section called `topic/section`."""
        topic, _, section = name.partition("/")
        return self.topics[topic].section(section) if topic in self.topics else None

    def place(self, kind: str, item_id: str) -> str:
        """The file that something stands in."""
        return self.places.get(f"{kind}/{item_id}", item_id)
