"""The classifiers of many names learn what liblinear learns."""

import numpy as np
import pytest
from scipy.sparse import csr_array, random_array
from sklearn.svm import LinearSVC

from bot.training import margins
from bot.training.chance import keys_of

TEXTS, FEATURES = 400, 60


def lessons(names: int) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Rows of features, the name of each by its strongest pull, and what each costs."""
    chance = np.random.default_rng(0)
    rows = csr_array(random_array((TEXTS, FEATURES), density=0.2, rng=chance), dtype=np.float32)
    wanted = (rows @ chance.standard_normal((FEATURES, names))).argmax(axis=1)
    return rows, wanted, chance.choice([0.3, 1.0], TEXTS).astype(np.float32)


def learned(rows: csr_array, wanted: np.ndarray, costs: np.ndarray) -> np.ndarray:
    weights, bias = margins.fit(rows, wanted, costs, costs, keys_of(map(str, range(TEXTS))))
    return rows @ weights + bias


def test_margins_are_those_of_liblinear(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, wanted, costs = lessons(5)
    theirs = LinearSVC(tol=1e-6, max_iter=10_000).fit(rows, wanted, costs).decision_function(rows)
    assert np.mean(learned(rows, wanted, costs).argmax(axis=1) == theirs.argmax(axis=1)) > 0.95
    monkeypatch.setattr(margins, "PASSES", 200)
    assert learned(rows, wanted, costs) == pytest.approx(theirs, abs=0.01)


def test_of_two_names_one_is_against_the_other() -> None:
    ours = learned(*lessons(2))
    assert ours[:, 0] == pytest.approx(-ours[:, 1], abs=1e-4)


def test_who_waits_is_met_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, wanted, costs = lessons(5)
    hurried = learned(rows, wanted, costs)
    monkeypatch.setattr(margins, "STILL", 0.0)
    assert np.mean(learned(rows, wanted, costs).argmax(axis=1) == hurried.argmax(axis=1)) > 0.95
