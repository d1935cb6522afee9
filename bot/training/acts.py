"""Trains the acts of a person on threads and on the lessons of each act: a softmax over words, by L-BFGS."""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from bot.conversation import Conversation, Said
from bot.dialogue.ranking.model_files import Arrays, packed
from bot.dialogue.signals.acts import ActModel, features_in
from bot.training.talks import message_of, states_in
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing

ACT_OF: Mapping[Bearing, str] = {
    Bearing.OTHER: "other_matter",
    Bearing.NOT_OURS: "other_matter",
    Bearing.OBJECTS: "complains",
}
"""The act of a bearing whose name is another."""
STRICT = 0.5
"""How much large weights cost."""
SELDOM = 3
"""Lessons in which a feature must stand."""
OWN = 3.0
"""How many times a lesson of an act's own counts beside a thread's."""
STEPS = 120

Lesson = tuple[Mapping[str, float], str, float]
Doubles = NDArray[np.float64]


def arrays(knowledge: Knowledge) -> Arrays:
    """Trained from this Knowledge, as it is kept in a file; the same lessons give the same weights."""
    model = fit(list(lessons_of(knowledge)))
    return {"acts": packed(model.acts), "names": packed(model.numbers), "weights": model.weights.astype(np.float16)}


def lessons_of(knowledge: Knowledge) -> Iterator[Lesson]:
    """Features, the right act, and how many times it counts."""
    opened = ""
    for field in knowledge.threads.values():
        for thread in field.threads:
            opened = f"{thread.opens}/{knowledge.topics[thread.opens].sections[0].id}"
            for one, message, state in states_in(thread, knowledge):
                yield features_in(message, state), ACT_OF.get(one.bearing, one.bearing.value), 1.0
    state = Conversation(said_before=Said(shown=(opened,)))
    for act, texts in knowledge.act_lessons.items():
        for text in texts:
            yield features_in(message_of(text, knowledge), state), act, OWN


def fit(lessons: list[Lesson]) -> ActModel:
    """The weights under which the right acts are likeliest."""
    times = Counter(name for features, _, _ in lessons for name in features)
    numbers = {name: n for n, name in enumerate(sorted(name for name, said in times.items() if said >= SELDOM))}
    acts = sorted({act for _, act, _ in lessons})
    cells = [(row, numbers[n], v) for row, (one, _, _) in enumerate(lessons) for n, v in one.items() if n in numbers]
    rows, columns, values = zip(*cells, strict=True)
    inputs = csr_array((values, (rows, columns)), shape=(len(lessons), len(numbers)))
    turned, counts = inputs.T.tocsr(), np.array([count for _, _, count in lessons])
    right = np.array([acts.index(act) for _, act, _ in lessons])
    each = np.arange(len(lessons))

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        scores = inputs @ flat.reshape(len(numbers), len(acts))
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        missed = -float(counts @ np.log(likely[each, right] + np.finfo(float).tiny))
        likely[each, right] -= 1
        slope: Doubles = (turned @ (likely * counts[:, None])).reshape(-1) + STRICT * flat
        return missed + STRICT * float(flat @ flat) / 2, slope

    start = np.zeros(len(numbers) * len(acts))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return ActModel(acts, numbers, found.x.reshape(len(numbers), len(acts)).astype(np.float32))
