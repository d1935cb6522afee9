"""The trained ranker: what teaches it, and which answer a message is likely after."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from threadpoolctl import threadpool_limits

from bot.dialogue.ranking.model_files import Arrays, kept, lessons, made, name_of, plain, unpacked
from bot.dialogue.words.features import Features, Floats, bag_of, features_of, numbers_of
from bot.dialogue.words.vectors import Small, Vocabulary, scheme, values_of
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic

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
        self.point = lru_cache(maxsize=REMEMBERED)(self._point)
        """Where a text stands in the hidden space; the origin where none of its features is known. Read only."""
        self.alone = lru_cache(maxsize=READ)(self._alone)
        """The likelihoods of a text by itself. Read only: acts and sections ask for it."""

    def _point(self, text: str) -> Floats:
        point = self.model.inner.total(*values_of(bag_of(self.features.ids(text)), self.model.vocabulary, COUNTS))
        point.flags.writeable = False
        return point

    def _alone(self, text: str) -> Floats:
        likely = self.likelihoods(self.point(text))
        likely.flags.writeable = False
        return likely

    def likelihoods(self, point: Floats) -> Floats:
        """By column; together 1."""
        scores = point @ self.model.outer
        likely = np.exp(scores - scores.max())
        result: Floats = likely / likely.sum()
        return result

    def rarity(self, features: Iterable[str]) -> float:
        """How seldom the commonest of these features is met; one that nobody taught is the rarest."""
        places, known = self.model.vocabulary.known(numbers_of(features))
        return float(self.model.vocabulary.rarity[places[known]].min(initial=self._rarest))


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
        lambda: (*knowledge.lexicon, columns_of(knowledge), plain(lessons("ranker_lessons", knowledge))),
    )


def _model(held: Arrays) -> Model:
    columns = tuple(Column(*column) for column in json.loads(unpacked(held["columns"])[0]))
    inner = Small.of(held["inner"], held["inner_scale"])
    model = Model(columns, Vocabulary(held["ids"], held["rarity"]), inner, held["outer"], held["opened"])
    sizes = len(held["ids"]), *held["inner"].shape[1:], len(columns), len(topics_of(columns))
    if sizes != (len(held["rarity"]), *model.outer.shape, len(held["opened"])) or len(held["inner_scale"]) != sizes[0]:
        raise ValueError("the arrays do not fit one another")
    return model


EVERYDAY = ""
"""In place of a topic."""


def columns_of(knowledge: Knowledge) -> tuple[Column, ...]:
    """Every answer that can be learned: all sections, then the kinds of everyday talk."""
    sections = [Column(t.id, s.id, row_of(t, s)) for t in knowledge.topics.values() for s in t.sections]
    return (*sections, *(Column(EVERYDAY, kind.value, kind.value) for kind in knowledge.everyday))


def row_of(topic: Topic, section: Section) -> str:
    """What a section speaks of first: a catalogue row, or the topic itself."""
    return section.covers[0] if section.covers else topic.id
