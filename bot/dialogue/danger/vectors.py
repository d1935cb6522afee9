"""Texts as rows of numbers for the danger models: their features, rare ones more, in blocks of a fixed length each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.dialogue.words.features import Floats, Ints, known_in

BLOCKS = {"c": 0, "w": 1, "b": 1, "k": 3, "p": 3, "x": 4}
"""Kind of feature -> block; the others stand in block 2."""
ORDERED = 2
SHARES = np.array([0.8, 1.0, 1.5, 0.4, 0.4], dtype=np.float32)
"""How much each block counts, whatever the number of its features."""
RARE = 5
"""Texts in which a feature must stand."""


def blocks_of(vocabulary: Iterable[str]) -> NDArray[np.int8]:
    """The block of each feature."""
    return np.array([BLOCKS.get(feature[0], ORDERED) for feature in vocabulary], dtype=np.int8)


def values_of(counts: Floats, weight: Floats, blocks: NDArray[np.int8]) -> Floats:
    """The values of one text's features: each block has the length that it counts."""
    values: Floats = ((1 + np.log(counts)) * weight).astype(np.float32)
    lengths = np.sqrt(np.bincount(blocks, values * values, minlength=len(SHARES)))
    scale = SHARES / np.maximum(lengths, 1e-9).astype(np.float32)
    result: Floats = (values * scale[blocks]).astype(np.float32)
    return result


def vocabulary_of(bags: Sequence[Mapping[str, int]], rare: int = RARE) -> tuple[dict[str, int], Floats]:
    """The features that stand in so many texts, in a fixed order, and how rare each is."""
    counts = Counter(feature for bag in bags for feature in bag)
    kept = sorted(feature for feature, n in counts.items() if n >= rare)
    rarity = [1 + log((1 + len(bags)) / (1 + counts[feature])) for feature in kept]
    return {feature: n for n, feature in enumerate(kept)}, np.array(rarity, dtype=np.float32)


def matrix_of(
    bags: Sequence[Mapping[str, int]], vocabulary: Mapping[str, int], weight: Floats, blocks: NDArray[np.int8]
) -> csr_array:
    """Texts x features."""
    rows = [_row(bag, vocabulary, weight, blocks) for bag in bags]
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in rows)]).astype(np.int32)
    numbers = np.concatenate([numbers for numbers, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_array((values, numbers, starts), shape=(len(bags), len(vocabulary)))


def _row(
    bag: Mapping[str, int], vocabulary: Mapping[str, int], weight: Floats, blocks: NDArray[np.int8]
) -> tuple[Ints, Floats]:
    numbers, counts = known_in(bag, vocabulary)
    return numbers, values_of(counts, weight[numbers], blocks[numbers])
