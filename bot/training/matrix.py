"""Many texts as one sparse matrix: all their features counted at once, without a name or a dictionary."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.dialogue.words.features import KIND_BITS, Bag, Floats, Ids, several_of
from bot.dialogue.words.vectors import Ints, Scheme, Small, Vocabulary

KEPT = 0.4
"""Share of the features whose weights are kept: those of the others decide nothing (DECISIONS 231)."""
STEPS = 63
"""Of a weight, each way: with twice as many one message in 400 is told otherwise, and files take a sixth more room."""
AT_ONCE = 250
"""Texts that are read together: no more than the words of are kept (see bot.dialogue.words.phrasing)."""
ROW = np.uint64(32)
"""How far left the number of a text stands beside that of a feature."""

NEAR = np.uint32(10)
"""Last bits of a feature in which those of one place may differ."""


@dataclass(frozen=True, eq=False, slots=True)
class Bags:
    """Features of all texts one after another, each once a text, and how often; `starts`: where each text begins."""

    ids: Ids
    times: Floats
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1


def bags_of(texts: Sequence[str], ids_of: Callable[[str], Ids], known: dict[str, Bag] | None = None) -> Bags:
    """`ids_of` gives the features of a text as they stand in it; `known`: texts that were read before."""
    known = {} if known is None else known
    unread = [text for text in dict.fromkeys(texts) if text not in known]
    for start in range(0, len(unread), AT_ONCE):
        part = unread[start : start + AT_ONCE]
        read = several_of(list(map(ids_of, part)))
        found, counts = np.unique((read.rows.astype(np.uint64) << ROW) | read.ids, return_counts=True)
        ends = np.cumsum(np.bincount((found >> ROW).astype(np.intp), minlength=len(part)))[:-1]
        both = np.split(found.astype(np.uint32), ends), np.split(counts.astype(np.float32), ends)
        known.update(zip(part, zip(*both, strict=True), strict=True))
    bags = [known[text] for text in texts]
    lengths = [0, *(len(ids) for ids, _ in bags)]
    return Bags(np.concatenate([ids for ids, _ in bags]), np.concatenate([n for _, n in bags]), np.cumsum(lengths))


def vocabulary_of(bags: Bags, counts: Scheme) -> Vocabulary:
    """The features that stand in enough texts, and how rare each is."""
    ids, texts = np.unique(bags.ids, return_counts=True)
    ids, texts = ids[texts >= counts.rare], texts[texts >= counts.rare]
    return Vocabulary(ids, (1 + np.log((1 + len(bags)) / (1 + texts))).astype(np.float32))


def matrix_of(bags: Bags, vocabulary: Vocabulary, counts: Scheme) -> csr_array:
    """Texts x features, with the values that `values_of` gives one text."""
    places, known = _places(bags.ids, vocabulary.ids)
    rows = np.repeat(np.arange(len(bags), dtype=np.int32), np.diff(bags.starts))[known]
    kinds = (bags.ids >> KIND_BITS)[known]
    places = places[known]
    values = (1 + np.log(bags.times[known])) * vocabulary.rarity[places] * counts.weights[kinds]
    blocks = rows * len(counts.shares) + counts.blocks[kinds]
    lengths = np.sqrt(np.bincount(blocks, values * values, minlength=len(bags) * len(counts.shares)))
    scale = np.tile(counts.shares, len(bags)) / np.maximum(lengths, 1e-9)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(bags)))])
    shape = (len(bags), len(vocabulary.ids))
    return csr_array(((values * scale[blocks]).astype(np.float32), places, starts.astype(np.int32)), shape=shape)


def _places(ids: Ids, learned: Ids) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """As `Vocabulary.known` for millions: by their first bits nearly to the place, which no search is as quick as."""
    ends = np.cumsum(np.bincount(learned >> NEAR, minlength=1 << (32 - int(NEAR))), dtype=np.int32)
    places = np.append(np.int32(0), ends[:-1]).astype(np.int32)[ids >> NEAR]
    ahead = np.append(learned, np.uint32(2**32 - 1))
    behind = np.flatnonzero(ahead[places] < ids)
    while len(behind):
        places[behind] += 1
        behind = behind[ahead[places[behind]] < ids[behind]]
    return places, ahead[places] == ids


def small(matrix: Floats) -> Small:
    """As near as the steps allow."""
    scale = (np.abs(matrix).max(axis=1, initial=0.0) / STEPS).astype(np.float32)
    held = scale > 0
    return Small.of(np.round(matrix[held] / scale[held, None]).astype(np.int8), scale)


def foremost(matrix: Floats, vocabulary: Vocabulary, counts: Scheme, outer: Floats | None = None) -> Floats:
    """A matrix of features without the rows that do least, as nothing; `outer`: what its columns are multiplied by."""
    along = matrix if outer is None else matrix @ np.linalg.cholesky(outer @ outer.T + 1e-6 * np.eye(len(outer)))
    does = np.linalg.norm(along, axis=1) * vocabulary.rarity * counts.weights[vocabulary.ids >> KIND_BITS]
    least = np.quantile(does, 1 - KEPT) if len(does) else 0.0
    return np.where((does >= least)[:, None], matrix, np.float32(0))
