"""Trains the classifiers of kinds and of who is in danger, from texts and their names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.dialogue.danger.features import DangerFeatures
from bot.dialogue.danger.vectors import blocks_of, matrix_of, vocabulary_of
from bot.dialogue.ranking.fits import linear_svc
from bot.dialogue.words.features import Floats

RARE = 3
"""Texts in which a feature must stand."""
STRICT = 0.3
"""C of the models; chosen on the open set of conversations after an alarm."""
TAUGHT, OLDER = 1.0, 0.3
"""Weights of the lessons of kinds, and of older ones of whom a message speaks."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, its name, and how much it counts."""

    text: str
    name: str
    weight: float = TAUGHT


@dataclass(frozen=True, slots=True)
class Fitted:
    """vocabulary: feature -> row; weight: rarity; inner: features x names."""

    names: tuple[str, ...]
    vocabulary: dict[str, int]
    weight: Floats
    inner: Floats
    bias: Floats


def train(lessons: Sequence[Lesson], reads: DangerFeatures) -> Fitted:
    """A linear model for each name; equal lessons give an equal model."""
    bags = [reads.of(one.text) for one in lessons]
    vocabulary, weight = vocabulary_of(bags, RARE)
    rows = matrix_of(bags, vocabulary, weight, blocks_of(vocabulary))
    model = linear_svc(C=STRICT, class_weight="balanced", random_state=0)
    model.fit(rows, [one.name for one in lessons], [one.weight for one in lessons])
    inner, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    return Fitted(tuple(map(str, model.classes_)), vocabulary, weight, inner, bias)
