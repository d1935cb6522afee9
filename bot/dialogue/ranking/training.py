"""Trains the ranker from content: a linear softmax classifier of low rank, several members averaged.

Score of a message = its features (tf-idf) @ inner @ outer: still one weight for each feature and answer, so that every
score can be explained, but small, quick to train, and words that lead to the same answers share what is learned of
them. Chosen on evidence: see benchmarks/understanding.py.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from scipy.sparse import csr_array

from bot.dialogue.ranking.low_rank import Floats, Ints, believed, descend

MEMBERS = 3
HIDDEN = 128
EPOCHS = 9
EXACT = 0.5
"""How much the exact section counts beside the row that it speaks of."""
RARE = 3
"""Texts in which a feature must stand."""
KIND_WEIGHT = {"k": 1.7}
"""Kinds of features that count more than others."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the column that it belongs to; `exact` false: any column of the same group is right."""

    features: Mapping[str, int]
    column: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Trained:
    """Vocabulary with a weight for each feature; inner: features x hidden; outer: hidden x columns."""

    vocabulary: dict[str, int]
    weight: Floats
    inner: Floats
    outer: Floats


def train(examples: Sequence[Example], groups: Sequence[int], *, members: int = MEMBERS, seed: int = 0) -> Trained:
    """`groups`: for each column, the group (topic and row) that it is part of. The same input gives the same result."""
    vocabulary, weight = _vocabulary(examples)
    texts = matrix([example.features for example in examples], vocabulary, weight)
    columns = np.array([example.column for example in examples], dtype=np.intp)
    exact = np.array([EXACT if example.exact else 0.0 for example in examples], dtype=np.float32)
    labels = _Labels(columns, exact, np.asarray(groups, dtype=np.intp))
    seeds = (np.random.default_rng(seed + number) for number in range(members))
    parts = [descend(texts, len(groups), labels.gradient, each, hidden=HIDDEN, epochs=EPOCHS) for each in seeds]
    inner = np.concatenate([inner for inner, _, _ in parts], axis=1)
    outer = np.concatenate([outer for _, outer, _ in parts], axis=0) / members
    return Trained(vocabulary, weight, inner, outer.astype(np.float32))


def _vocabulary(examples: Sequence[Example]) -> tuple[dict[str, int], Floats]:
    counts: Counter[str] = Counter()
    for example in examples:
        counts.update(example.features.keys())
    kept = sorted(feature for feature, n in counts.items() if n >= RARE)
    rarity = [(1 + log((1 + len(examples)) / (1 + counts[f]))) * KIND_WEIGHT.get(f[0], 1.0) for f in kept]
    return {feature: number for number, feature in enumerate(kept)}, np.array(rarity, dtype=np.float32)


def matrix(texts: Sequence[Mapping[str, int]], vocabulary: Mapping[str, int], weight: Floats) -> csr_array:
    """Texts x features: tf-idf, each row of length 1."""
    rows: list[int] = []
    starts = [0]
    values: list[float] = []
    for features in texts:
        known = [(vocabulary[f], n) for f, n in features.items() if f in vocabulary]
        rows.extend(number for number, _ in known)
        values.extend(1 + log(n) for _, n in known)
        starts.append(len(rows))
    indices = np.array(rows, dtype=np.int32)
    data = np.array(values, dtype=np.float32) * weight[indices]
    result = csr_array((data, indices, np.array(starts)), shape=(len(texts), len(vocabulary)))
    norms = np.sqrt(result.multiply(result).sum(axis=1))
    result.data /= np.repeat(np.maximum(norms, 1e-9), np.diff(result.indptr)).astype(np.float32)
    return result


@dataclass(frozen=True, slots=True)
class _Labels:
    columns: Ints
    exact: Floats
    groups: Ints

    def gradient(self, scores: Floats, batch: Ints) -> Floats:
        """Of the loss by each score: what was believed less what should be."""
        shares = believed(scores)
        own = self.groups[self.columns[batch]][:, None] == self.groups[None, :]
        wanted = np.where(own, shares, 0.0)
        wanted *= ((1 - self.exact[batch]) / np.maximum(wanted.sum(axis=1), 1e-9))[:, None]
        wanted[np.arange(len(batch)), self.columns[batch]] += self.exact[batch]
        result: Floats = (shares - wanted) / np.float32(len(batch))
        return result
