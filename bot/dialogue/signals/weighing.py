"""The trained weighing of sections: one weight for each feature, and a softmax over the candidates."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, unpacked
from bot.dialogue.ranking.trained import ranker_name
from bot.dialogue.signals.section_features import Table
from bot.dialogue.words.features import Floats
from knowledge.model import Knowledge

CODE = ("bot.dialogue.signals.section_features",)
"""What a change of makes another weighing of the same lessons, with all that these import."""
TRAINING = 4
"""Raised where `bot.training.weighing` makes other weights of the same."""


@lru_cache(maxsize=4)
def weights_of(knowledge: Knowledge) -> Mapping[str, float]:
    """The weights of this Knowledge; the first call for new lessons, or for a new ranker, trains them."""
    name = name_of("weighing", CODE, knowledge, lambda: (TRAINING, ranker_name(knowledge), *taught(knowledge)))
    return kept(knowledge.root, name, lambda: made("weighing", knowledge), _read)


def taught(knowledge: Knowledge) -> tuple[object, ...]:
    """What it learns from, beside the ranker."""
    return sorted(knowledge.threads.items()), sorted(knowledge.talks.items()), knowledge.follow_ups, knowledge.signals


def _read(held: Arrays) -> Mapping[str, float]:
    return dict(zip(unpacked(held["names"]), held["weights"].tolist(), strict=True))


def weigh(table: Table, weights: Mapping[str, float]) -> Floats:
    """How likely each option is, that none of ours answers the last; together 1."""
    of_rows, of_none = table
    counts = np.array([weights[name] for name in of_rows], np.float32)
    scores = np.sum(np.array([*of_rows.values()], np.float32) * counts[:, None], axis=0)
    none = sum(weights[name] * value for name, value in of_none.items())
    whole = np.append(scores, none)
    likely = np.exp(whole - whole.max())
    result: Floats = likely / likely.sum()
    return result
