"""The trained ranker: what teaches it, which answer a message is likely after, and which of its words say so."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, cycle

import numpy as np
from threadpoolctl import threadpool_limits

from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, packed, plain, unpacked
from bot.dialogue.words.features import Features, Floats, bag_of, features_of, numbers_of
from bot.dialogue.words.vectors import Ints, Small, Vocabulary, scheme, values_of
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Section, SectionPhrases, Topic

COUNTS = scheme({"scwbkp": 1.0}, rare=3, weights={"k": 1.7})
"""Concepts count more than the words that name them."""
REMEMBERED = 1024
"""Texts whose points are kept: those of a conversation are read again with each new message."""

READ = 16
"""Texts whose likelihoods are kept: those of one turn."""


@dataclass(frozen=True, slots=True)
class Column:
    """One answer that the ranker knows: a section of a topic and the row it speaks of; topic "" = everyday talk."""

    topic: str
    section: str
    row: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A feature of the message and how much it speaks for the answer (against it, where negative)."""

    feature: str
    weight: float


@dataclass(frozen=True, eq=False)
class Model:
    """What training gives and the cache keeps. inner: features x hidden; outer: hidden x columns."""

    columns: tuple[Column, ...]
    vocabulary: Vocabulary
    inner: Small
    outer: Floats
    opened: Floats
    """Topics x hidden: what it adds to a point that a topic is open."""


def topics_of(columns: Iterable[Column]) -> list[str]:
    """In the order in which a Model numbers them."""
    return sorted({column.topic for column in columns if column.topic})


class Ranker:
    """Scores messages with a Model. A message is a point in the hidden space, so that messages can be added."""

    def __init__(self, model: Model, features: Features) -> None:
        self.model = model
        self.features = features
        self.talk = {column.row: number for number, column in enumerate(model.columns) if not column.topic}
        """Kind of everyday talk -> its column."""
        self.topics = topics_of(model.columns)
        self.number_of = {topic: number for number, topic in enumerate(self.topics)}
        """Topic -> its place in `topics`."""
        self._rarest = float(model.vocabulary.rarity.max(initial=1.0))
        self._point = lru_cache(maxsize=REMEMBERED)(self._point_of)
        self._alone = lru_cache(maxsize=READ)(self._alone_of)

    def point(self, text: str) -> Floats:
        """Where a text stands in the hidden space; the origin where none of its features is known. Read only."""
        return self._point(text)

    def _point_of(self, text: str) -> Floats:
        numbers, values = self._known(text)
        point = self.model.inner.total(numbers, values)
        point.flags.writeable = False
        return point

    def alone(self, text: str) -> Floats:
        """The likelihoods of a text by itself. Read only: acts and sections ask for it."""
        return self._alone(text)

    def _alone_of(self, text: str) -> Floats:
        likely = self.likelihoods(self.point(text))
        likely.flags.writeable = False
        return likely

    def behind(self, point: Floats, topic: int) -> Floats:
        """Where a text stands that was written while the topic of this number was open."""
        result: Floats = point + self.model.opened[topic]
        return result

    def likelihoods(self, point: Floats) -> Floats:
        """By column; together 1. Of one point, or of several at once."""
        scores = point @ self.model.outer
        likely = np.exp(scores - scores.max(axis=-1, keepdims=True))
        result: Floats = likely / likely.sum(axis=-1, keepdims=True)
        return result

    def evidence(self, text: str, column: int, count: int = 8) -> tuple[Evidence, ...]:
        """The features that weigh most for a column, against the mean of all columns."""
        numbers, values = self._known(text)
        direction = self.model.outer[:, column] - self.model.outer.mean(axis=1)
        weights = values * (self.model.inner.rows(numbers) @ direction)
        name_of = self.features.names(text)
        order = np.argsort(-np.abs(weights))[:count]
        ids = self.model.vocabulary.ids[numbers]
        return tuple(Evidence(name_of[int(ids[n])], round(float(weights[n]), 3)) for n in order)

    def rarity(self, features: Iterable[str]) -> float:
        """How seldom the commonest of these features is met; one that nobody taught is the rarest."""
        places, known = self.model.vocabulary.known(numbers_of(features))
        return float(self.model.vocabulary.rarity[places[known]].min(initial=self._rarest))

    def _known(self, text: str) -> tuple[Ints, Floats]:
        """The places of the known features and their values, of length 1 together."""
        return values_of(bag_of(self.features.ids(text)), self.model.vocabulary, COUNTS)


CODE = ("bot.training.ranker",)
"""What a change of makes another model of the same content, with all that it imports."""


@lru_cache(maxsize=4)
def ranker_of(knowledge: Knowledge) -> Ranker:
    """The ranker of this Knowledge; the first call for new content trains it (most of a minute)."""
    threadpool_limits(limits=1)  # for good: products this small only wait for one another on more cores
    model = kept(knowledge.root, ranker_name(knowledge), lambda: made("ranker", knowledge), _model)
    return Ranker(model, features_of(knowledge))


@lru_cache(maxsize=4)
def ranker_name(knowledge: Knowledge) -> str:
    """The name of its file: a hash of all that it is made from."""
    return name_of(
        "ranker",
        CODE,
        knowledge,
        lambda: (*lexicon_of(knowledge), columns_of(knowledge), plain(lessons_of(knowledge))),
    )


def lexicon_of(knowledge: Knowledge) -> tuple[object, ...]:
    """What the lexicon makes of words, as a part of what a model is made from."""
    return sorted(knowledge.spelling.forms.items()), sorted(knowledge.concepts.items())


