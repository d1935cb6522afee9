"""Many texts at once are the rows that the engine makes of each by itself."""

import numpy as np

from bot.dialogue.ranking.ranker import COUNTS
from bot.dialogue.words.features import KINDS, bag_of
from bot.dialogue.words.vectors import Vocabulary, values_of
from bot.training.matrix import Bags, matrix_of

LEARNED, TEXTS, WORDS = 20_000, 50, 80


def test_a_matrix_has_the_values_of_each_text() -> None:
    chance = np.random.default_rng(0)
    kinds = chance.integers(0, len(KINDS), LEARNED, dtype=np.uint32) << np.uint32(28)
    # Some stand as near to one another as numbers can, and some at either end.
    ends = np.array([0, 1, 2, 3, 2**28 - 1, (len(KINDS) << 28) - 1], np.uint32)
    ids = np.unique(np.concatenate([kinds | chance.integers(0, 1 << 28, LEARNED, dtype=np.uint32), ends]))
    vocabulary = Vocabulary(ids, chance.random(len(ids), np.float32))
    said = [np.concatenate([chance.choice(ids, WORDS), chance.choice(ids, WORDS) + np.uint32(1)]) for _ in range(TEXTS)]
    bags = [bag_of(one) for one in [*said, ends, np.zeros(0, np.uint32)]]
    starts = np.cumsum([0, *(len(found) for found, _ in bags)])
    told = Bags(np.concatenate([found for found, _ in bags]), np.concatenate([n for _, n in bags]), starts)
    rows = matrix_of(told, vocabulary, COUNTS)
    for number, bag in enumerate(bags):
        places, values = values_of(bag, vocabulary, COUNTS)
        row = slice(*rows.indptr[number : number + 2])
        assert rows.indices[row].tolist() == places.tolist()
        assert np.allclose(rows.data[row], values, rtol=1e-5)
