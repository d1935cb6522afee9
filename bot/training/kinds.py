"""Trains the classifiers of kinds and of who is in danger, from texts and their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from bot.dialogue.danger.features import DangerFeatures
from bot.dialogue.danger.vectors import blocks_of, matrix_of, vocabulary_of
from bot.dialogue.ranking.fits import linear_svc
from bot.dialogue.words.features import Floats

RARE = 3
"""Texts in which a feature must stand."""
STRICT = 0.1
"""C of the models; chosen on the open set of conversations after an alarm, as what follows."""
TAUGHT, NAMED, GUESSED = 3.0, 1.0, 0.5
"""Weights of lessons, of sentences in which the own words of one kind stand, and of those that the model named itself."""
AHEAD = 0.3
"""Margin before the next kind of its category from which the model's own name for a sentence is a lesson."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, its name, and how much it counts."""

    text: str
    name: str
    weight: float = TAUGHT


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A text of which it is known only that one of these names is right."""

    text: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """vocabulary: feature -> row; weight: rarity; inner: features x names."""

    names: tuple[str, ...]
    vocabulary: dict[str, int]
    weight: Floats
    inner: Floats
    bias: Floats


def train(lessons: Sequence[Lesson], unnamed: Sequence[Unnamed], reads: DangerFeatures) -> Fitted:
    """A linear model for each name, taught a second time with what it surely names; equal lessons give an equal model."""
    bags = [reads.of(one.text) for one in (*lessons, *unnamed)]
    vocabulary, weight = vocabulary_of(bags, RARE)
    rows = matrix_of(bags, vocabulary, weight, blocks_of(vocabulary))
    taught, rest = rows[: len(lessons)], rows[len(lessons) :]
    names, counts = [one.name for one in lessons], [one.weight for one in lessons]
    model = _fit(taught, names, counts)
    if unnamed:
        guesses = _guesses(model, rest, unnamed)
        more = vstack([taught, rest[list(guesses)]]).tocsr()
        model = _fit(more, [*names, *guesses.values()], [*counts, *[GUESSED] * len(guesses)])
    inner, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    return Fitted(tuple(map(str, model.classes_)), vocabulary, weight, inner, bias)


def _fit(rows: csr_array, names: Sequence[str], counts: Sequence[float]) -> Any:
    return linear_svc(C=STRICT, class_weight="balanced", random_state=0).fit(rows, names, counts)


def _guesses(model: Any, rows: csr_array, unnamed: Sequence[Unnamed]) -> Mapping[int, str]:
    """By the number of a text, the name that leads among those that it may have."""
    scores: NDArray[np.float64] = model.decision_function(rows)
    place = {str(name): n for n, name in enumerate(model.classes_)}
    found = {}
    for number, (row, one) in enumerate(zip(scores, unnamed, strict=True)):
        first, *others = sorted((name for name in one.among if name in place), key=lambda name: -row[place[name]])
        if others and row[place[first]] - row[place[others[0]]] >= AHEAD:
            found[number] = first
    return found