def arrays_of(model: Model) -> Arrays:
    """As it is kept in a file."""
    return {
        "columns": packed([json.dumps([[c.topic, c.section, c.row] for c in model.columns])]),
        "ids": model.vocabulary.ids,
        "rarity": model.vocabulary.rarity,
        "inner": model.inner.steps,
        "inner_scale": model.inner.scale,
        "outer": model.outer,
        "opened": model.opened,
    }


def _model(held: Arrays) -> Model:
    columns = tuple(Column(*column) for column in json.loads(unpacked(held["columns"])[0]))
    inner = Small(held["inner"], held["inner_scale"])
    model = Model(columns, Vocabulary(held["ids"], held["rarity"]), inner, held["outer"], held["opened"])
    fits = held["inner"].shape == (len(held["ids"]), len(model.outer)) and model.outer.shape[1] == len(columns)
    if not fits or len(held["rarity"]) != len(held["ids"]) or len(held["opened"]) != len(topics_of(columns)):
        raise ValueError("the arrays do not fit one another")
    return model


EVERYDAY = ""
"""In place of a topic."""
MEXICO = "MX"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text and where it leads; `exact` false: any section of the topic that speaks of the same row.

    `opened`: the topic that was open when it was written, of a message in a thread.
    """

    text: str
    topic: str
    section: str
    exact: bool = True
    opened: str | None = None


def columns_of(knowledge: Knowledge) -> tuple[Column, ...]:
    """Every answer that can be learned: all sections, then the kinds of everyday talk."""
    sections = [Column(t.id, s.id, row_of(t, s)) for t in knowledge.topics.values() for s in t.sections]
    return (*sections, *(Column(EVERYDAY, kind.value, kind.value) for kind in knowledge.everyday))


def row_of(topic: Topic, section: Section) -> str:
    """What a section speaks of first: a catalogue row, or the topic itself."""
    return section.covers[0] if section.covers else topic.id


def lessons_of(knowledge: Knowledge) -> tuple[Lesson, ...]:
    """In a fixed order: the same content teaches the same."""
    return tuple(_lessons(knowledge))


def _lessons(knowledge: Knowledge) -> Iterator[Lesson]:
    states = _states(knowledge)
    own = sorted({*states}.intersection(*[chain.from_iterable(name.split("-") for name in knowledge.topics)]))
    for topic in knowledge.topics.values():
        yield from _named(topic)
        of_a_state = bool(_names_one(topic, states))
        for section_id, phrases in _phrases(knowledge, topic):
            texts = (*phrases.es, *phrases.en, *phrases.mix)
            yield from (Lesson(text, topic.id, section_id) for text in texts)
            if not of_a_state:
                yield from (Lesson(moved, topic.id, section_id) for moved in _moved(texts, states, own))
    yield from _catalogued(knowledge)
    yield from _in_threads(knowledge)
    for kind, texts in knowledge.everyday.items():
        yield from (Lesson(text, EVERYDAY, kind.value) for text in texts)


def _in_threads(knowledge: Knowledge) -> Iterator[Lesson]:
    for thread in (one for field in knowledge.threads.values() for one in field.threads):
        topic = thread.opens
        for message in thread.then:
            opened, topic = topic, message.topic or topic
            if message.section is not None or message.bearing is Bearing.OTHER:
                section = message.section or knowledge.topics[topic].sections[0].id
                yield Lesson(message.text, topic, section, exact=message.section is not None, opened=opened)


def _states(knowledge: Knowledge) -> tuple[str, ...]:
    """The states of Mexico that one word names."""
    return tuple(
        fold(one.name.es) for one in knowledge.regions.values() if one.country == MEXICO and " " not in one.name.es
    )


def _names_one(topic: Topic, states: Sequence[str]) -> set[str]:
    """The states that a topic is called after."""
    return set(fold(" ".join((topic.id, *chain.from_iterable(topic.names.values())))).replace("-", " ").split()) & {
        *states
    }


def _moved(texts: Iterable[str], states: Sequence[str], own: Sequence[str]) -> Iterator[str]:
    """Texts that name a state, with another in its place, every other time one that has topics of its own.

    So no topic hangs on where somebody's mother lives.
    """
    others = cycle(chain.from_iterable(zip(states, cycle(own), strict=False)))
    known = frozenset(states)
    for text in texts:
        words = fold(text).split()
        if not known.isdisjoint(words):
            named = next(state for state in states if state in words)
            other = next(state for state in others if state != named)
            yield " ".join(other if word == named else word for word in words)


def _phrases(knowledge: Knowledge, topic: Topic) -> Iterator[tuple[str, SectionPhrases]]:
    phrases = knowledge.phrases.get(topic.id)
    for section_id, by_lang in phrases.sections.items() if phrases else ():
        if topic.section(section_id):
            yield section_id, by_lang


def _named(topic: Topic) -> Iterator[Lesson]:
    first = topic.sections[0].id
    names = (*topic.names.get("es", ()), *topic.names.get("en", ()), topic.title.es, topic.title.en)
    for name in dict.fromkeys(names):
        yield Lesson(name, topic.id, first, exact=False)


def _catalogued(knowledge: Knowledge) -> Iterator[Lesson]:
    """The names of the catalogue's rows, each at the first section that speaks of it first."""
    homes: dict[str, tuple[str, str]] = {}
    for topic in knowledge.topics.values():
        for section in topic.sections:
            homes.setdefault(row_of(topic, section), (topic.id, section.id))
    for row in knowledge.catalogue.values():
        if row.id in homes:
            yield from (Lesson(name, *homes[row.id]) for name in dict.fromkeys((row.name.es, row.name.en)))
