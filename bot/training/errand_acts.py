"""Trains what each clause of a message does in an errand: a weighing over the margins of clauses held out."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.dialogue.danger.classifiers import MOVES_COUNT, Group
from bot.dialogue.danger.features import danger_features_of
from bot.dialogue.ranking.model_files import Arrays, packed
from bot.dialogue.signals.errand_acts import Signs, beside, signs_alone
from bot.dialogue.words.vectors import values_of
from bot.training.errand_lessons import Message, act_of, messages_of
from bot.training.kind_lessons import Lesson
from bot.training.kinds import linear
from knowledge.model import Knowledge

FOLDS = 5
"""Parts of the lessons, each read by what the others taught, as if it was new."""
STRICT, STEPS = 30.0, 200
Doubles = NDArray[np.float64]


def lessons_of(knowledge: Knowledge) -> tuple[Message, ...]:
    """What it is made from."""
    return tuple(messages_of(knowledge))


def arrays(knowledge: Knowledge) -> Arrays:
    """Trained from this Knowledge, as it is kept in a file."""
    messages = lessons_of(knowledge)
    signs, wanted = list[Signs](), list[set[str]]()
    for message, margins in zip(messages, _unseen(messages, knowledge), strict=True):
        alone = (signs_alone(clause, message.here, knowledge) for clause, _ in message.clauses)
        signs += [{**own, **near} for own, near in zip(alone, beside(margins), strict=True)]
        wanted += [{act_of(mark) for mark in marks} for marks in message.marks]
    names = sorted(set[str]().union(*wanted))
    features = sorted(set[str]().union(*signs))
    place = {name: number for number, name in enumerate(features)}
    rows = np.zeros((len(signs), len(features)))
    for row, one in zip(rows, signs, strict=True):
        row[[place[name] for name in one]] = [*one.values()]
    right = np.array([[name in one for name in names] for one in wanted], float)
    weights, bias = fit(rows, right)
    return {"names": packed(names), "features": packed(features), "weights": weights, "bias": bias}


def _unseen(messages: Sequence[Message], knowledge: Knowledge) -> list[list[dict[str, float]]]:
    """By message and clause the margins of its words, as what was learned from the other parts gives them."""
    part_of = [crc32(" ".join(clause for clause, _ in one.clauses).encode()) % FOLDS for one in messages]
    reads, found = danger_features_of(knowledge), [list[dict[str, float]]() for _ in messages]
    for part in range(FOLDS):
        taught = [
            lesson for one, its in zip(messages, part_of, strict=True) if its != part for lesson in clauses_of(one)
        ]
        names, vocabulary, inner, bias = linear(taught, Group.DOES, knowledge)
        for at in (n for n, its in enumerate(part_of) if its == part):
            for clause, _ in messages[at].clauses:
                places, values = values_of(reads.bag(clause), vocabulary, MOVES_COUNT)
                scores = values @ inner[places] + bias if len(places) else bias * 0 - 1
                found[at].append(dict(zip(map(str, names), scores.tolist(), strict=True)))
    return found


def clauses_of(message: Message) -> list[Lesson]:
    """A lesson for each clause and each thing that it does."""
    marked = zip(message.clauses, message.marks, strict=True)
    return [Lesson(text, name) for (text, _), marks in marked for name in dict.fromkeys(map(act_of, marks))]


def fit(rows: Doubles, right: Doubles) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Logistic weights (features x names) and biases for each name by itself, each feature as it varies."""
    spread = rows.std(axis=0) + 1e-6
    middle = rows.mean(axis=0)
    inputs = (rows - middle) / spread
    shape = rows.shape[1], right.shape[1]
    sign = 2 * right - 1

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights, bias = flat[: -shape[1]].reshape(shape), flat[-shape[1] :]
        scores = (inputs @ weights + bias) * sign
        missed = np.logaddexp(0, -scores).sum() + STRICT * float((weights * weights).sum()) / 2
        pull = -sign / (1 + np.exp(scores))
        return float(missed), np.concatenate(((inputs.T @ pull + STRICT * weights).ravel(), pull.sum(axis=0)))

    found = minimize(
        loss, np.zeros(shape[0] * shape[1] + shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    )
    weights = found.x[: -shape[1]].reshape(shape) / spread[:, None]
    bias = found.x[-shape[1] :] - middle @ weights
    return weights.astype(np.float32), bias.astype(np.float32)
