"""Trains what a message means in an open danger: which move it makes."""

from typing import Literal

import numpy as np

from bot.dialogue.danger.features import danger_features_of
from bot.dialogue.danger.model import MOVES_COUNT
from bot.dialogue.danger.moves import Model, arrays_of, lessons_of
from bot.dialogue.ranking.model_files import Arrays
from bot.dialogue.words.vectors import small
from bot.training.linear import fit
from bot.training.matrix import bags_of, matrix_of, vocabulary_of
from knowledge.model import Knowledge

RATE = 0.15
PASSES = 4


def arrays(knowledge: Knowledge, group: Literal["move", "who"] = "move") -> Arrays:
    """Trained from this Knowledge, as it is kept in a file."""
    texts, moves = zip(*lessons_of(knowledge, group), strict=True)
    bags = bags_of(texts, danger_features_of(knowledge).several)
    vocabulary = vocabulary_of(bags, MOVES_COUNT)
    names, wanted, times = np.unique(moves, return_inverse=True, return_counts=True)
    counts = 1 / times[wanted].astype(np.float32)
    rows = matrix_of(bags, vocabulary, MOVES_COUNT)
    weights, bias = fit(rows, wanted, counts / counts.mean(), rate=RATE, passes=PASSES)
    return arrays_of(Model(tuple(map(str, names)), vocabulary, small(weights), bias))
