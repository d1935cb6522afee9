"""Figures from what happened."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from bot.handoff.figures import count

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAYS = [(NOW - timedelta(days=ago)).date() for ago in (2, 1, 0)]


def entry(minute: float, action: str, item: str, detail: str = "") -> SimpleNamespace:
    return SimpleNamespace(at=NOW + timedelta(minutes=minute), action=action, item=item, detail=detail)


def test_waiting_by_level_and_what_became_of_cases():
    waits = (1, 2, 3, 40)
    entries = [one for n, wait in enumerate(waits) for one in (
        entry(0, "opened", f"c{n}", "critical violence"), entry(wait, "claimed", f"c{n}", "ana"),
    )]  # fmt: skip
    entries += [entry(50, "claimed", "c0"), entry(60, "resolved", "c0"), entry(70, "reopened", "c0", "priority ")]
    counted = count(entries, DAYS, lambda at: at, lambda at: at.minute < 30)
    critical = counted.waiting["critical"]
    assert (critical.claims, critical.median, critical.p90) == (4, 2, 40)
    assert counted.waiting["urgent"].median is None
    assert (counted.counts["opened"], counted.counts["reopened"], counted.counts["out_of_hours"]) == (4, 1, 0)
    assert counted.by_category == {"violence": 4, "": 1}
    assert (counted.by_hour[12], counted.by_hour[13]) == (4, 1)
    assert list(counted.by_day.items()) == list(zip(DAYS, (0, 0, 5), strict=True)), "a day without cases has 0"


def test_nothing_happened():
    counted = count([], DAYS, lambda at: at, lambda at: True)
    assert list(counted.by_day.values()) == [0, 0, 0]
    assert counted.by_category == {}
    assert all(waiting.p90 is None for waiting in counted.waiting.values())
