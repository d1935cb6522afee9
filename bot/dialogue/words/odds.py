"""Likelihoods as log odds, in which evidence adds up, and back."""

from math import exp, log

FAINT = 1e-4
"""No likelihood counts as less: among three hundred topics one in a thousand still tells something."""


def log_odds(likelihood: float, least: float = FAINT) -> float:
    """Never so sure that nothing else counts."""
    likelihood = min(max(likelihood, least), 1 - least)
    return log(likelihood / (1 - likelihood))


def likelihood(odds: float) -> float:
    """From log odds; the inverse of `log_odds`."""
    return 1 / (1 + exp(-max(-50.0, min(50.0, odds))))
