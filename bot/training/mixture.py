"""Fits what the score of danger, the rules and the turns before weigh together: for `kb build --full` alone.

The scores are those of models that had not seen the text; the weights change rarely, and are kept as dated content.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from bot.dialogue.danger.features import danger_features_of
from bot.dialogue.danger.model import COUNTS, NUMBERS, Sounds, likelihood, log_odds, mixed, numbers_of
from bot.dialogue.danger.rules import FRAMED, marks_of, read_rules
from bot.training.danger import Taught, danger_odds, taught_by
from bot.training.danger_lessons import Turn, lessons_of, turns_of
from bot.training.matrix import bags_of, matrix_of
from knowledge.model import Knowledge
from knowledge.registers import FILES
from knowledge.schema.urgent import Weighing

FOLDS = 3
SIGNS_COST, TURNS_COST = 0.1, 1.0
"""How much large weights cost."""
DIGITS = 3
PARTS = ("signs", "turn")
FILE = FILES["weighing"][0]
HEAD = """\
# What the score of danger, the rules and the turns before weigh together, in log odds.
# Fitted on scores of models that had not seen the text; `ventanilla kb build --full` writes it
# anew.
"""
Doubles = NDArray[np.float64]
Told = tuple[int, str]
"""A text of a conversation, and the number of that."""


def write(weighing: Weighing, root: Path) -> None:
    """Into the content under `root`."""
    parts = (f"{name}:\n" + "".join(f"  {n}: {w}\n" for n, w in getattr(weighing, name).items()) for name in PARTS)
    (root / FILE).write_text(f"{HEAD}fitted: {weighing.fitted}\n{''.join(parts)}", encoding="utf-8")


def weighing_of(knowledge: Knowledge, today: date) -> Weighing:
    """The weights of this Knowledge."""
    taught, turns = taught_by(lessons_of(knowledge), knowledge), turns_of(knowledge)
    told = list(dict.fromkeys((turn.number, text) for turn in turns for text in turn.texts))
    texts = bags_of([text for _, text in told], danger_features_of(knowledge).ids)
    rows = matrix_of(texts, taught.vocabulary, COUNTS)
    own, of_told = _unseen(taught, rows, np.array([number % FOLDS for number, _ in told]))
    signs = _signs(taught, own, knowledge)
    odds = {one: _odds(signs, score, one[1], knowledge) for one, score in zip(told, of_told.tolist(), strict=True)}
    return Weighing(fitted=today, signs=signs, turn=_turn(turns, odds, knowledge))


def _unseen(taught: Taught, rows: csr_array, folds: NDArray[np.intp]) -> tuple[Doubles, Doubles]:
    """Scores of the lessons and of other rows, from models that were not taught them."""
    drawn = np.random.default_rng(0).integers(0, FOLDS, len(taught.lessons))
    numbers = np.array([-1 if one.conversation is None else one.conversation for one in taught.lessons])
    fold_of = np.where(numbers < 0, drawn, numbers % FOLDS)
    own, others = np.zeros(len(taught.lessons)), np.zeros(rows.shape[0])
    for fold in range(FOLDS):
        _, weights, bias = taught.learn(fold_of[taught.source] != fold)
        own[fold_of == fold] = danger_odds(taught.rows[: len(own)][fold_of == fold] @ weights + bias)
        others[folds == fold] = danger_odds(rows[folds == fold] @ weights + bias)
    return own, others


def _signs(taught: Taught, scores: Doubles, knowledge: Knowledge) -> dict[str, float]:
    """What the score and each sign of the rules weigh."""
    # The rules take long to read what is ordinary and say little of it.
    chosen = [n for n, one in enumerate(taught.lessons) if not one.phrase and one.conversation is None]
    lessons = [taught.lessons[n] for n in chosen]
    found = [read_rules(lesson.text, knowledge).signs for lesson in lessons]
    names = sorted(frozenset().union(*found))
    present = np.array([[float(name in signs) for name in names] for signs in found])
    inputs = np.column_stack([scores[chosen], present])
    urgent = np.array([lesson.category is not None for lesson in lessons])
    return _fitted(("score", *names), inputs, urgent, np.array([one.weight for one in lessons]), SIGNS_COST)


def _odds(signs: Mapping[str, float], score: float, text: str, knowledge: Knowledge) -> float:
    """Of danger in one text, as far as they count in a conversation."""
    return log_odds(likelihood(mixed(signs, score, read_rules(text, knowledge).signs)))


def _turn(turns: Sequence[Turn], odds: Mapping[Told, float], knowledge: Knowledge) -> dict[str, float]:
    """What each number of a message in its conversation weighs."""
    marks = [marks_of(turn.text, turn.before, knowledge) for turn in turns]
    kept = [(turn, one) for turn, one in zip(turns, marks, strict=True) if FRAMED not in one]
    inputs = []
    for turn, one in kept:
        alone, whole, earlier, *before = (odds[turn.number, text] for text in turn.texts)
        inputs.append(numbers_of(Sounds(alone, whole, earlier, max(before)), one))
    urgent = np.array([turn.category is not None for turn, _ in kept])
    return _fitted(NUMBERS, np.array(inputs), urgent, np.array([turn.weight for turn, _ in kept]), TURNS_COST)


def _fitted(
    names: Sequence[str], inputs: Doubles, wanted: NDArray[np.bool_], counts: Doubles, cost: float
) -> dict[str, float]:
    """A logistic regression: what each input weighs, and `always`."""
    rows, signs = np.column_stack([np.ones(len(inputs)), inputs]), np.where(wanted, 1.0, -1.0)
    free = np.array([0.0, *(cost for _ in names)])

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        margins = signs * (rows @ weights)
        missed = counts @ np.logaddexp(0, -margins) + free @ weights**2 / 2
        slope: Doubles = free * weights - rows.T @ (counts * signs / (1 + np.exp(np.clip(margins, -700, 700))))
        return float(missed), slope

    found = minimize(loss, np.zeros(len(free)), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return dict(zip(("always", *names), (round(weight, DIGITS) for weight in found.x.tolist()), strict=True))
