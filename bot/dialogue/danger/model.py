"""The trained danger scorer: how likely a message reports danger, of which category, and which words say so."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from math import exp

import numpy as np
from numpy.typing import NDArray

from bot.dialogue import features, phrasing, sounds, stems
from bot.dialogue.danger import features as danger_features
from bot.dialogue.danger import rules as danger_rules
from bot.dialogue.danger import training as danger_training
from bot.dialogue.danger.features import DangerFeatures
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.danger.training import Trained, blocks_of, known_in, lessons_of, train, values_of
from bot.dialogue.model_cache import Arrays, fingerprint, kept, packed, unpacked
from knowledge import frames
from knowledge.model import Knowledge

CODE = (danger_features, danger_rules, danger_training, features, phrasing, sounds, stems, frames)
"""A change of these makes another model of the same content."""
SHOWN = 4
"""Words that explain a score."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A score, above 0 where danger is likelier than not, and one for each category."""

    danger: float
    categories: dict[str, float]


class DangerScorer:
    """Scores messages."""

    def __init__(self, model: Trained, reads: DangerFeatures) -> None:
        self.model = model
        self._reads = reads
        self._blocks = blocks_of(model.vocabulary)

    def score(self, text: str) -> Scored:
        """How a text sounds, without the rules."""
        numbers, values = self._values(text)
        by_category = values @ self.model.by_category[numbers] + self.model.category_bias
        danger = float(values @ self.model.danger[numbers]) + self.model.bias
        return Scored(danger, dict(zip(self.model.categories, by_category.tolist(), strict=True)))

    def likelihood(self, scored: Scored, signs: Collection[str]) -> float:
        """Of danger, between 0 and 1: the score and what the rules found, weighed together."""
        weights = self.model.signs
        total = weights["always"] + weights["score"] * scored.danger + sum(weights.get(sign, 0.0) for sign in signs)
        return 1 / (1 + exp(-max(-50.0, min(50.0, total))))

    def words(self, text: str) -> str:
        """The words that weighed most for danger, as they follow in the text."""
        numbers, values = self._values(text)
        weights = dict(zip(numbers.tolist(), (values * self.model.danger[numbers]).tolist(), strict=True))
        words = list(dict.fromkeys(self._reads.words(text)))
        weighed = {word: sum(weights.get(n, 0.0) for n in self._numbers_of(word)) for word in words}
        heaviest = sorted(words, key=lambda word: -weighed[word])[:SHOWN]
        return " ".join(word for word in words if word in heaviest and weighed[word] > 0)

    def _numbers_of(self, text: str) -> list[int]:
        return [self.model.vocabulary[name] for name in self._reads.of(text) if name in self.model.vocabulary]

    def _values(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        numbers, counts = known_in(self._reads.of(text), self.model.vocabulary)
        return numbers, values_of(counts, self.model.weight[numbers], self._blocks[numbers])


@lru_cache(maxsize=4)
def scorer_of(knowledge: Knowledge) -> DangerScorer:
    """The scorer of this Knowledge; the first call for new content trains it (half a minute)."""
    reads, lessons = DangerFeatures(knowledge), lessons_of(knowledge)
    rules = (knowledge.categories, knowledge.suppressors, knowledge.signals.now, knowledge.signals.turns)
    words = (sorted(knowledge.spelling.items()), sorted(knowledge.concepts.items()), sorted(knowledge.kinds.items()))
    name = f"danger-{fingerprint(CODE, (lessons, words, [repr(c.rules) for c in rules[0].values()], rules[1:]))}"
    made = kept(
        knowledge.root,
        name,
        lambda: _arrays(train(lessons, reads.of, lambda text: read_rules(text, knowledge).signs)),
        _model,
    )
    return DangerScorer(made, reads)


def _arrays(model: Trained) -> Arrays:
    return {
        "vocabulary": packed(model.vocabulary),
        "weight": model.weight,
        "danger": model.danger,
        "bias": np.array([model.bias]),
        "categories": packed(model.categories),
        "by_category": model.by_category.astype(np.float16),
        "category_bias": model.category_bias,
        "signs": packed(model.signs),
        "sign_weights": np.array(list(model.signs.values())),
    }


def _model(held: Arrays) -> Trained:
    names, signs = unpacked(held["vocabulary"]), unpacked(held["signs"])
    model = Trained(
        vocabulary={name: n for n, name in enumerate(names)},
        weight=held["weight"],
        danger=held["danger"],
        bias=float(held["bias"][0]),
        categories=tuple(unpacked(held["categories"])),
        by_category=held["by_category"].astype(np.float32),
        category_bias=held["category_bias"],
        signs=dict(zip(signs, held["sign_weights"].tolist(), strict=True)),
    )
    if model.by_category.shape != (len(names), len(model.categories)) or len(model.danger) != len(model.weight):
        raise ValueError("the arrays do not fit one another")
    return model
