"""The trained ranker: which answer a message is likely after, and which of its words say so."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.words.features import Features, Floats, bag_of, numbers_of
from bot.dialogue.words.vectors import Ints, Small, Vocabulary, scheme, values_of

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
        """Topic -> its place in `topics` and in `by_topic`."""
        self._topic_of = np.array([self.number_of.get(column.topic, -1) + 1 for column in model.columns])
        order = np.argsort(self._topic_of, kind="stable")
        bounds = np.searchsorted(self._topic_of[order], range(1, len(self.topics) + 2))
        self._of_topic = {name: order[bounds[n] : bounds[n + 1]] for n, name in enumerate(self.topics)}
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
        """By column; together 1."""
        scores = point @ self.model.outer
        likely = np.exp(scores - scores.max())
        result: Floats = likely / likely.sum()
        return result

    def by_topic(self, likely: Floats) -> Floats:
        """The likelihood of each of `topics`, all its sections together."""
        result: Floats = np.bincount(self._topic_of, likely, len(self.topics) + 1)[1:].astype(np.float32)
        return result

    def of_topic(self, topic: str) -> NDArray[np.intp]:
        """The numbers of the columns that belong to a topic."""
        return self._of_topic[topic]

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
