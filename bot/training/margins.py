"""Trains linear classifiers of many names: a support vector machine for each, all of them at once.

The squared hinge in its dual, one text after another, as liblinear does it (Hsieh et al. 2008) and with its weights, in
a tenth of its time: texts are read in blocks, whose weights are fetched once for all names (how each moves those behind
it in the block hangs on their likeness alone), and one that hardly moved any more waits for the last pass.
"""

import numpy as np
from scipy.sparse import csr_array

from bot.dialogue.words.features import Floats
from bot.dialogue.words.vectors import Ints
from bot.training.chance import Keys, order_of
from bot.training.linear import among

PASSES = 10
"""Times that a text is met at the most; with six one end in forty was missed that liblinear hears."""
FIRST, AGAIN = 2, 9
"""Passes in which all texts are met: these, and then each of so many."""
STILL = 0.01
"""A text of which no pull moved further waits."""
BLOCK = 64


def fit(rows: csr_array, wanted: Ints, own: Floats, others: Floats, keys: Keys) -> tuple[Floats, Floats]:
    """Weights (features x names) and biases; by text its name, what it costs to miss it, in other names too, its key.

    The same input gives the same result, and nearly the same input nearly the same.
    """
    texts, names = rows.shape[0], int(wanted.max()) + 1
    weights, bias = np.zeros((rows.shape[1], names), np.float32), np.zeros(names, np.float32)
    pulls, moved = np.zeros((texts, names), np.float32), np.full(texts, np.inf, np.float32)
    lengths = np.asarray(rows.multiply(rows).sum(axis=1) + 1, np.float32)
    # At margin m a pull p of a text of length l and cost c becomes kept p + by (±1 - m).
    gives, gives_others = (0.5 / own).astype(np.float32), (0.5 / others).astype(np.float32)
    by, by_others = 1 / (lengths + gives), 1 / (lengths + gives_others)
    kept, kept_others = 1 - gives * by, 1 - gives_others * by_others
    for turn in range(PASSES):
        order = order_of(keys, turn)
        order = order if turn < FIRST or turn % AGAIN == 0 else order[moved[order] > STILL]
        mixed = rows[order]
        for start in range(0, len(order), BLOCK):
            chosen, part = order[start : start + BLOCK], mixed[start : start + BLOCK]
            used, places = among(part.indices, rows.shape[1])
            part = csr_array((part.data, places, part.indptr), shape=(len(chosen), len(used)))
            held, before = weights.take(used, axis=0), pulls[chosen]
            missed, alike = part @ held + bias, (part @ part.T).toarray() + 1
            # What is done for the others first, for all texts at once; of each its own name in its turn.
            now = before * kept_others[chosen, None]
            each = zip(wanted[chosen].tolist(), by[chosen].tolist(), kept[chosen].tolist(), strict=True)
            for at, (one, (name, rate, keeps)) in enumerate(zip(chosen.tolist(), each, strict=True)):
                margin, pull = missed[at], now[at]
                towards = max(0.0, before[at, name].item() * keeps + (1 - margin[name].item()) * rate)
                pull -= (margin + 1) * by_others[one]
                np.minimum(pull, 0, out=pull)
                pull[name] = towards
                pull -= before[at]
                missed[at + 1 :] += alike[at, at + 1 :, None] * pull
            pulls[chosen] = before + now
            moved[chosen] = np.abs(now).max(axis=1)
            bias += now.sum(axis=0)
            held += part.T @ now
            weights[used] = held
    return weights, bias
