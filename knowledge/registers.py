"""Which files hold what: one line for each part of the knowledge, by the name of its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from knowledge.schema.base import Slug, Text, Words
from knowledge.schema.calendar import CalendarWord, Event
from knowledge.schema.directory import Consulate, DirectoryWords, PlaceKind, Region
from knowledge.schema.facts import BlockedNumber, Contact, Document, Fact
from knowledge.schema.flows import Flow
from knowledge.schema.follow_ups import FollowUps
from knowledge.schema.glossary import Ambiguous, Definitions, Term
from knowledge.schema.institutions import Institution, SourceKind
from knowledge.schema.introductions import Introductions
from knowledge.schema.procedures import ErrandLessons, OptionLessons, Procedure, StepLessons
from knowledge.schema.protocols import KindLessons, Lines, Name, Protocol, Questions, Reading, Tells, Transition
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
from knowledge.schema.topics import AspectWords, Card, CatalogueRow, Everyday, Topic, TopicPhrases
from knowledge.schema.triage import Triage
from knowledge.schema.turned import CategoryId
from knowledge.schema.urgent import Category, LevelShift, Signals, Suppressor, Weighing

FOLDERS = ("content", "training")
"""What people read or what decides what they read, and what models learn from, below the root."""


def files_of(root: Path) -> list[Path]:
    """All files of knowledge below its root, in a fixed order."""
    return sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.yaml"))


@dataclass(frozen=True, slots=True)
class Register:
    """Items by id, from all files of a pattern: lists of items, or one item a file, which is called like it."""

    files: str
    item: type[BaseModel]
    one_each: bool = False
    key: str = "id"
    taught: bool = False
    """Only lessons, which nobody reads where what they taught is kept."""


REGISTERS: Mapping[str, Register] = MappingProxyType(
    {
        "catalogue": Register("content/catalogue.yaml", CatalogueRow),
        "topics": Register("content/topics/*.yaml", Topic, one_each=True),
        "cards": Register("content/cards/*.yaml", Card),
        "phrases": Register("training/phrases/*.yaml", TopicPhrases, one_each=True, key="topic", taught=True),
        "facts": Register("content/facts/*.yaml", Fact),
        "contacts": Register("content/contacts/*.yaml", Contact),
        "documents": Register("content/documents.yaml", Document),
        "categories": Register("content/urgent/categories/*.yaml", Category, one_each=True),
        "sentences": Register(
            "training/urgent/sentences/*.yaml", Sentences, one_each=True, key="category", taught=True
        ),
        "conversations": Register(
            "training/urgent/conversations/*.yaml", Conversations, one_each=True, key="category", taught=True
        ),
        "moves": Register("training/urgent/moves/*.yaml", Move, one_each=True, taught=True),
        "threads": Register("training/threads/*.yaml", Threads, one_each=True, taught=True),
        "kinds": Register("content/urgent/kinds.yaml", Kind),
        "protocols": Register("content/urgent/kinds/*/*.yaml", Protocol, one_each=True),
        "readings": Register("content/urgent/readings/*.yaml", Reading),
        "kind_lessons": Register(
            "training/urgent/kind_lessons/*.yaml", KindLessons, one_each=True, key="category", taught=True
        ),
        "questions": Register(
            "training/urgent/questions/*.yaml", Questions, one_each=True, key="category", taught=True
        ),
        "tells": Register("training/urgent/tells/*.yaml", Tells, one_each=True, key="category", taught=True),
        "acts": Register("content/acts/*.yaml", Act, one_each=True),
        "talks": Register("training/talks/*.yaml", Talks, one_each=True, taught=True),
        "flows": Register("content/flows/*.yaml", Flow, one_each=True),
        "procedures": Register("content/procedures/*.yaml", Procedure, one_each=True),
        "options": Register("training/options/*.yaml", OptionLessons, one_each=True, key="procedure", taught=True),
        "step_lessons": Register("training/steps/*.yaml", StepLessons, one_each=True, key="procedure", taught=True),
        "errand_lessons": Register(
            "training/errands/*.yaml", ErrandLessons, one_each=True, key="procedure", taught=True
        ),
        "aspects": Register("content/aspects.yaml", AspectWords),
        "glossary": Register("content/glossary.yaml", Term),
        "ambiguous": Register("content/ambiguous.yaml", Ambiguous),
        "events": Register("content/calendar/*.yaml", Event),
        "calendar_words": Register("content/lexicon/calendar.yaml", CalendarWord),
        "consulates": Register("content/consulates.yaml", Consulate),
        "place_kinds": Register("content/places/*.yaml", PlaceKind, one_each=True),
        "regions": Register("content/lexicon/regions.yaml", Region),
    }
)
"""`cards` is no field: they become topics."""

FILES: Mapping[str, tuple[str, Any]] = MappingProxyType(
    {
        "blocked": ("content/blocked_numbers.yaml", list[BlockedNumber]),
        "institutions": ("content/institutions.yaml", dict[SourceKind, dict[Text, Institution]]),
        "suppressors": ("content/urgent/suppressors.yaml", list[Suppressor]),
        "shifts": ("content/urgent/levels.yaml", list[LevelShift]),
        "signals": ("content/urgent/signals.yaml", Signals),
        "lines": ("content/urgent/lines.yaml", Lines),
        "triage": ("content/urgent/triage.yaml", Triage),
        "transitions": ("content/urgent/transitions.yaml", list[Transition]),
        "act_lessons": ("training/acts.yaml", dict[Text, tuple[Text, ...]]),
        "talk_lessons": ("training/talk.yaml", dict[Text, tuple[Text, ...]]),
        "whereabouts": ("training/whereabouts.yaml", tuple[Text, ...]),
        "of_a_person": ("training/people.yaml", tuple[OfAPerson, ...]),
        "country_lessons": ("training/countries.yaml", dict[str, tuple[Text, ...]]),
        "turns": ("training/turns.yaml", Turns),
        "endings": ("training/urgent/endings.yaml", dict[Name, tuple[Text, ...]]),
        "word_groups": ("content/urgent/word_groups.yaml", dict[str, tuple[Text, ...]]),
        "weighing": ("content/urgent/weighing.yaml", Weighing),
        "menu": ("content/menu.yaml", list[MenuGroup]),
        "commands": ("content/commands.yaml", list[PlainCommand]),
        "smalltalk": ("content/smalltalk.yaml", list[SmallTalk]),
        "beyond": ("content/beyond.yaml", list[Beyond]),
        "introductions": ("content/introductions.yaml", Introductions),
        "everyday": ("training/everyday.yaml", dict[Everyday, tuple[Text, ...]]),
        "texts": ("content/texts.yaml", dict[str, Words]),
        "fillers": ("content/lexicon/fillers.yaml", list[Text]),
        "stop_words": ("content/lexicon/stop_words.yaml", frozenset[str]),
        "languages": ("content/lexicon/languages.yaml", dict[str, tuple[str, ...]]),
        "foreign": ("content/lexicon/foreign.yaml", dict[str, OwnWord]),
        "foreign_danger": ("content/lexicon/foreign_danger.yaml", dict[str, dict[CategoryId, tuple[Text, ...]]]),
        "spelling": ("content/lexicon/spelling.yaml", dict[str, str]),
        "concepts": ("content/lexicon/concepts.yaml", dict[Slug, tuple[Text, ...]]),
        "follow_ups": ("content/lexicon/follow_ups.yaml", FollowUps),
        "facts_of_a_person": ("content/lexicon/facts_of_a_person.yaml", FactsOfAPerson),
        "putting_right": ("content/lexicon/putting_right.yaml", PuttingRight),
        "situations": ("content/lexicon/situations.yaml", dict[Slug, tuple[Text, ...]]),
        "definitions": ("content/lexicon/definitions.yaml", Definitions),
        "step_words": ("content/lexicon/steps.yaml", StepWords),
        "reminder_words": ("content/lexicon/reminders.yaml", ReminderWords),
        "directory": ("content/lexicon/directory.yaml", DirectoryWords),
        "calendar_groups": ("content/lexicon/calendar_groups.yaml", dict[str, tuple[Slug, ...]]),
        "calendar_weights": ("content/lexicon/calendar_weights.yaml", dict[str, float]),
    }
)
"""One file each: what it holds as a whole, and its shape."""
