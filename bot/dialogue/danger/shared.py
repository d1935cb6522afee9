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

from bot.dialogue.ranking.low_rank import believed, descend
from bot.dialogue.words.features import Floats, Ints

HIDDEN = 64
EPOCHS = 8


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
    """`labels`: a danger, or "" for none."""
    names, wanted = np.unique(labels, return_inverse=True)
    counts = weights.astype(np.float32)

    def gradient(scores: Floats, batch: NDArray[np.intp]) -> Floats:
        """What was believed less what should be, as far as the text counts."""
        error = believed(scores)
        error[np.arange(len(batch)), wanted[batch]] -= 1
        result: Floats = error * (counts[batch] / np.float32(len(batch)))[:, None]
        return result

    random, texts = np.random.default_rng(seed), rows.astype(np.float32)
    return Shared(*descend(texts, len(names), gradient, random, hidden=HIDDEN, epochs=EPOCHS, biased=True))
