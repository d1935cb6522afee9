"""Trains the classifiers of kinds and of who is in danger, from texts and their names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.dialogue.danger.features import DangerFeatures
from bot.dialogue.danger.vectors import blocks_of, matrix_of, vocabulary_of
from bot.dialogue.ranking.fits import linear_svc
from bot.dialogue.words.features import Floats

RARE = 2
"""Texts in which a feature must stand."""
STRICT = 0.1
"""C of the model; chosen by cross-validation over the kind lessons."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """vocabulary: feature -> row; weight: rarity; inner: features x names."""

    names: tuple[str, ...]
    vocabulary: dict[str, int]
    weight: Floats
    inner: Floats
    bias: Floats


def train(lessons: Sequence[tuple[str, str]], reads: DangerFeatures) -> Fitted:
    """A linear model for each name; equal lessons give an equal model."""
    bags = [reads.of(text) for text, _ in lessons]
    vocabulary, weight = vocabulary_of(bags, RARE)
    rows = matrix_of(bags, vocabulary, weight, blocks_of(vocabulary))
    model = linear_svc(C=STRICT, class_weight="balanced", random_state=0).fit(rows, [name for _, name in lessons])
    inner, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    if len(model.classes_) == 2:  # one column parts two names
        inner, bias = np.hstack([-inner, inner]), np.concatenate([-bias, bias])
    return Fitted(tuple(map(str, model.classes_)), vocabulary, weight, inner, bias)
