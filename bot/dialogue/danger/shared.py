"""A softmax of low rank over the dangers and none: words that lead to the same dangers share what is learned of them.

Most features are hidden at each step, so that no danger hangs on one word. The linear model is surer of words that it
knows and lost in new ones; weighed together they are right more often than either (cross-validated over the content).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.dialogue.danger.vectors import Floats, Ints
from bot.dialogue.training import dropped

HIDDEN = 64
EPOCHS = 8
BATCH = 256
RATE = 1.0
START = 1e-3
"""What the squares of the gradients begin with, as in the ranker."""


@dataclass(frozen=True, slots=True)
class Shared:
    """inner: features x hidden; outer: hidden x classes, the first of which is none; bias: classes."""

    inner: Floats
    outer: Floats
    bias: Floats

    def odds(self, rows: csr_array) -> NDArray[np.float64]:
        """Log odds of any danger, of each row."""
        return danger_odds(rows @ self.inner @ self.outer + self.bias)

    def odds_of(self, numbers: Ints, values: Floats) -> float:
        """The same of one text."""
        return float(danger_odds(values @ self.inner[numbers] @ self.outer + self.bias))


def danger_odds(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Of all dangers together against none, which stands first."""
    rest = scores[..., 1:]
    most = rest.max(axis=-1)
    result: NDArray[np.float64] = most + np.log(np.exp(rest - most[..., None]).sum(axis=-1)) - scores[..., 0]
    return result


def learn(rows: csr_array, labels: Sequence[str] | NDArray[np.str_], weights: NDArray[np.float64], seed: int) -> Shared:
    """`labels`: a danger, or "" for none. Adaptive gradient steps (Adagrad) whose rate falls to nothing."""
    random = np.random.default_rng(seed)
    names, wanted = np.unique(labels, return_inverse=True)
    rows, counts = rows.astype(np.float32), weights.astype(np.float32)
    inner: Floats = random.standard_normal((rows.shape[1], HIDDEN), dtype=np.float32) / np.float32(2 * HIDDEN**0.5)
    outer, bias = np.zeros((HIDDEN, len(names)), np.float32), np.zeros(len(names), np.float32)
    seen_inner = np.full(len(inner), START, np.float32)
    seen_outer, seen_bias = np.full(outer.shape, START / 10, np.float32), np.full(len(bias), START, np.float32)
    for epoch in range(EPOCHS):
        rate = np.float32(RATE * (1 - epoch / EPOCHS))
        order = random.permutation(rows.shape[0])
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            used, part = dropped(rows, batch, random)
            vectors = inner[used]
            hidden = part @ vectors
            error = _error(hidden @ outer + bias, wanted[batch], counts[batch])
            step, change = part.T @ (error @ outer.T), hidden.T @ error
            seen_bias += error.sum(axis=0) ** 2
            bias -= rate / 2 * error.sum(axis=0) / np.sqrt(seen_bias)
            seen_outer += change**2
            outer -= rate / 2 * change / np.sqrt(seen_outer)
            seen_inner[used] += (step**2).mean(axis=1)
            inner[used] = vectors - rate * step / np.sqrt(seen_inner[used])[:, None]
    return Shared(inner, outer, bias)


def _error(scores: Floats, wanted: NDArray[np.intp], counts: Floats) -> Floats:
    """Of the loss by each score: what was believed less what should be, as far as the text counts."""
    believed = np.exp(scores - scores.max(axis=1, keepdims=True))
    believed /= believed.sum(axis=1, keepdims=True)
    believed[np.arange(len(wanted)), wanted] -= 1
    result: Floats = believed * (counts / np.float32(len(wanted)))[:, None]
    return result
