"""Texts as rows of numbers for the trained models: their features, rare ones more, in blocks of a fixed length each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.words.features import KIND_BITS, KINDS, Bag, Floats, Ids

Ints = NDArray[np.intp]


@dataclass(frozen=True, eq=False, slots=True)
class Scheme:
    """By kind of feature its block and weight there; what each block counts; `rare`: texts it must stand in."""

    blocks: NDArray[np.intp]
    weights: Floats
    shares: Floats
    rare: int


def scheme(blocks: dict[str, float], rare: int, weights: dict[str, float] | None = None) -> Scheme:
    """`blocks`: kinds -> what they count together, whatever the number of their features."""
    block_of = {kind: number for number, kinds in enumerate(blocks) for kind in kinds}
    return Scheme(
        np.array([block_of.get(kind, 0) for kind in KINDS], dtype=np.intp),
        np.array([(weights or {}).get(kind, 1.0) for kind in KINDS], dtype=np.float32),
        np.array(list(blocks.values()), dtype=np.float32),
        rare,
    )


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """The features that were learned, in order, and how rare each is."""

    ids: Ids
    rarity: Floats

    def known(self, ids: Ids) -> tuple[Ints, NDArray[np.bool_]]:
        """The place of each feature, and whether it was learned."""
        places = self.ids.searchsorted(ids)
        return places, (self.ids.take(places, mode="clip") == ids) if len(self.ids) else np.zeros(len(ids), np.bool_)


def values_of(bag: Bag, vocabulary: Vocabulary, counts: Scheme) -> tuple[Ints, Floats]:
    """The places of a text's known features and their values."""
    ids, times = bag
    places, known = vocabulary.known(ids)
    places, kinds = places[known], ids[known] >> KIND_BITS
    values = (1 + np.log(times[known])) * vocabulary.rarity[places] * counts.weights[kinds]
    blocks = counts.blocks[kinds]
    lengths = np.sqrt(np.bincount(blocks, values * values, minlength=len(counts.shares)))
    scale = (counts.shares / np.maximum(lengths, 1e-9)).astype(np.float32)
    result: Floats = (values * scale[blocks]).astype(np.float32)
    return places, result


@dataclass(frozen=True, eq=False, slots=True)
class Small:
    """A matrix in bytes: each row in steps of its own; of rows that are nothing no step is kept."""

    steps: NDArray[np.int8]
    scale: Floats
    """By row; 0: nothing."""
    _at: NDArray[np.int32]
    """By row, where its steps stand; for a row that is nothing those of another, times 0."""

    @classmethod
    def of(cls, steps: NDArray[np.int8], scale: Floats) -> "Small":
        """From what is kept of it in a file."""
        held = scale > 0
        if len(steps) != held.sum():
            raise ValueError("the arrays do not fit one another")
        return cls(steps, scale, np.maximum(np.cumsum(held, dtype=np.int32) - 1, 0))

    def total(self, places: Ints, values: Floats) -> Floats:
        """Of some of its rows, each times a value."""
        scale = self.scale[places]
        held = scale > 0
        result: Floats = (values[held] * scale[held]) @ self.steps[self._at[places[held]]].astype(np.float32)
        return result

    def rows(self, places: Ints) -> Floats:
        """Some of its rows."""
        result: Floats = self.steps[self._at[places]] * self.scale[places, None]
        return result
