"""Trains a softmax over sparse features: one weight for each feature and class, by adaptive steps (AdaGrad)."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.dialogue.words.features import Floats
from bot.dialogue.words.vectors import Ints
from bot.training.chance import Keys, order_of

START = 1e-2
"""What the squares of the gradients begin with."""


def fit(
    rows: csr_array,
    wanted: Ints,
    counts: Floats,
    keys: Keys,
    *,
    rate: float = 0.5,
    passes: int = 2,
    batch: int = 128,
) -> tuple[Floats, Floats]:
    """Weights (features x classes) and biases; by text its class, how much it does, and its own key.

    The rate falls to nothing. The same input gives the same result, and nearly the same input nearly the same.
    """
    classes = int(wanted.max()) + 1
    weights, bias = np.zeros((rows.shape[1], classes), np.float32), np.zeros(classes, np.float32)
    seen, seen_bias = np.full(rows.shape[1], START, np.float32), START
    steps, done = passes * -(-rows.shape[0] // batch), 0
    for turn in range(passes):
        order = order_of(keys, turn)
        mixed = rows[order]
        for start in range(0, len(order), batch):
            chosen, part = order[start : start + batch], mixed[start : start + batch]
            used, places = among(part.indices, rows.shape[1])
            part = csr_array((part.data, places, part.indptr), shape=(len(chosen), len(used)))
            held = weights[used]
            error = believed(part @ held + bias)
            error[np.arange(len(chosen)), wanted[chosen]] -= 1
            error *= counts[chosen, None]
            step, step_bias = part.T @ error, error.sum(axis=0)
            seen[used] += np.einsum("ij,ij->i", step, step) / classes
            seen_bias += float(step_bias @ step_bias) / classes
            now = np.float32(rate * (1 - done / steps))
            step *= (now / np.sqrt(seen[used]))[:, None]
            held -= step
            weights[used] = held
            bias -= now / np.float32(np.sqrt(seen_bias)) * step_bias
            done += 1
    return weights, bias


def among(numbers: Ints, count: int) -> tuple[Ints, NDArray[np.int32]]:
    """The different numbers below a count, in order, and of each its place among them; quicker than a sort."""
    there = np.zeros(count, np.bool_)
    there[numbers] = True
    used = np.flatnonzero(there)
    places = np.empty(count, np.int32)
    places[used] = np.arange(len(used), dtype=np.int32)
    return used, places[numbers]


def believed(scores: Floats) -> Floats:
    """The likelihood of each class, by its score, in place of the scores."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores
