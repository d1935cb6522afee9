"""A softmax over options, each given as a few numbers by name: one weight a name, learned from what was right."""

from collections.abc import Mapping
from math import exp

import numpy as np

from bot.dialogue.ranking.model_files import Arrays, packed, unpacked

Numbers = Mapping[str, float]
Options = Mapping[str, Numbers]
"""By name."""
Weights = Mapping[str, float]


def likelihoods(options: Options, weights: Weights) -> dict[str, float]:
    """Of each option, the likeliest first."""
    scores = {name: sum(weights.get(n, 0.0) * value for n, value in one.items()) for name, one in options.items()}
    most = max(scores.values())
    raised = {name: exp(score - most) for name, score in scores.items()}
    whole = sum(raised.values())
    return {name: value / whole for name, value in sorted(raised.items(), key=lambda pair: -pair[1])}


def arrays(weights: Weights) -> Arrays:
    """As they are kept in a file."""
    return {"names": packed(weights), "weights": np.array(list(weights.values()))}


def read_weights(held: Arrays) -> Weights:
    """From a file."""
    return dict(zip(unpacked(held["names"]), held["weights"].tolist(), strict=True)) if len(held["weights"]) else {}
