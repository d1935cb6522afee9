"""A small slice of `make chaos`."""

import pytest

from tests.chaos import kills, shared, waiting
from tests.support import postgres


async def test_an_emergency_does_not_wait_behind_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MANY", 500)
    for line in (await waiting.many_waiting(), await waiting.flood()):
        assert line.holds, line


def test_two_kills_lose_nothing_and_keep_the_order() -> None:
    lost, _, overtaken, _ = kills.lines(2, 60)
    assert lost.holds, lost
    assert overtaken.holds, overtaken


@pytest.mark.skipif(not postgres.available(), reason=postgres.MISSING)
def test_four_processes_on_one_postgresql_lose_nothing_and_take_each_turn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MANY", 500)
    for line in shared.lines(2, 60, 1.0):
        assert line.holds, line
