"""A small slice of `make chaos`."""

import pytest

from tests.chaos import kills, waiting


async def test_an_emergency_does_not_wait_behind_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MANY", 500)
    for line in (await waiting.many_waiting(), await waiting.flood()):
        assert line.holds, line


def test_two_kills_lose_nothing_and_keep_the_order() -> None:
    lost, _, overtaken, _ = kills.lines(2, 60)
    assert lost.holds, lost
    assert overtaken.holds, overtaken
