"""When a value must be looked at again, and when it may no longer be said."""

from datetime import date
from typing import Any

import pytest

from knowledge.freshness import is_due, is_withdrawn, review_by
from knowledge.model import Knowledge
from knowledge.schema.base import Dated
from knowledge.schema.facts import FactKind


def item(knowledge: Knowledge, item_id: str, **changes: Any) -> Dated:
    found = knowledge.dated(item_id)
    assert found is not None
    return found.model_copy(update=changes)


@pytest.mark.parametrize(
    ("item_id", "changes", "day"),
    [
        ("help-us", {}, date(2027, 1, 30)),
        ("help-web", {}, date(2027, 11, 1)),
        ("card-fee", {}, date(2026, 12, 31)),
        ("card-is", {}, date(2027, 11, 1)),
        ("card-is", {"kind": FactKind.RIGHT}, date(2027, 4, 30)),
        ("help-us", {"review_by": date(2026, 11, 5)}, date(2026, 11, 5)),
    ],
)
def test_the_day_of_review(tiny: Knowledge, item_id: str, changes: dict[str, Any], day: date) -> None:
    dated = item(tiny, item_id, **changes)
    assert review_by(dated) == day
    assert not is_due(dated, day)
    assert is_due(dated, date.fromordinal(day.toordinal() + 1))


def test_the_last_valid_day_is_the_last(tiny: Knowledge) -> None:
    week = item(tiny, "card-week")
    assert not is_withdrawn(week, date(2027, 6, 30))
    assert is_withdrawn(week, date(2027, 7, 1))
    assert not is_withdrawn(item(tiny, "card-fee"), date(2099, 1, 1))
