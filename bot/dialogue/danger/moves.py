"""What a message means in an open danger: trained moves (nobody answers, he is back), and of whom it speaks.

Two linear models over the danger scorer's features; each gives a likelihood for every move of its group, which add up
to 1 with `none`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from bot.dialogue.danger import features as danger_features
from bot.dialogue.danger import vectors as danger_vectors
from bot.dialogue.danger.features import DangerFeatures, danger_features_of
from bot.dialogue.danger.vectors import blocks_of, matrix_of, values_of, vocabulary_of
from bot.dialogue.ranking import fits
from bot.dialogue.ranking.fits import linear_svc
from bot.dialogue.ranking.model_files import Arrays, fingerprint, kept, packed, unpacked
from bot.dialogue.ranking.trained import lexicon_of
from bot.dialogue.words.features import Floats, known_in
from knowledge.model import Knowledge

Group = Literal["move", "who"]

FOR_OTHER = ("relay", "writer-elsewhere")
"""Moves of somebody who writes for the one in danger."""
OWN_SAFETY = frozenset({"safe", "writer-elsewhere"})
"""Moves that speak of the writer, unless they name somebody."""
NONE = "none"
"""In place of a move, where a message makes none."""
LIKELY, SURE, VERY = 0.4, 0.55, 0.8
"""Likelihood from which a line answers a move, and from which it does before frames: a danger's own, one of all."""
END = 0.7
"""Likelihood from which a move ends a danger."""
WHO = 0.7
"""Likelihood from which a message alone says whether its writer is the one in danger."""
RARE = 2
"""Sentences in which a feature must stand."""
STRICT, SHARP = 0.1, 7.0
"""C of the models, and how far scores part the likelihoods: of what is likely three in four are then right."""
PHRASES, LONGEST_PHRASE = 6, 12
"""Of the ordinary questions of at most so many words, every sixth is no move."""
NAMES: Mapping[Group, str] = {"move": "moves", "who": "who"}
"""Of the files that hold the models."""
REMEMBERED = 64
"""Texts whose moves are kept."""
CODE = (danger_features, danger_vectors, fits)
"""What a change of makes another model of the same content, with all that these import."""


@dataclass(frozen=True, slots=True)
class Trained:
    """vocabulary: feature -> row; weight: rarity; inner: features x names."""

    names: tuple[str, ...]
    vocabulary: dict[str, int]
    weight: Floats
    inner: Floats
    bias: Floats


class Moves:
    """Reads what messages mean."""

    def __init__(self, model: Trained, reads: DangerFeatures) -> None:
        self.model = model
        self._reads = reads
        self._blocks = blocks_of(model.vocabulary)

    def likelihoods(self, text: str) -> dict[str, float]:
        """By move, the likeliest first."""
        numbers, counts = known_in(self._reads.of(text), self.model.vocabulary)
        values = values_of(counts, self.model.weight[numbers], self._blocks[numbers])
        scores = values @ self.model.inner[numbers] + self.model.bias
        likely = np.exp(SHARP * (scores - scores.max()))
        likely /= likely.sum()
        order = np.argsort(-likely)
        return {self.model.names[n]: float(likely[n]) for n in order}


def lessons_of(knowledge: Knowledge, group: Group) -> tuple[tuple[str, str], ...]:
    """Sentences and their moves; ordinary questions make none."""
    taught = [(text, move.id) for move in knowledge.moves.values() if move.of == group for text in move.texts()]
    if group == "who":
        return tuple(taught)
    phrases = (
        text for topic in knowledge.phrases.values() for section in topic.sections.values() for text in section.texts()
    )
    short = [text for text in dict.fromkeys(phrases) if len(text.split()) <= LONGEST_PHRASE]
    return (*taught, *((text, NONE) for text in short[::PHRASES]))


@lru_cache(maxsize=8)
def moves_of(knowledge: Knowledge, group: Group = "move") -> Moves:
    """The model of this Knowledge; the first call for new content trains it (a few seconds)."""
    reads, lessons = danger_features_of(knowledge), lessons_of(knowledge, group)
    words = (*lexicon_of(knowledge), sorted(knowledge.kinds.items()))
    name = f"{NAMES[group]}-{fingerprint(CODE, (lessons, words, STRICT, RARE))}"
    return Moves(kept(knowledge.root, name, lambda: _arrays(train(lessons, reads)), _model), reads)


def train(lessons: Sequence[tuple[str, str]], reads: DangerFeatures) -> Trained:
    """The same input gives the same result."""
    bags = [reads.of(text) for text, _ in lessons]
    vocabulary, weight = vocabulary_of(bags, RARE)
    rows = matrix_of(bags, vocabulary, weight, blocks_of(vocabulary))
    model = linear_svc(C=STRICT, class_weight="balanced", random_state=0).fit(rows, [move for _, move in lessons])
    return Trained(
        names=tuple(map(str, model.classes_)),
        vocabulary=vocabulary,
        weight=weight,
        inner=model.coef_.T.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )


@lru_cache(maxsize=REMEMBERED)
def moves_in(text: str, knowledge: Knowledge) -> Mapping[str, float]:
    """How likely a message makes each move."""
    return moves_of(knowledge).likelihoods(text) if any(map(str.isalnum, text)) else {NONE: 1.0}


def likeliest_move(text: str, knowledge: Knowledge) -> tuple[str, float]:
    """The move that a message makes if it makes any, and how likely that is."""
    return next(iter(moves_in(text, knowledge).items()))


@lru_cache(maxsize=REMEMBERED)
def speaks_of(text: str, knowledge: Knowledge) -> Literal["own", "other"] | None:
    """Whether a message alone says that its writer is in the danger, or that somebody else is."""
    if not any(map(str.isalnum, text)):
        return None
    likely = moves_of(knowledge, "who").likelihoods(text)
    return next((who for who in ("own", "other") if likely.get(f"who-{who}", 0.0) >= WHO), None)


def writes_for_other(text: str, knowledge: Knowledge) -> bool:
    """Whether a message surely says that its writer is not the one in danger: `soy su hija`, `yo estoy en dallas`."""
    move, likelihood = likeliest_move(text, knowledge)
    return move in FOR_OTHER and likelihood >= SURE


def _arrays(model: Trained) -> Arrays:
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
