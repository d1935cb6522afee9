"""The trained danger scorer: how likely a message reports danger, of which category, and which words say so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.danger import features as danger_features
from bot.dialogue.danger import training as danger_training
from bot.dialogue.danger.features import DangerFeatures, danger_features_of
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.danger.shared import Shared
from bot.dialogue.danger.taught_turns import Turn, turns_of
from bot.dialogue.danger.training import Lesson, Trained, lessons_of, mixed, train
from bot.dialogue.danger.turns import FRAMED, FRAMED_COUNTS, NUMBERS, Sounds, marks_of, numbers_of
from bot.dialogue.danger.vectors import blocks_of, values_of
from bot.dialogue.ranking.model_files import Arrays, fingerprint, kept, packed, plain, unpacked
from bot.dialogue.ranking.trained import lexicon_of
from bot.dialogue.words.features import REMEMBERED, known_in
from bot.dialogue.words.odds import likelihood
from knowledge.model import Knowledge

CODE = (danger_features, danger_training)
"""What a change of makes another model of the same content, with all that these import."""
SHOWN = 4
"""Words that explain a score."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of danger by both models, above 0 where it is likelier than not, and one for each category."""

    danger: tuple[float, float]
    categories: dict[str, float]


class DangerScorer:
    """Scores messages."""

    def __init__(self, model: Trained, reads: DangerFeatures) -> None:
        self.model = model
        self._reads = reads
        self._blocks = blocks_of(model.vocabulary)
        self._values = lru_cache(maxsize=REMEMBERED)(self._values_of)
        self._numbers_of = lru_cache(maxsize=32768)(self._numbers_of_word)

    def score(self, text: str) -> Scored:
        """How a text sounds, without the rules."""
        numbers, values = self._values(text)
        by_category = values @ self.model.by_category[numbers] + self.model.category_bias
        danger = float(values @ self.model.danger[numbers]) + self.model.bias
        shared = self.model.shared.odds_of(numbers, values)
        return Scored((danger, shared), dict(zip(self.model.categories, by_category.tolist(), strict=True)))

    def likelihood(self, scored: Scored, signs: Collection[str]) -> float:
        """Of danger, between 0 and 1: the score and what the rules found, weighed together."""
        return likelihood(mixed(self.model.signs, scored.danger, signs))

    def in_conversation(self, sounds: Sounds, marks: Collection[str]) -> float:
        """Likelihood that a message after others reports danger, or completes what reports it."""
        weights = self.model.turn
        numbers = zip(NUMBERS, numbers_of(sounds, marks), strict=True)
        total = weights["always"] + sum(weights[name] * number for name, number in numbers)
        return likelihood(total - (FRAMED_COUNTS if FRAMED in marks else 0.0))

    def words(self, text: str) -> str:
        """The words that weighed most for danger, as they follow in the text."""
        numbers, values = self._values(text)
        weights = dict(zip(numbers.tolist(), (values * self.model.danger[numbers]).tolist(), strict=True))
        words = list(dict.fromkeys(self._reads.words(text)))
        weighed = {word: sum(weights.get(n, 0.0) for n in self._numbers_of(word)) for word in words}
        heaviest = sorted(words, key=lambda word: -weighed[word])[:SHOWN]
        return " ".join(word for word in words if word in heaviest and weighed[word] > 0)

    def _numbers_of_word(self, word: str) -> list[int]:
        return [self.model.vocabulary[name] for name in self._reads.of(word) if name in self.model.vocabulary]

    def _values_of(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        numbers, counts = known_in(self._reads.of(text), self.model.vocabulary)
        return numbers, values_of(counts, self.model.weight[numbers], self._blocks[numbers])


@lru_cache(maxsize=4)
def scorer_of(knowledge: Knowledge) -> DangerScorer:
    """The scorer of this Knowledge; the first call for new content trains it (two minutes)."""
    reads, lessons, turns = danger_features_of(knowledge), lessons_of(knowledge), turns_of(knowledge)
    rules = (knowledge.categories, knowledge.suppressors, knowledge.signals)
    words = (*lexicon_of(knowledge), sorted(knowledge.kinds.items()))
    parts = (plain(lessons), plain(turns), words, [repr(one.rules) for one in rules[0].values()], rules[1:])
    name = f"danger-{fingerprint(CODE, parts)}"
    made = kept(
        knowledge.root,
        name,
        lambda: _arrays(_trained(lessons, turns, reads, knowledge)),
        _model,
    )
    return DangerScorer(made, reads)


def _trained(lessons: Sequence[Lesson], turns: Sequence[Turn], reads: DangerFeatures, knowledge: Knowledge) -> Trained:
    def signs_in(text: str) -> frozenset[str]:
        return read_rules(text, knowledge).signs

    def marks_in(turn: Turn) -> frozenset[str]:
        return marks_of(turn.text, turn.before, knowledge)

    return train(lessons, turns, reads.of, signs_in, marks_in)


def _arrays(model: Trained) -> Arrays:
    return {
        "vocabulary": packed(model.vocabulary),
        "weight": model.weight,
        "danger": model.danger,
        "bias": np.array([model.bias]),
        "inner": model.shared.inner.astype(np.float16),
        "outer": model.shared.outer,
        "outer_bias": model.shared.bias,
        "categories": packed(model.categories),
        "by_category": model.by_category.astype(np.float16),
        "category_bias": model.category_bias,
        "signs": packed(model.signs),
        "sign_weights": np.array(list(model.signs.values())),
        "turn": packed(model.turn),
        "turn_weights": np.array(list(model.turn.values())),
    }


def _model(held: Arrays) -> Trained:
    names = unpacked(held["vocabulary"])
    model = Trained(
        vocabulary=dict(zip(names, count(), strict=False)),
        weight=held["weight"],
        danger=held["danger"],
        bias=float(held["bias"][0]),
        shared=Shared(held["inner"].astype(np.float32), held["outer"], held["outer_bias"]),
        categories=tuple(unpacked(held["categories"])),
        by_category=held["by_category"].astype(np.float32),
        category_bias=held["category_bias"],
        signs=dict(zip(unpacked(held["signs"]), held["sign_weights"].tolist(), strict=True)),
        turn=dict(zip(unpacked(held["turn"]), held["turn_weights"].tolist(), strict=True)),
    )
    sizes = {len(names), len(model.weight), len(model.danger), len(model.by_category), len(model.shared.inner)}
    if len(sizes) > 1 or model.by_category.shape[1] != len(model.categories):
        raise ValueError("the arrays do not fit one another")
    return model
