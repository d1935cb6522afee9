"""A softmax over options, each given as a few numbers by name: one weight a name, learned from what was right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.dialogue.ranking.model_files import Arrays, packed, unpacked

Doubles = NDArray[np.float64]
Numbers = Mapping[str, float]
Options = Mapping[str, Numbers]
"""By name."""
Weights = Mapping[str, float]

SELDOM = 3
"""Messages in which a number must stand: a word of fewer is a person's own."""
MOST_STEPS = 500


def likelihoods(options: Options, weights: Weights) -> dict[str, float]:
    """Of each option, the likeliest first."""
    scores = {name: sum(weights.get(n, 0.0) * value for n, value in one.items()) for name, one in options.items()}
    most = max(scores.values())
    raised = {name: exp(score - most) for name, score in scores.items()}
    whole = sum(raised.values())
    return {name: value / whole for name, value in sorted(raised.items(), key=lambda pair: -pair[1])}


def train(lessons: Sequence[tuple[Options, str]], strict: float) -> dict[str, float]:
    """Number -> weight, from options and the right one; `strict`: how much large weights cost.

    The same lessons give the same weights.
    """
    # A third of a second that a start without training is spared.
    from scipy.optimize import minimize  # noqa: PLC0415

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


def arrays(weights: Weights) -> Arrays:
    """As they are kept in a file."""
    return {"names": packed(weights), "weights": np.array(list(weights.values()))}


def read_weights(held: Arrays) -> Weights:
    """From a file."""
    return dict(zip(unpacked(held["names"]), held["weights"].tolist(), strict=True)) if len(held["weights"]) else {}
