"""Trains the weighing of sections on the threads and talks of the content: a softmax over candidates, by L-BFGS."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, minimize

from bot.dialogue.ranking.model_files import Arrays, packed
from bot.dialogue.ranking.sections import Numbers, Sections, sections_of
from bot.dialogue.signals.readings import Readings
from bot.dialogue.signals.section_features import CANDIDATES, Table, candidates, table
from bot.training.talks import Lesson, lessons_of, own_lessons_of
from knowledge.model import Knowledge

STRICT = 30.0
"""How much large weights cost, each feature taken as many times as it varies."""
STEPS = 150
AT_MOST = {"place breaks": -1.5, "only, denied": -3.0}
"""Few lessons tell of a country, or deny a fact, and then ask what differs there; who did is not sent elsewhere."""

Doubles = NDArray[np.float64]


def arrays(knowledge: Knowledge) -> Arrays:
    """Trained from this Knowledge, as it is kept in a file."""
    sections = sections_of(knowledge)
    told = tables_of(lessons_of(knowledge), sections)
    own = tables_of(own_lessons_of(knowledge, fit(*numbers_of(told))), sections)
    weights = fit(*numbers_of([*told, *own]))
    return {"names": packed(weights), "weights": np.array(list(weights.values()))}


def tables_of(lessons: Iterable[Lesson], sections: Sections) -> list[tuple[Table, NDArray[np.bool_]]]:
    """By lesson what speaks for each candidate, and whether it is right; without those whose answer is none of them."""
    found = []
    for lesson in lessons:
        heard = Readings(lesson.message, lesson.state, lesson.acts)
        rows = candidates(heard)
        hit = _right(lesson.right, rows, sections)
        if hit.any():
            found.append((table(heard, rows, lesson.situation), hit))
    return found


def numbers_of(
    lessons: Sequence[tuple[Table, NDArray[np.bool_]]],
) -> tuple[Sequence[str], NDArray[np.float32], NDArray[np.bool_]]:
    """The names of the features; by lesson and candidate their numbers, and whether it is right."""
    names = sorted({name for both, _ in lessons for part in both for name in part})
    place = {name: number for number, name in enumerate(names)}
    numbers = np.zeros((len(lessons), CANDIDATES + 1, len(names)), np.float32)
    for whole, ((of_rows, of_none), _) in zip(numbers, lessons, strict=True):
        for name, values in of_rows.items():
            whole[:-1, place[name]] = values
        for name, value in of_none.items():
            whole[-1, place[name]] = value
    return names, numbers, np.stack([hit for _, hit in lessons])


def _right(right: Sequence[str], rows: Numbers, sections: Sections) -> NDArray[np.bool_]:
    """Which options are right: sections, all sections of topics, or that none answers."""
    places = [sections.place_of[name] for name in right if name in sections.place_of]
    numbers = [number for number, topic in enumerate(sections.topics) if topic.id in right]
    hit = np.isin(rows, places) | np.isin(sections.topic_of[rows], numbers)
    return np.append(hit, not right)


def fit(names: Sequence[str], numbers: NDArray[np.float32], right: NDArray[np.bool_]) -> Mapping[str, float]:
    """The weights under which what is right is likeliest; the same lessons give the same weights."""
    lessons, options, features = numbers.shape
    spread = numbers.reshape(-1, features).std(axis=0) + 1e-6
    inputs = (numbers / spread).reshape(-1, features)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = (inputs @ weights.astype(np.float32)).reshape(lessons, options).astype(np.float64)
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        among = np.where(right, raised, 0.0)
        whole, hit = raised.sum(axis=1, keepdims=True), among.sum(axis=1, keepdims=True)
        missed = -float(np.log(hit / whole).sum()) + STRICT * float(weights @ weights) / 2
        error = raised / whole - among / hit
        return missed, inputs.T @ error.reshape(-1).astype(np.float32) + STRICT * weights

    most = [AT_MOST.get(name, np.inf) * by for name, by in zip(names, spread.tolist(), strict=True)]
    found = minimize(
        loss, np.zeros(features), jac=True, method="L-BFGS-B", bounds=Bounds(ub=most), options={"maxiter": STEPS}
    )
    return dict(zip(names, (found.x / spread).tolist(), strict=True))
