"""scikit-learn's models; it is imported when one is fitted: half a second that a start without training is spared."""

from typing import Any


def logistic_regression(**options: Any) -> Any:
    """A LogisticRegression with these options."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # noqa: PLC0415

    return LogisticRegression(**options)


def linear_svc(**options: Any) -> Any:
    """A LinearSVC with these options."""
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]  # noqa: PLC0415

    return LinearSVC(**options)
