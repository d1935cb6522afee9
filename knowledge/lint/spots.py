"""Where words and frames stand in the content, and the line of a problem."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as File

import yaml
from pydantic import BaseModel

from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.registers import FILES
from knowledge.render import in_pesos
from knowledge.schema.base import LANGS, Words
from knowledge.schema.talk import PlainCommand, SmallTalk
from knowledge.schema.urgent import Category, LevelShift, Signals, Suppressor
from knowledge.yaml import StrictYamlError, compose, line_of

Step = str | int

SIGNALS = ("minor", "fears_government", "fears_unless", "foreign", "returned", "not_mexican", "visitor", "unknowing")
ORIGIN = ("citizens_of", "origin", "origin_ends", "comes_from")
_KEYS = ("id", "value")
"""Names an item of a list."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An item of content and the way to a value inside it."""

    kind: str
    id: str
    steps: tuple[Step, ...] = ()

    def at(self, *steps: Step) -> "Spot":
        """A value further inside."""
        return Spot(self.kind, self.id, (*self.steps, *steps))

    def problem(self, knowledge: Knowledge, rule: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """A problem at this spot, with file and line."""
        where = ".".join(map(str, (self.id, *self.steps)))
        return Problem(self.place(knowledge), rule, f"{where}: {message}", severity)

    def place(self, knowledge: Knowledge) -> str:
        """`path:line` under the content."""
        written = self._as_written(knowledge)
        name = FILES[written.kind][0] if written.kind in FILES else knowledge.place(written.kind, written.id)
        path = knowledge.root / name
        if not path.is_file():
            return name
        return f"{name}:{line_of(*_within(_tree(path, path.stat().st_mtime_ns), written))}"

    def _as_written(self, knowledge: Knowledge) -> "Spot":
        """A topic that was made of a card stands in the card's file, without sections."""
        if self.kind != "topics" or self.id not in knowledge.topics or not knowledge.topics[self.id].card:
            return self
        inner = self.steps[2:] if self.steps[:1] == ("sections",) else self.steps
        return Spot("cards", self.id, inner)


@lru_cache(maxsize=256)
def _tree(path: File, changed: int) -> yaml.Node | None:
    try:
        return compose(path)
    except StrictYamlError:
        return None


def _within(tree: yaml.Node | None, spot: Spot) -> tuple[yaml.Node | None, tuple[Step, ...]]:
    """The item's own node where a file holds many."""
    if isinstance(tree, yaml.SequenceNode):
        item = next((node for node in tree.value if _names(node, spot.id)), tree)
        return item, spot.steps
    return tree, (spot.id, *spot.steps) if spot.kind == "texts" else spot.steps


def _names(node: yaml.Node, item_id: str) -> bool:
    return isinstance(node, yaml.MappingNode) and any(
        key.value in _KEYS and value.value == item_id for key, value in node.value
    )


_BEYOND = ("sure", "frames", "unless")
"""The lists of frames of a subject beyond ours."""


def words_in(value: object, spot: Spot) -> Iterator[tuple[Spot, Words]]:
    """All Words inside a model, with their way."""
    if isinstance(value, Words):
        yield spot, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from words_in(getattr(value, name), spot.at(name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from words_in(inner, spot.at(key))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from words_in(inner, spot.at(number))


def _own_items(knowledge: Knowledge) -> Iterator[tuple[str, Iterable[tuple[str, object]]]]:
    yield "topics", knowledge.topics.items()
    yield "aspects", knowledge.aspects.items()
    yield "categories", knowledge.categories.items()
    yield "protocols", knowledge.protocols.items()
    yield "lines", [("lines", knowledge.lines)]
    yield "flows", knowledge.flows.items()
    yield "procedures", knowledge.procedures.items()
    yield "texts", knowledge.texts.items()
    yield "smalltalk", ((item.id, item) for item in knowledge.smalltalk)
    yield "beyond", ((item.id, item) for item in knowledge.beyond)
    yield "introductions", ((item.id, item) for item in knowledge.introductions.groups)
    yield "menu", ((group.id, group) for group in knowledge.menu)
    yield "events", knowledge.events.items()
    yield "consulates", knowledge.consulates.items()
    yield "place_kinds", knowledge.place_kinds.items()
    yield "regions", knowledge.regions.items()
    yield "glossary", knowledge.glossary.items()


@lru_cache(maxsize=2)
def our_words(knowledge: Knowledge) -> tuple[tuple[Spot, Words], ...]:
    """Everything that we say in our own words; not what the registers hold. Kept: most rules ask for it."""
    return tuple(
        found
        for kind, items in _own_items(knowledge)
        for item_id, item in items
        for found in words_in(item, Spot(kind, str(item_id)))
    )


def our_texts(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """Where each text of ours stands, and its words in one language."""
    for spot, words in our_words(knowledge):
        yield spot.at("es"), words.es
        yield spot.at("en"), words.en


def register_texts(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """What the registers let us say: values of facts and what they make; names, numbers and hours of contacts."""
    for fact in knowledge.facts.values():
        yield from _texts_of(fact.value, Spot("facts", fact.id, ("value",)))
        unit = knowledge.facts.get(fact.times or "")
        if unit is not None and fact.value is not None:
            spot = Spot("facts", fact.id, ("times",))
            yield from ((spot, in_pesos(fact, unit, knowledge, lang)) for lang in LANGS)
    for contact in knowledge.contacts.values():
        for name in ("name", "value", "dial", "hours"):
            yield from _texts_of(getattr(contact, name), Spot("contacts", contact.id, (name,)))


def _texts_of(value: object, spot: Spot) -> Iterator[tuple[Spot, str]]:
    if isinstance(value, str):
        yield spot, value
    elif isinstance(value, Words):
        yield from ((spot.at("es"), value.es), (spot.at("en"), value.en))


def frames_in(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """Every frame of the content."""
    for spot, frames in _frame_lists(knowledge):
        for number, frame in enumerate(frames):
            yield spot.at(number), frame


def _beyond_lists(knowledge: Knowledge) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    for subject in knowledge.beyond:
        yield from ((Spot("beyond", subject.id, (name,)), getattr(subject, name)) for name in _BEYOND)


def _told_lists(knowledge: Knowledge) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    for topic in knowledge.topics.values():
        yield from (
            (Spot("topics", topic.id, ("told", number, "any")), one.any) for number, one in enumerate(topic.told)
        )


def _category_lists(category: Category) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    for number, rule in enumerate(category.rules):
        spot = Spot("categories", category.id, ("rules", number))
        yield from ((spot.at("any"), rule.any), (spot.at("unless"), rule.unless))
    for number, milder in enumerate(category.milder):
        spot = Spot("categories", category.id, ("milder", number))
        yield from ((spot.at("any"), milder.any), (spot.at("unless"), milder.unless))
    spot = Spot("categories", category.id)
    yield from ((spot.at("named"), category.named), (spot.at("named_unless"), category.named_unless))


def _protocol_lists(knowledge: Knowledge) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    for protocol in knowledge.protocols.values():
        spot = Spot("protocols", protocol.id)
        for name in ("ask", "ask_other"):
            if (ask := getattr(protocol, name)) is not None:
                yield from ((spot.at(name, "yes"), ask.yes), (spot.at(name, "no"), ask.no))
    for kind, items in (("readings", knowledge.readings.values()), ("transitions", knowledge.transitions)):
        for item in items:
            spot = Spot(kind, item.id)
            yield from ((spot.at("any"), item.any), (spot.at("unless"), item.unless))
    yield Spot("triage", "triage", ("never",)), knowledge.triage.never


def _procedure_lists(knowledge: Knowledge) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    for name, held in knowledge.step_words:
        lists = held.items() if isinstance(held, dict) else [("", held)]
        yield from ((Spot("step_words", "steps", (name, *filter(None, (key,)))), frames) for key, frames in lists)
    for procedure in knowledge.procedures.values():
        spot = Spot("procedures", procedure.id)
        yield spot.at("names"), procedure.names
        yield from ((spot.at("papers", n, "frames"), paper.frames) for n, paper in enumerate(procedure.papers))
        yield from ((spot.at("steps", n, "done"), step.done) for n, step in enumerate(procedure.steps))
        for q, question in enumerate(procedure.questions):
            for o, option in enumerate(question.options):
                yield spot.at("questions", q, "options", o, "frames"), option.frames
                yield spot.at("questions", q, "options", o, "told"), option.told


def _frame_lists(knowledge: Knowledge) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    for category in knowledge.categories.values():
        yield from _category_lists(category)
    yield from _protocol_lists(knowledge)
    for flow in knowledge.flows.values():
        for q, question in enumerate(flow.questions):
            for o, option in enumerate(question.options):
                yield Spot("flows", flow.id, ("questions", q, "options", o, "frames")), option.frames
    yield from _procedure_lists(knowledge)
    for aspect in knowledge.aspects.values():
        yield Spot("aspects", aspect.id, ("frames",)), aspect.frames
    lists: dict[str, Sequence[Suppressor | LevelShift | SmallTalk | PlainCommand]] = {
        "suppressors": knowledge.suppressors,
        "shifts": knowledge.shifts,
        "smalltalk": knowledge.smalltalk,
        "commands": knowledge.commands,
    }
    for kind, items in lists.items():
        for item in items:
            yield Spot(kind, item.id, ("frames",)), item.frames
    for talk in knowledge.smalltalk:
        yield from ((Spot("smalltalk", talk.id, (name,)), getattr(talk, name)) for name in ("opens", "closes"))
    yield from _beyond_lists(knowledge)
    yield from _told_lists(knowledge)
    yield from ((Spot("situations", name), frames) for name, frames in knowledge.situations.items())
    for command in knowledge.commands:
        yield Spot("commands", command.id, ("within",)), command.within
    yield Spot("fillers", "fillers", ()), knowledge.fillers
    for name in ("what", "means"):
        yield Spot("definitions", "definitions", (name,)), getattr(knowledge.definitions, name)
    yield from _signals(knowledge.signals)
    for suppressor in knowledge.suppressors:
        yield Spot("suppressors", suppressor.id, ("unless",)), suppressor.unless


def _signals(signals: Signals) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    for name in (*SIGNALS, *ORIGIN):
        yield Spot("signals", "signals", (name,)), getattr(signals, name)
    for name, countries in (("citizens", signals.citizens), ("nations", signals.nations)):
        yield from ((Spot("signals", "signals", (name, country)), frames) for country, frames in countries.items())
