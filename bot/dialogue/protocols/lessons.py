"""Small trained classifiers over the features of danger: which kind a message tells of, who is in it, what ended it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.dialogue.danger.features import DangerFeatures, danger_features_of
from bot.dialogue.danger.model import MOVES_COUNT
from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, packed, unpacked
from bot.dialogue.ranking.ranker import lexicon_of
from bot.dialogue.words.features import Floats, bag_of
from bot.dialogue.words.vectors import Small, Vocabulary, values_of
from knowledge.model import Knowledge


class Group(StrEnum):
    """What a classifier tells."""

    KINDS = "kinds"
    WHOSE = "whose"
    ENDS = "ends"


OWN, BOTH = "own", "both"
WHO = frozenset({OWN, "other"})
"""What is learned of who is in it: whether the writer is; readings tell whether somebody else is, too."""
UNSAID = "unknown"
"""In place of a kind or of an end, where a text tells none."""
TAUGHT, OLDER = 1.0, 0.3
"""Weights of lessons, and of those of older hands and of reports of danger, which end none."""
CODE = ("bot.training.kinds",)
"""What a change of makes another model of the same content, with all that these import."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, its name, and how much it counts."""

    text: str
    name: str
    weight: float = TAUGHT


@dataclass(frozen=True, eq=False, slots=True)
class Trained:
    """inner: features x names."""

    names: tuple[str, ...]
    vocabulary: Vocabulary
    inner: Small
    bias: Floats


class Classifier:
    """Likelihoods of the names that it was taught."""

    def __init__(self, model: Trained, reads: DangerFeatures) -> None:
        self.model = model
        self._reads = reads

    def scores(self, text: str) -> Mapping[str, float]:
        """By name, the margin of each: above 0 where it is likelier than not; none for a text without known words."""
        places, values = values_of(bag_of(self._reads.ids(text)), self.model.vocabulary, MOVES_COUNT)
        if not len(places):
            return {}
        scores = self.model.inner.total(places, values) + self.model.bias
        return dict(zip(self.model.names, scores.tolist(), strict=True))


def lessons_of(knowledge: Knowledge, group: Group) -> tuple[Lesson, ...]:
    """What is taught: texts, each with its kind, with who is in danger in it, or with the end that it tells."""
    told = [
        (text, knowledge.protocols[kind].id if kind != UNSAID else category, who.value)
        for category, lessons in knowledge.kind_lessons.items()
        for kind, by_who in lessons.told.items()
        for who, texts in by_who.items()
        for text in texts
    ]
    if group is Group.WHOSE:
        taught = (
            (text, one.id.removeprefix("who-"))
            for one in knowledge.moves.values()
            if one.of == "who"
            for text in one.texts()
        )
        return (
            *(Lesson(text, OWN if who == BOTH else who) for text, _, who in told if who in {*WHO, BOTH}),
            *(Lesson(text, who, OLDER) for text, who in taught if who in WHO),
        )
    if group is Group.ENDS:
        ends = (Lesson(text, name) for name, texts in knowledge.endings.items() for text in texts)
        return (*ends, *(Lesson(text, UNSAID, OLDER) for text, _, _ in told))
    said = [Lesson(text, one.id) for one in knowledge.protocols.values() for text in one.said]
    return (*(Lesson(text, kind) for text, kind, _ in told), *said)


def kinds_of(category: str, knowledge: Knowledge) -> Collection[str]:
    """The ids of the kinds of a category, without the words for all of them."""
    return [one.id for one in knowledge.protocols.values() if one.of == category and not one.general]


@lru_cache(maxsize=4)
def classifier_of(knowledge: Knowledge, group: Group) -> Classifier:
    """The classifier of this Knowledge; the first call for new content trains it (some seconds)."""
    words = (*lexicon_of(knowledge), sorted(knowledge.kinds.items()))
    name = name_of(group, CODE, knowledge, lambda: (lessons_of(knowledge, group), words))
    return Classifier(
        kept(knowledge.root, name, lambda: made("kinds", knowledge, group), _model), danger_features_of(knowledge)
    )


def arrays_of(model: Trained) -> Arrays:
    """As it is kept in a file."""
    return {
        "names": packed(model.names),
        "ids": model.vocabulary.ids,
        "rarity": model.vocabulary.rarity,
        "inner": model.inner.steps,
        "inner_scale": model.inner.scale,
        "bias": model.bias,
    }


def _model(held: Arrays) -> Trained:
    names, sizes = tuple(unpacked(held["names"])), {len(held[n]) for n in ("ids", "rarity", "inner", "inner_scale")}
    if len(sizes) > 1 or held["inner"].shape[1] != len(names):
        raise ValueError("the arrays do not fit one another")
    return Trained(
        names, Vocabulary(held["ids"], held["rarity"]), Small(held["inner"], held["inner_scale"]), held["bias"]
    )
