"""Trains a softmax over options, each given as a few numbers by name: one weight a name."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from bot.dialogue.bearing.softmax import Numbers, Options

Doubles = NDArray[np.float64]

SELDOM = 3
"""Messages in which a number must stand: a word of fewer is a person's own."""
MOST_STEPS = 500


def train(lessons: Sequence[tuple[Options, str]], strict: float) -> dict[str, float]:
    """Number -> weight, from options and the right one; `strict`: how much large weights cost.

    The same lessons give the same weights.
    """
    times = Counter(name for options, _ in lessons for name in {name for one in options.values() for name in one})
    names = {name: n for n, name in enumerate(sorted(name for name, said in times.items() if said >= SELDOM))}
    if not names:
        return {}
    inputs = _rows([numbers for options, _ in lessons for numbers in options.values()], names)
    counts = np.array([len(options) for options, _ in lessons])
    starts = np.cumsum(counts) - counts
    right = starts + np.array([list(options).index(name) for options, name in lessons])
    turned, rightly = inputs.T.tocsr(), inputs[right].sum(axis=0)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = inputs @ weights
        most = np.maximum.reduceat(scores, starts)
        likely = np.exp(scores - np.repeat(most, counts))
        whole = np.add.reduceat(likely, starts)
        likely /= np.repeat(whole, counts)
        missed = float((most + np.log(whole) - scores[right]).sum() + strict * (weights @ weights) / 2)
        slope: Doubles = turned @ likely - rightly + strict * weights
        return missed, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    return dict(zip(names, found.x.tolist(), strict=True))


def _rows(options: Sequence[Numbers], names: Mapping[str, int]) -> csr_array:
    """One row an option, one column a name."""
    cells = [(at, names[name], value) for at, one in enumerate(options) for name, value in one.items() if name in names]
    rows, columns, values = zip(*cells, strict=True)
    return csr_array((values, (rows, columns)), shape=(len(options), len(names)))
