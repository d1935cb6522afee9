"""Trains linear classifiers of many names: a support vector machine for each, all of them at once.

The squared hinge in its dual, one text after another, as liblinear does it (Hsieh et al. 2008) and with its weights, in
a sixth of its time: what a text is made of is fetched once for all names, not once for each, and a text that hardly
moved any more waits for the last pass.
"""

import numpy as np
from scipy.sparse import csr_array

from bot.dialogue.words.features import Floats
from bot.dialogue.words.vectors import Ints
from bot.training.chance import Keys, order_of

PASSES = 10
"""Times that a text is met at the most; with six one end in forty was missed that liblinear hears."""
FIRST, AGAIN = 2, 9
"""Passes in which all texts are met: these, and then each of so many."""
STILL = 0.01
"""A text of which no pull moved further waits."""


def fit(rows: csr_array, wanted: Ints, own: Floats, others: Floats, keys: Keys) -> tuple[Floats, Floats]:
    """Weights (features x names) and biases; by text its name, what it costs to miss it, in other names too, its key.

    The same input gives the same result, and nearly the same input nearly the same.
    """
    texts, names = rows.shape[0], int(wanted.max()) + 1
    weights, bias = np.zeros((rows.shape[1], names), np.float32), np.zeros(names, np.float32)
    pulls, moved = np.zeros((texts, names), np.float32), np.full(texts, np.inf, np.float32)
    lengths = rows.multiply(rows).sum(axis=1) + 1
    of_texts = rows.indptr[:-1], rows.indptr[1:], wanted, lengths, 0.5 / own, 0.5 / others
    each = [*zip(*(numbers.tolist() for numbers in of_texts), strict=True)]  # as plain numbers: they widen no array
    for turn in range(PASSES):
        order = order_of(keys, turn)
        order = order if turn < FIRST or turn % AGAIN == 0 else order[moved[order] > STILL]
        for text in order.tolist():
            start, end, name, length, gives, gives_others = each[text]
            places, values, pull = rows.indices[start:end], rows.data[start:end], pulls[text]
            held = weights.take(places, axis=0)
            missed = values @ held + bias
            towards = max(0.0, pull[name] + (1 - missed[name] - gives * pull[name]) / (length + gives))
            now = np.minimum(0, pull - (1 + missed + gives_others * pull) / (length + gives_others))
            now[name] = towards
            step = now - pull
            pulls[text], moved[text] = now, np.abs(step).max()
            bias += step
            held += values[:, None] * step
            weights[places] = held
    return weights, bias
