"""Trains the ranker from content: a linear softmax classifier of low rank, several members averaged.

Score of a message = its features (tf-idf) @ inner @ outer: still one weight for each feature and answer, so that every
score can be explained, but small, quick to train, and words that lead to the same answers share what is learned of
them. Chosen on evidence: see benchmarks/understanding.py.
"""

import json
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array, hstack

from bot.dialogue.ranking.model_files import Arrays, packed
from bot.dialogue.ranking.ranker import COUNTS, Column, Model, columns_of, topics_of
from bot.dialogue.words.features import Features, Floats, features_of
from bot.dialogue.words.vectors import Ints
from bot.training.chance import Keys, keys_of
from bot.training.linear import believed
from bot.training.low_rank import descend
from bot.training.matrix import bags_of, matrix_of, small, vocabulary_of
from bot.training.ranker_lessons import Lesson, lessons_of
from knowledge.model import Knowledge

MEMBERS = 2
HIDDEN = 128
EPOCHS = 9
EXACT = 0.5
"""How much the exact section counts beside the row that it speaks of."""


def arrays(knowledge: Knowledge) -> Arrays:
    """Trained from this Knowledge, as it is kept in a file."""
    model = build(lessons_of(knowledge), columns_of(knowledge), features_of(knowledge))
    return {
        "columns": packed([json.dumps([[c.topic, c.section, c.row] for c in model.columns])]),
        "ids": model.vocabulary.ids,
        "rarity": model.vocabulary.rarity,
        "inner": model.inner.steps,
        "inner_scale": model.inner.scale,
        "outer": model.outer,
        "opened": model.opened,
    }


def build(lessons: Sequence[Lesson], columns: Sequence[Column], reads: Features) -> Model:
    """The same input gives the same model."""
    numbers = {(column.topic, column.section): n for n, column in enumerate(columns)}
    rows = sorted({(column.topic, column.row) for column in columns})
    labels = Labels(
        np.array([numbers[each.topic, each.section] for each in lessons], dtype=np.intp),
        np.array([EXACT if each.exact else 0.0 for each in lessons], dtype=np.float32),
        np.array([rows.index((column.topic, column.row)) for column in columns], dtype=np.intp),
    )
    bags = bags_of([each.text for each in lessons], reads.ids)
    vocabulary = vocabulary_of(bags, COUNTS)
    topics = topics_of(columns)
    texts = hstack([matrix_of(bags, vocabulary, COUNTS), _opened(lessons, topics)], format="csr", dtype=np.float32)
    keys = keys_of(one.text for one in lessons), np.concatenate([vocabulary.ids, keys_of(topics)])
    inner, outer = train(csr_array(texts), labels, keys)
    words, opened = np.split(inner, [len(vocabulary.ids)])
    return Model(tuple(columns), vocabulary, small(words), outer, opened)


def _opened(lessons: Sequence[Lesson], topics: Sequence[str]) -> csr_array:
    """Lessons x topics: 1 for the topic that was open."""
    places = {topic: n for n, topic in enumerate(topics)}
    behind = [(n, places[one.opened]) for n, one in enumerate(lessons) if one.opened is not None]
    rows, columns = np.array(behind, dtype=np.int32).reshape(-1, 2).T
    return csr_array((np.ones(len(behind), np.float32), (rows, columns)), shape=(len(lessons), len(topics)))


def train(
    texts: csr_array, labels: "Labels", keys: tuple[Keys, Keys], *, members: int = MEMBERS
) -> tuple[Floats, Floats]:
    """Inner (features x hidden) and outer (hidden x columns) of all members together; `keys`: of texts and features."""
    parts = [
        descend(texts, labels.count, labels.gradient, keys, seed=number, hidden=HIDDEN, epochs=EPOCHS)
        for number in range(members)
    ]
    outer = np.concatenate([outer for _, outer in parts], axis=0) / members
    return np.concatenate([inner for inner, _ in parts], axis=1), outer.astype(np.float32)


class Labels:
    """What each text should be: its column, and how much that exact one counts beside the others of its group."""

    def __init__(self, columns: Ints, exact: Floats, groups: Ints) -> None:
        """`groups`: for each column, the topic and row that it is part of."""
        self.count = len(groups)
        self._columns, self._exact = columns, exact
        order = np.argsort(groups, kind="stable")
        self._sizes = np.bincount(groups)[groups]
        self._starts = np.searchsorted(groups[order], groups)
        self._mates = order

    def gradient(self, scores: Floats, batch: Ints) -> Floats:
        """Of the loss by each score: what was believed less what should be."""
        error = believed(scores)
        columns, exact = self._columns[batch], self._exact[batch]
        sizes = self._sizes[columns]
        first = np.cumsum(sizes) - sizes
        rows = np.repeat(np.arange(len(batch)), sizes)
        places = np.arange(len(rows)) - np.repeat(first - self._starts[columns], sizes)
        own = rows * self.count + self._mates[places]
        flat = error.reshape(-1)
        shares = flat[own]
        wanted = shares * np.repeat((1 - exact) / np.maximum(np.add.reduceat(shares, first), 1e-9), sizes)
        flat[own] -= wanted
        error[np.arange(len(batch)), columns] -= exact
        error /= np.float32(len(batch))
        return error
