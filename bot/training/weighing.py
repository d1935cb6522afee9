"""Trains the weighing of sections on the threads and talks of the content: a softmax over candidates, by L-BFGS."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.dialogue.signals.readings import Readings
from bot.dialogue.signals.section_features import candidates, table
from bot.dialogue.signals.sections import Sections, sections_of
from bot.training.talks import Lesson, lessons_of
from knowledge.model import Knowledge

STRICT = 1.0
"""How much large weights cost, each feature taken as many times as it varies."""
STEPS = 150

Doubles = NDArray[np.float64]


def train(knowledge: Knowledge) -> Mapping[str, float]:
    """Feature -> weight."""
    return fit(*arrays(lessons_of(knowledge), sections_of(knowledge)))


def arrays(
    lessons: Iterable[Lesson], sections: Sections
) -> tuple[Sequence[str], NDArray[np.float32], NDArray[np.bool_], Doubles]:
    """The names of the features; by lesson and candidate their numbers, and whether it is right; what each counts."""
    names: Sequence[str] = ()
    numbers, right, counts = [], [], []
    for lesson in lessons:
        heard = Readings(lesson.message, lesson.state, lesson.acts)
        rows = candidates(heard)
        found = table(heard, rows, lesson.situation)
        names = names or tuple(found)
        answers = _rows(lesson.right, sections)
        hit = np.array([*(row in answers for row in rows.tolist()), not lesson.right])
        if hit.any():
            numbers.append(np.stack([found[name] for name in names], axis=1).astype(np.float32))
            right.append(hit)
            counts.append(lesson.weight)
    return names, np.stack(numbers), np.stack(right), np.array(counts)


def _rows(right: Sequence[str], sections: Sections) -> set[int]:
    """The rows of sections, and of all sections of topics."""
    return {row for name, row in sections.place_of.items() if name in right or name.split("/")[0] in right}


def fit(
    names: Sequence[str], numbers: NDArray[np.float32], right: NDArray[np.bool_], counts: Doubles
) -> Mapping[str, float]:
    """The weights under which what is right is likeliest; the same lessons give the same weights."""
    lessons, options, features = numbers.shape
    spread = numbers.reshape(-1, features).std(axis=0) + 1e-6
    inputs = (numbers / spread).reshape(-1, features)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = (inputs @ weights.astype(np.float32)).reshape(lessons, options).astype(np.float64)
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        among = np.where(right, raised, 0.0)
        whole, hit = raised.sum(axis=1, keepdims=True), among.sum(axis=1, keepdims=True)
        missed = -float(counts @ np.log(hit / whole)[:, 0]) + STRICT * float(weights @ weights) / 2
        error = (raised / whole - among / hit) * counts[:, None]
        return missed, inputs.T @ error.reshape(-1).astype(np.float32) + STRICT * weights

    found = minimize(loss, np.zeros(features), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return dict(zip(names, (found.x / spread).tolist(), strict=True))
