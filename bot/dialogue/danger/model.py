"""The trained danger scorer: how likely a message reports danger, of which category, and which words say so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

import numpy as np

from bot.dialogue.danger.features import DangerFeatures, danger_features_of
from bot.dialogue.ranking.model_files import Arrays, kept, lessons, made, name_of, packed, plain, unpacked
from bot.dialogue.words.features import REMEMBERED, Floats, several_of
from bot.dialogue.words.vectors import Ints, Small, Vocabulary, scheme, values_of
from knowledge.model import Knowledge
from knowledge.schema.urgent import Weighing

CODE = ("bot.training.danger",)
"""What a change of makes another model of the same content, with all that it imports."""
COUNTS = scheme({"c": 0.8, "wb": 1.0, "KBSTH": 1.5, "kp": 0.4, "x": 0.4}, rare=5)
SHOWN, ROW = 4, np.uint64(32)
"""Words that explain a score; how far left the number of a word stands beside that of a feature."""
MARKS = ("few", "some", "many", "rule", "check", "now", "own", "asks", "asked", "settles", "joke")
NUMBERS = ("alone", "together", "least", "earlier", "gravest", *MARKS)
"""What is weighed of a message, in this order."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Log odds of danger: of a message alone, of all together, of those before it together, of the gravest of them."""

    alone: float
    together: float
    earlier: float
    gravest: float


def numbers_of(sounds: Sounds, marks: Collection[str]) -> list[float]:
    """As `NUMBERS` names them."""
    least = min(sounds.alone, sounds.together)
    odds = [sounds.alone, sounds.together, least, sounds.earlier, sounds.gravest]
    return [*odds, *(float(mark in marks) for mark in MARKS)]


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """A softmax over no danger, which stands first, and the categories; weights: features x these."""

    vocabulary: Vocabulary
    categories: tuple[str, ...]
    weights: Small
    bias: Floats


@dataclass(frozen=True, slots=True)
class Scored:
    """Log odds of any danger against none, and the score of each category."""

    danger: float
    categories: dict[str, float]


class DangerScorer:
    """Scores messages."""

    def __init__(self, model: Model, weighing: Weighing, reads: DangerFeatures) -> None:
        self.model = model
        self._weighing = weighing
        self._reads = reads
        self._values = lru_cache(maxsize=REMEMBERED)(self._values_of)

    def score(self, text: str) -> Scored:
        """How a text sounds, without the rules."""
        places, values = self._values(text)
        none, *scores = (self.model.weights.total(places, values) + self.model.bias).tolist()
        most = max(scores)
        any_danger = most + log(sum(exp(score - most) for score in scores))
        return Scored(any_danger - none, dict(zip(self.model.categories, scores, strict=True)))

    def likelihood(self, scored: Scored, signs: Collection[str]) -> float:
        """Of danger, between 0 and 1: the score and what the rules found, weighed together."""
        return likelihood(mixed(self._weighing.signs, scored.danger, signs))

    def in_conversation(self, sounds: Sounds, marks: Collection[str]) -> float:
        """Likelihood that a message after others reports danger, or completes what reports it."""
        weights = self._weighing.turn
        numbers = zip(NUMBERS, numbers_of(sounds, marks), strict=True)
        return likelihood(weights["always"] + sum(weights.get(name, 0.0) * number for name, number in numbers))

    def words(self, text: str) -> str:
        """The words that weighed most for danger, as they follow in the text."""
        places, values = self._values(text)
        rows = self.model.weights.rows(places)
        scores = (values @ rows + self.model.bias)[1:]
        likely = np.exp(scores - scores.max())
        speaks = rows[:, 1:] @ (likely / likely.sum()) - rows[:, 0]
        words = list(dict.fromkeys(self._reads.words(text)))
        weighed = dict(zip(words, self._weighed(words, places, values * speaks), strict=True))
        heaviest = sorted(words, key=lambda word: -weighed[word])[:SHOWN]
        return " ".join(word for word in words if word in heaviest and weighed[word] > 0)

    def _weighed(self, words: Sequence[str], places: Ints, weights: Floats) -> Sequence[float]:
        """What each word weighs by itself, of the features at these places."""
        read = several_of(list(map(self._reads.of_word, words)))
        both = np.unique(read.rows.astype(np.uint64) << ROW | read.ids)
        rows = (both >> ROW).astype(np.intp)
        # As what is known: of another type, all of that would be cast.
        found, known = self.model.vocabulary.known(both.astype(np.uint32))
        at = np.minimum(np.searchsorted(places, found), max(len(places) - 1, 0))
        known &= places[at] == found if len(places) else False
        weighed: list[float] = np.bincount(rows[known], weights[at[known]], len(words)).tolist()
        return weighed

    def _values_of(self, text: str) -> tuple[Ints, Floats]:
        return values_of(self._reads.bag(text), self.model.vocabulary, COUNTS)


def mixed(weights: Mapping[str, float], score: float, signs: Iterable[str]) -> float:
    """Log odds of danger: the score and what the rules found."""
    return weights["always"] + weights["score"] * score + sum(weights.get(sign, 0.0) for sign in signs)


@lru_cache(maxsize=4)
def scorer_of(knowledge: Knowledge) -> DangerScorer:
    """The scorer of this Knowledge; the first call for new content trains it (half a minute)."""
    words = (*knowledge.lexicon, sorted(knowledge.kinds.items()))
    name = name_of("danger", CODE, knowledge, lambda: (plain(lessons("danger_lessons", knowledge)), words))
    model = kept(knowledge.root, name, lambda: made("danger", knowledge), _model)
    return DangerScorer(model, knowledge.weighing, danger_features_of(knowledge))


def arrays_of(model: Model) -> Arrays:
    """As it is kept in a file."""
    return {
        "ids": model.vocabulary.ids,
        "rarity": model.vocabulary.rarity,
        "categories": packed(model.categories),
        "weights": model.weights.steps,
        "scale": model.weights.scale,
        "bias": model.bias,
    }


def _model(held: Arrays) -> Model:
    sizes = {len(held[name]) for name in ("ids", "rarity", "scale")}
    categories = tuple(unpacked(held["categories"]))
    if len(sizes) > 1 or {held["weights"].shape[1], len(held["bias"])} != {len(categories) + 1}:
        raise ValueError("the arrays do not fit one another")
    weights = Small.of(held["weights"], held["scale"])
    return Model(Vocabulary(held["ids"], held["rarity"]), categories, weights, held["bias"])


FAINT = 1e-4
"""No likelihood counts as less: among three hundred topics one in a thousand still tells something."""


def log_odds(likelihood: float, least: float = FAINT) -> float:
    """Never so sure that nothing else counts."""
    likelihood = min(max(likelihood, least), 1 - least)
    return log(likelihood / (1 - likelihood))


def likelihood(odds: float) -> float:
    """From log odds; the inverse of `log_odds`."""
    return 1 / (1 + exp(-max(-50.0, min(50.0, odds))))
