"""Trains a linear classifier of low rank: features @ inner @ outer + bias, most features hidden at each step."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

BATCH = 256
DROPPED = 0.8
"""Share of a text's features that is hidden at each step, so that no answer hangs on one word."""
RATE = 1.0
START = 1e-3
"""What the squares of the gradients begin with."""


def descend(
    texts: csr_array,
    classes: int,
    gradient: Callable[[Floats, Ints], Floats],
    random: np.random.Generator,
    *,
    hidden: int,
    epochs: int,
    biased: bool = False,
) -> tuple[Floats, Floats, Floats]:
    """Inner (features x hidden), outer (hidden x classes), bias: adaptive steps (Adagrad) whose rate falls to nothing.

    `gradient` gives that of the loss by each score, for the scores and the numbers of a batch of texts.
    """
    begun = random.standard_normal((texts.shape[1], hidden), dtype=np.float32) / np.sqrt(hidden) / 2
    inner: Floats = begun.astype(np.float32)
    outer, bias = np.zeros((hidden, classes), np.float32), np.zeros(classes, np.float32)
    seen_inner = np.full(len(inner), START, np.float32)
    seen_outer, seen_bias = np.full(outer.shape, START / 10, np.float32), np.full(classes, START, np.float32)
    for epoch in range(epochs):
        rate = np.float32(RATE * (1 - epoch / epochs))
        order = random.permutation(texts.shape[0])
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            used, part = _dropped(texts, batch, random)
            vectors = inner[used]
            seen = part @ vectors
            error = gradient(seen @ outer + bias, batch)
            step, change = part.T @ (error @ outer.T), seen.T @ error
            if biased:
                seen_bias += error.sum(axis=0) ** 2
                bias -= rate / 2 * error.sum(axis=0) / np.sqrt(seen_bias)
            seen_outer += change**2
            outer -= rate / 2 * change / np.sqrt(seen_outer)
            seen_inner[used] += (step**2).mean(axis=1)
            inner[used] = vectors - rate * step / np.sqrt(seen_inner[used])[:, None]
    return inner, outer, bias


def believed(scores: Floats) -> Floats:
    """The likelihood of each class, by its score."""
    result: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    result /= result.sum(axis=1, keepdims=True)
    return result


def _dropped(texts: csr_array, batch: Ints, random: np.random.Generator) -> tuple[Ints, csr_array]:
    """The features that are left of a batch, and the batch over them."""
    starts, ends = texts.indptr[batch], texts.indptr[batch + 1]
    places = np.concatenate([np.arange(s, e) for s, e in zip(starts, ends, strict=True)])
    kept = random.random(len(places), dtype=np.float32) >= DROPPED
    lengths = np.add.reduceat(np.append(kept, 0), np.minimum(np.cumsum(ends - starts) - (ends - starts), len(kept)))
    lengths = np.where(ends > starts, lengths, 0)
    places = places[kept]
    used, inverse = np.unique(texts.indices[places], return_inverse=True)
    data = texts.data[places] / np.float32(1 - DROPPED)
    pointers = np.concatenate([[0], np.cumsum(lengths)])
    return used, csr_array((data, inverse, pointers), shape=(len(batch), len(used)))
