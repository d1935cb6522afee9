"""Which files hold what: one line for each part of the knowledge, by the name of its field."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from knowledge.schema.procedures import Procedure, StepWords
from knowledge.schema.protocols import KindLessons, Lines, Name, Protocol, Reading, Transition
from knowledge.schema.reminders import ReminderWords
from knowledge.schema.talk import Beyond, MenuGroup, OwnWord, PlainCommand, SmallTalk
from knowledge.schema.taught import (
    Act,
    Conversations,
    FactsOfAPerson,
    Kind,
    Move,
    PuttingRight,
    Sentences,
    Talks,
    Threads,
)
from knowledge.schema.topics import AspectWords, Card, CatalogueRow, Everyday, Topic, TopicPhrases
from knowledge.schema.triage import Triage
from knowledge.schema.turned import CategoryId
from knowledge.schema.urgent import Category, LevelShift, Signals, Suppressor, Weighing


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
        "catalogue": Register("catalogue.yaml", CatalogueRow),
        "topics": Register("topics/*.yaml", Topic, one_each=True),
        "cards": Register("cards/*.yaml", Card),
        "phrases": Register("phrases/*.yaml", TopicPhrases, one_each=True, key="topic", taught=True),
        "facts": Register("facts/*.yaml", Fact),
        "contacts": Register("contacts/*.yaml", Contact),
        "documents": Register("documents.yaml", Document),
        "categories": Register("urgent/categories/*.yaml", Category, one_each=True),
        "sentences": Register("urgent/sentences/*.yaml", Sentences, one_each=True, key="category", taught=True),
        "conversations": Register(
            "urgent/conversations/*.yaml", Conversations, one_each=True, key="category", taught=True
        ),
        "moves": Register("urgent/moves/*.yaml", Move, one_each=True, taught=True),
        "threads": Register("threads/*.yaml", Threads, one_each=True, taught=True),
        "kinds": Register("urgent/kinds.yaml", Kind),
        "protocols": Register("urgent/kinds/*/*.yaml", Protocol, one_each=True),
        "readings": Register("urgent/readings/*.yaml", Reading),
        "kind_lessons": Register("urgent/kind_lessons/*.yaml", KindLessons, one_each=True, key="category", taught=True),
        "acts": Register("acts/*.yaml", Act, one_each=True),
        "talks": Register("talks/*.yaml", Talks, one_each=True, taught=True),
        "flows": Register("flows/*.yaml", Flow, one_each=True),
        "procedures": Register("procedures/*.yaml", Procedure, one_each=True),
        "aspects": Register("aspects.yaml", AspectWords),
        "glossary": Register("glossary.yaml", Term),
        "ambiguous": Register("ambiguous.yaml", Ambiguous),
        "events": Register("calendar/*.yaml", Event),
        "calendar_words": Register("lexicon/calendar.yaml", CalendarWord),
        "consulates": Register("consulates.yaml", Consulate),
        "place_kinds": Register("places/*.yaml", PlaceKind, one_each=True),
        "regions": Register("lexicon/regions.yaml", Region),
    }
)
"""`cards` is no field: they become topics."""

FILES: Mapping[str, tuple[str, Any]] = MappingProxyType(
    {
        "blocked": ("blocked_numbers.yaml", list[BlockedNumber]),
        "institutions": ("institutions.yaml", dict[SourceKind, dict[Text, Institution]]),
        "suppressors": ("urgent/suppressors.yaml", list[Suppressor]),
        "shifts": ("urgent/levels.yaml", list[LevelShift]),
        "signals": ("urgent/signals.yaml", Signals),
        "lines": ("urgent/lines.yaml", Lines),
        "triage": ("urgent/triage.yaml", Triage),
        "transitions": ("urgent/transitions.yaml", list[Transition]),
        "endings": ("urgent/endings.yaml", dict[Name, tuple[Text, ...]]),
        "word_groups": ("urgent/word_groups.yaml", dict[str, tuple[Text, ...]]),
        "weighing": ("urgent/weighing.yaml", Weighing),
        "menu": ("menu.yaml", list[MenuGroup]),
        "commands": ("commands.yaml", list[PlainCommand]),
        "smalltalk": ("smalltalk.yaml", list[SmallTalk]),
        "beyond": ("beyond.yaml", list[Beyond]),
        "introductions": ("introductions.yaml", Introductions),
        "everyday": ("everyday.yaml", dict[Everyday, tuple[Text, ...]]),
        "texts": ("texts.yaml", dict[str, Words]),
        "fillers": ("lexicon/fillers.yaml", list[Text]),
        "stop_words": ("lexicon/stop_words.yaml", frozenset[str]),
        "languages": ("lexicon/languages.yaml", dict[str, tuple[str, ...]]),
        "foreign": ("lexicon/foreign.yaml", dict[str, OwnWord]),
        "foreign_danger": ("lexicon/foreign_danger.yaml", dict[str, dict[CategoryId, tuple[Text, ...]]]),
        "spelling": ("lexicon/spelling.yaml", dict[str, str]),
        "concepts": ("lexicon/concepts.yaml", dict[Slug, tuple[Text, ...]]),
        "follow_ups": ("lexicon/follow_ups.yaml", FollowUps),
        "facts_of_a_person": ("lexicon/facts_of_a_person.yaml", FactsOfAPerson),
        "putting_right": ("lexicon/putting_right.yaml", PuttingRight),
        "situations": ("lexicon/situations.yaml", dict[Slug, tuple[Text, ...]]),
        "definitions": ("lexicon/definitions.yaml", Definitions),
        "step_words": ("lexicon/steps.yaml", StepWords),
        "reminder_words": ("lexicon/reminders.yaml", ReminderWords),
        "directory": ("lexicon/directory.yaml", DirectoryWords),
        "calendar_weights": ("lexicon/calendar_weights.yaml", dict[str, float]),
    }
)
"""One file each: what it holds as a whole, and its shape."""
