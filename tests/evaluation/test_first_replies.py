"""The sixty first replies that stand in a file are of these days: `python -m benchmarks.first_replies` writes them."""

from datetime import timedelta

from benchmarks.first_replies import FILE, entries, first_turn, origin, said_on
from knowledge.model import Knowledge

WRITTEN = FILE.read_text(encoding="utf-8")
AGE = timedelta(days=7)
"""How much older they may be than the newest fact."""
ELSEWHERE = 8
"""How many of them may come from another place by now."""


def test_they_are_no_older_than_a_week_when_the_newest_fact_was_seen(knowledge: Knowledge) -> None:
    assert len(entries(WRITTEN)) == 60
    assert said_on(WRITTEN) >= max(fact.seen for fact in knowledge.facts.values()) - AGE


def test_nearly_all_still_come_from_where_the_file_says(knowledge: Knowledge) -> None:
    asked = [(message, place, first_turn(message, knowledge, said_on(WRITTEN))) for message, place in entries(WRITTEN)]
    moved = [(message, place, origin(turn)) for message, place, turn in asked if origin(turn) != place]
    assert len(moved) <= ELSEWHERE, moved
