"""Trains a linear classifier of low rank: features @ inner @ outer, most features hidden at each step."""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from bot.dialogue.words.features import Floats
from bot.dialogue.words.vectors import Ints
from bot.training.chance import Keys, begun, drawn, order_of
from bot.training.linear import among

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
    keys: tuple[Keys, Keys],
    *,
    seed: int,
    hidden: int,
    epochs: int,
) -> tuple[Floats, Floats]:
    """Inner (features x hidden) and outer (hidden x classes): adaptive steps (Adagrad) whose rate falls to nothing.

    `gradient` gives that of the loss by each score, for the scores and the numbers of a batch of texts; `keys`: those
    of the texts and of the features, on which all chance hangs.
    """
    of_texts, of_features = keys
    inner: Floats = begun(of_features, hidden, seed) / np.float32(2 * np.sqrt(hidden))
    outer = np.zeros((hidden, classes), np.float32)
    seen_inner = np.full(len(inner), START, np.float32)
    seen_outer = np.full(outer.shape, START / 10, np.float32)
    for epoch in range(epochs):
        rate = np.float32(RATE * (1 - epoch / epochs))
        turn = seed * epochs + epoch
        order = order_of(of_texts, turn)
        mixed = texts[order]
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            used, part = _dropped(mixed[start : start + BATCH], drawn(of_texts[chosen], turn), of_features)
            vectors = inner.take(used, axis=0)
            seen = part @ vectors
            error = gradient(seen @ outer, chosen)
            step, change = part.T @ (error @ outer.T), seen.T @ error
            seen_outer += change * change
            change *= rate / 2
            change /= np.sqrt(seen_outer)
            outer -= change
            seen_inner[used] += np.einsum("ij,ij->i", step, step) / hidden
            step *= (rate / np.sqrt(seen_inner[used]))[:, None]
            inner[used] = vectors - step
    return inner, outer


def _dropped(batch: csr_array, of_texts: Keys, of_features: Keys) -> tuple[Ints, csr_array]:
    """The features that are left of a batch, and the batch over them."""
    both = np.repeat(of_texts, np.diff(batch.indptr)) ^ of_features.take(batch.indices)
    kept = np.flatnonzero(drawn(both, 0) >= np.uint32(DROPPED * 2**32))
    starts = np.searchsorted(kept, batch.indptr).astype(np.int32)
    used, places = among(batch.indices.take(kept), len(of_features))
    data = batch.data.take(kept) / np.float32(1 - DROPPED)
    return used, csr_array((data, places, starts), shape=(batch.shape[0], len(used)))
