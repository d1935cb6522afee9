"""Reads knowledge/content into one Knowledge; every problem of every file is listed at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from knowledge.model import Knowledge
from knowledge.problems import ContentError, Problem
from knowledge.schema.base import Slug, Text, Words
from knowledge.schema.calendar import CalendarWord, Event
from knowledge.schema.directory import Consulate, DirectoryWords, Region
from knowledge.schema.facts import BlockedNumber, Contact, Document, Fact
from knowledge.schema.flows import Flow
from knowledge.schema.glossary import Ambiguous, Definitions, Term
from knowledge.schema.topics import (
    Aspect,
    AspectWords,
    Card,
    CatalogueRow,
    Everyday,
    FollowUps,
    MenuGroup,
    PlainCommand,
    SmallTalk,
    Topic,
    TopicPhrases,
)
from knowledge.schema.urgent import Category, Kind, LevelShift, Sentences, Signals, Suppressor
from knowledge.yaml import StrictYamlError, compose, line_of, plain

CONTENT = Path(__file__).parent / "content"


@dataclass
class _Reader:
    root: Path
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def read(self, path: Path, shape: Any) -> Any:
        """The validated content of a file; None when it has problems (which are kept)."""
        name = str(path.relative_to(self.root))
        try:
            node = compose(path)
            data = plain(node)
        except StrictYamlError as error:
            self.problems.append(Problem(f"{name}:{error.line}", "yaml", str(error)))
            return None
        except OSError as error:
            self.problems.append(Problem(name, "yaml", f"cannot be read: {error.strerror}"))
            return None
        try:
            return TypeAdapter(shape).validate_python(data)
        except ValidationError as error:
            for e in error.errors():
                where = ".".join(map(str, e["loc"]))
                self.problems.append(Problem(f"{name}:{line_of(node, e['loc'])}", "schema", f"{where}: {e['msg']}"))
            return None

    def items(self, pattern: str, model: type[BaseModel], *, many: bool) -> list[Any]:
        """All items of the files that match; a file holds one (`many` false) or a list."""
        found: list[Any] = []
        for path in sorted(self.root.glob(pattern)):
            content = self.read(path, list[model] if many else model)  # type: ignore[valid-type]
            found.extend([] if content is None else content if many else [content])
        return found

    def register(
        self, kind: str, pattern: str, model: type[BaseModel], *, many: bool, key: str = "id"
    ) -> Mapping[str, Any]:
        """Items by id; an id that stands twice is a problem, and so is a file of one item under another name."""
        result: dict[str, Any] = {}
        for path in sorted(self.root.glob(pattern)):
            name = str(path.relative_to(self.root))
            content = self.read(path, list[model] if many else model)  # type: ignore[valid-type]
            for item in [] if content is None else content if many else [content]:
                item_id = str(getattr(item, key))
                if item_id in result:
                    first = self.places[f"{kind}/{item_id}"]
                    self.problems.append(Problem(name, "schema", f"{item_id}: stands already in {first}"))
                if not many and path.stem != item_id:
                    self.problems.append(Problem(name, "schema", f"{item_id}: the file must be called {item_id}.yaml"))
                result[item_id] = item
                self.places[f"{kind}/{item_id}"] = name
        return MappingProxyType(result)


def _wording(reader: _Reader) -> dict[str, Any]:
    """How people write, by the name of the field of Knowledge."""
    shapes = {
        "languages": ("lexicon/languages.yaml", dict[str, tuple[str, ...]]),
        "foreign": ("lexicon/foreign.yaml", dict[str, Text]),
        "spelling": ("lexicon/spelling.yaml", dict[str, str]),
        "concepts": ("lexicon/concepts.yaml", dict[Slug, tuple[Text, ...]]),
        "everyday": ("everyday.yaml", dict[Everyday, tuple[Text, ...]]),
    }
    found = {
        name: MappingProxyType(reader.read(reader.root / path, shape) or {}) for name, (path, shape) in shapes.items()
    }
    lexicon = reader.root / "lexicon"
    return {
        **found,
        "follow_ups": reader.read(lexicon / "follow_ups.yaml", FollowUps),
        "definitions": reader.read(lexicon / "definitions.yaml", Definitions),
        "glossary": reader.register("glossary", "glossary.yaml", Term, many=True),
        "ambiguous": reader.register("ambiguous", "ambiguous.yaml", Ambiguous, many=True),
    }


def _directory(reader: _Reader, facts: Mapping[str, Any], contacts: Mapping[str, Any]) -> dict[str, Any]:
    """Consulates, the words that ask for them, and the registers with what may be said of them; by field."""
    consulates = reader.register("consulates", "consulates.yaml", Consulate, many=True)
    told: list[Consulate] = list(consulates.values())
    return {
        "consulates": consulates,
        "regions": reader.register("regions", "lexicon/regions.yaml", Region, many=True),
        "directory": reader.read(reader.root / "lexicon/directory.yaml", DirectoryWords),
        "facts": _with_consulates(reader, "facts", facts, (fact for seat in told for fact in seat.facts())),
        "contacts": _with_consulates(reader, "contacts", contacts, (one for seat in told for one in seat.contacts())),
    }


def _with_consulates(reader: _Reader, kind: str, items: Mapping[str, Any], told: Iterable[Any]) -> Mapping[str, Any]:
    """A register with what consulates add to it."""
    added = {item.id: item for item in told}
    for twice in sorted(items.keys() & added.keys()):
        reader.problems.append(Problem("consulates.yaml", "schema", f"{twice}: stands already in {kind}"))
    reader.places.update({f"{kind}/{item_id}": "consulates.yaml" for item_id in added})
    return MappingProxyType({**items, **added})


def load_knowledge(root: Path = CONTENT) -> Knowledge:
    """Everything under `root`. Raises ContentError with all problems of form; sense is `knowledge.lint`'s."""
    reader = _Reader(root)
    catalogue = reader.register("catalogue", "catalogue.yaml", CatalogueRow, many=True)
    topics = reader.register("topics", "topics/*.yaml", Topic, many=False)
    cards = reader.register("cards", "cards/*.yaml", Card, many=True)
    for twice in sorted(topics.keys() & cards.keys()):
        reader.problems.append(Problem(reader.places[f"cards/{twice}"], "schema", f"{twice}: is a topic already"))
    phrases = reader.register("phrases", "phrases/*.yaml", TopicPhrases, many=False, key="topic")
    facts = reader.register("facts", "facts/*.yaml", Fact, many=True)
    contacts = reader.register("contacts", "contacts/*.yaml", Contact, many=True)
    documents = reader.register("documents", "documents.yaml", Document, many=True)
    categories = reader.register("categories", "urgent/categories/*.yaml", Category, many=False)
    sentences = reader.register("sentences", "urgent/sentences/*.yaml", Sentences, many=False, key="category")
    kinds = reader.register("kinds", "urgent/kinds.yaml", Kind, many=True)
    flows = reader.register("flows", "flows/*.yaml", Flow, many=False)
    aspects = reader.register("aspects", "aspects.yaml", AspectWords, many=True)
    blocked = reader.items("blocked_numbers.yaml", BlockedNumber, many=True)
    suppressors = reader.items("urgent/suppressors.yaml", Suppressor, many=True)
    shifts = reader.items("urgent/levels.yaml", LevelShift, many=True)
    menu = reader.items("menu.yaml", MenuGroup, many=True)
    commands = reader.items("commands.yaml", PlainCommand, many=True)
    smalltalk = reader.items("smalltalk.yaml", SmallTalk, many=True)
    signals = reader.read(root / "urgent" / "signals.yaml", Signals)
    wording = _wording(reader)
    texts = reader.read(root / "texts.yaml", dict[str, Words])
    words = reader.register("calendar_words", "lexicon/calendar.yaml", CalendarWord, many=True)
    events = reader.register("events", "calendar/*.yaml", Event, many=True)
    directory = _directory(reader, facts, contacts)
    if reader.problems:
        raise ContentError(sorted(reader.problems))
    return Knowledge(
        catalogue=catalogue,
        topics=MappingProxyType({**topics, **{card_id: card.topic() for card_id, card in cards.items()}}),
        phrases=phrases,
        documents=documents,
        blocked=tuple(blocked),
        categories=categories,
        suppressors=tuple(suppressors),
        shifts=tuple(shifts),
        signals=signals,
        sentences=sentences,
        kinds=kinds,
        aspects=MappingProxyType({Aspect(aspect): words for aspect, words in aspects.items()}),
        smalltalk=tuple(smalltalk),
        flows=flows,
        menu=tuple(menu),
        commands=tuple(commands),
        texts=MappingProxyType(texts),
        **wording,
        events=events,
        calendar_words=words,
        **directory,
        places=MappingProxyType(reader.places),
        root=root,
    )
