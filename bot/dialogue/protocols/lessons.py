"""Small trained classifiers over the features of danger: which kind a message tells of, and who is in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from bot.dialogue.danger import features as danger_features
from bot.dialogue.danger import vectors as danger_vectors
from bot.dialogue.danger.features import DangerFeatures, danger_features_of
from bot.dialogue.danger.vectors import blocks_of, values_of
from bot.dialogue.ranking.model_files import Arrays, fingerprint, kept, packed, unpacked
from bot.dialogue.ranking.trained import lexicon_of
from bot.dialogue.words.features import Floats, known_in
from bot.training import kinds as kind_training
from bot.training.kinds import OLDER, Lesson
from knowledge.model import Knowledge

Group = Literal["kinds", "whose"]
WHO = frozenset({"own", "other"})
"""Of whom the older lessons speak."""
UNSAID = "unknown"
"""In place of who, where a text does not say it."""
CODE = (danger_features, danger_vectors, kind_training)
"""What a change of makes another model of the same content, with all that these import."""


@dataclass(frozen=True, slots=True)
class Trained:
    """vocabulary: feature -> row; weight: rarity; inner: features x names."""

    names: tuple[str, ...]
    vocabulary: Mapping[str, int]
    weight: Floats
    inner: Floats
    bias: Floats


class Classifier:
    """Likelihoods of the names that it was taught."""

    def __init__(self, model: Trained, reads: DangerFeatures) -> None:
        self.model = model
        self._reads = reads
        self._blocks = blocks_of(model.vocabulary)

    def scores(self, text: str) -> Mapping[str, float]:
        """By name, the margin of each: above 0 where it is likelier than not; none for a text without known words."""
        numbers, counts = known_in(self._reads.of(text), self.model.vocabulary)
        if not len(numbers):
            return {}
        values = values_of(counts, self.model.weight[numbers], self._blocks[numbers])
        scores = values @ self.model.inner[numbers] + self.model.bias
        return dict(zip(self.model.names, scores.tolist(), strict=True))


def lessons_of(knowledge: Knowledge, group: Group) -> tuple[Lesson, ...]:
    """What is taught: of `kinds` a text and its kind, of `whose` a text and who is in danger in it."""
    told = [
        (text, knowledge.protocols[kind].id if kind != UNSAID else category, who.value)
        for category, lessons in knowledge.kind_lessons.items()
        for kind, by_who in lessons.told.items()
        for who, texts in by_who.items()
        for text in texts
    ]
    if group == "whose":
        taught = ((text, one.id.removeprefix("who-")) for one in knowledge.moves.values() if one.of == "who" for text in one.texts())
        return (
            *(Lesson(text, who) for text, _, who in told),
            *(Lesson(text, who if who in WHO else UNSAID, OLDER) for text, who in taught),
        )
    said = [Lesson(text, one.id) for one in knowledge.protocols.values() for text in one.said]
    return (*(Lesson(text, kind) for text, kind, _ in told), *said)


def kinds_of(category: str, knowledge: Knowledge) -> Collection[str]:
    """The ids of the kinds of a category, without the words for all of them."""
    return [one.id for one in knowledge.protocols.values() if one.of == category and not one.general]


@lru_cache(maxsize=4)
def classifier_of(knowledge: Knowledge, group: Group) -> Classifier:
    """The classifier of this Knowledge; the first call for new content trains it (some seconds)."""
    reads, lessons = danger_features_of(knowledge), lessons_of(knowledge, group)
    words = (*lexicon_of(knowledge), sorted(knowledge.kinds.items()))
    name = f"{group}-{fingerprint(CODE, (lessons, words))}"
    held = kept(knowledge.root, name, lambda: _arrays(kind_training.train(lessons, reads)), _model)
    return Classifier(held, reads)


def _arrays(model: "kind_training.Fitted") -> Arrays:
    texts = {"names": packed(model.names), "vocabulary": packed(model.vocabulary)}
    return {"weight": model.weight, "inner": model.inner.astype(np.float16), "bias": model.bias, **texts}


def _model(held: Arrays) -> Trained:
    names = unpacked(held["vocabulary"])
    model = Trained(
        names=tuple(unpacked(held["names"])),
        vocabulary={name: n for n, name in enumerate(names)},
        weight=held["weight"],
        inner=held["inner"].astype(np.float32),
        bias=held["bias"],
    )
    if model.inner.shape != (len(names), len(model.names)) or len(model.weight) != len(names):
        raise ValueError("the arrays do not fit one another")
    return model
