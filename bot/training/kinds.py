"""Trains the classifiers of kinds, of who is in danger, of ends and of questions, from named texts."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

from bot.dialogue.danger.classifiers import Group
from bot.dialogue.danger.features import danger_features_of
from bot.dialogue.danger.model import MOVES_COUNT
from bot.dialogue.ranking.model_files import Arrays, packed
from bot.dialogue.words.features import Bag
from bot.training.kind_lessons import lessons_of
from bot.training.matrix import bags_of, foremost, matrix_of, small, vocabulary_of
from knowledge.model import Knowledge

STRICT: Mapping[Group, float] = dict.fromkeys(Group, 1.0) | {Group.KINDS: 0.3, Group.ASKS: 0.5, Group.TELLS: 0.3}
"""C of each model; chosen on the open set of conversations after an alarm, and on lessons that were held out."""
NEAR = 0.01
"""How near to the best weights the training stops; nearer, no figure moved."""
BALANCED = dict.fromkeys(Group) | {Group.KINDS: "balanced", Group.WHOSE: "balanced"}
"""Whether seldom names count as much as frequent ones: most of what people say ends nothing."""
WHOLE = frozenset({Group.KINDS, Group.WHOSE, Group.ASKS, Group.TURNS, Group.OPTIONS})
"""Models of which every weight is kept: without the least ones a danger's questions were heard .01 worse."""


def arrays(knowledge: Knowledge, group: Group) -> Arrays:
    """A linear model for each name, as it is kept in a file; equal lessons give an equal model."""
    lessons = lessons_of(knowledge, group)
    bags = bags_of([one.text for one in lessons], danger_features_of(knowledge).several, _read(knowledge))
    vocabulary = vocabulary_of(bags, MOVES_COUNT)
    model: Any = LinearSVC(C=STRICT[group], tol=NEAR, class_weight=BALANCED[group], random_state=0)
    rows = matrix_of(bags, vocabulary, MOVES_COUNT)
    model.fit(rows, [one.name for one in lessons], [one.weight for one in lessons])
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one row for both: of the second against the first
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    inner, bias = weights.T.astype(np.float32), bias.astype(np.float32)
    held = small(inner if group in WHOLE else foremost(inner, vocabulary, MOVES_COUNT))
    return {
        "names": packed(map(str, model.classes_)),
        "ids": vocabulary.ids,
        "rarity": vocabulary.rarity,
        "inner": held.steps,
        "inner_scale": held.scale,
        "bias": bias,
    }


@lru_cache(maxsize=1)
def _read(knowledge: Knowledge) -> dict[str, Bag]:
    """The features of texts that taught one group, of which most teach others too; filled as they are read."""
    return {}
