"""What a message means in an open danger: trained moves (nobody answers, he is back), and of whom it speaks.

Two linear models over the danger scorer's features; each gives a likelihood for every move of its group, which add up
to 1 with `none`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from bot.dialogue.danger.features import DangerFeatures, danger_features_of
from bot.dialogue.danger.model import MOVES_COUNT
from bot.dialogue.ranking.model_files import Arrays, fingerprint, kept, made, packed, unpacked
from bot.dialogue.ranking.trained import lexicon_of
from bot.dialogue.words.features import Floats, bag_of
from bot.dialogue.words.vectors import Small, Vocabulary, values_of
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
PHRASES, LONGEST_PHRASE = 6, 12
"""Of the ordinary questions of at most so many words, every sixth is no move."""
NAMES: Mapping[Group, str] = {"move": "moves", "who": "who"}
"""Of the files that hold the models."""
REMEMBERED = 64
"""Texts whose moves are kept."""
CODE = ("bot.training.moves",)
"""What a change of makes another model of the same content, with all that these import."""


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """inner: features x names."""

    names: tuple[str, ...]
    vocabulary: Vocabulary
    inner: Small
    bias: Floats


class Moves:
    """Reads what messages mean."""

    def __init__(self, model: Model, reads: DangerFeatures) -> None:
        self.model = model
        self._reads = reads

    def likelihoods(self, text: str) -> dict[str, float]:
        """By move, the likeliest first."""
        places, values = values_of(bag_of(self._reads.ids(text)), self.model.vocabulary, MOVES_COUNT)
        scores = self.model.inner.total(places, values) + self.model.bias
        likely = np.exp(scores - scores.max())
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
    words = (*lexicon_of(knowledge), sorted(knowledge.kinds.items()))
    name = f"{NAMES[group]}-{fingerprint(CODE, (lessons_of(knowledge, group), words))}"
    model = kept(knowledge.root, name, lambda: made(NAMES[group], knowledge), _model)
    return Moves(model, danger_features_of(knowledge))


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


def arrays_of(model: Model) -> Arrays:
    """As it is kept in a file."""
    return {
        "names": packed(model.names),
        "ids": model.vocabulary.ids,
        "rarity": model.vocabulary.rarity,
        "inner": model.inner.steps,
        "inner_scale": model.inner.scale,
        "bias": model.bias,
    }


def _model(held: Arrays) -> Model:
    names, sizes = tuple(unpacked(held["names"])), {len(held[n]) for n in ("ids", "rarity", "inner", "inner_scale")}
    if len(sizes) > 1 or held["inner"].shape[1] != len(names):
        raise ValueError("the arrays do not fit one another")
    return Model(
        names, Vocabulary(held["ids"], held["rarity"]), Small(held["inner"], held["inner_scale"]), held["bias"]
    )
