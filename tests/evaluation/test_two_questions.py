"""Of messages that ask two things both are answered, by two hands that know nothing of the code."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.conversation import Conversation, InboundMessage, Kind
from bot.dialogue.engine import take_turn
from knowledge.model import Knowledge

FROZEN = Path(__file__).parent / "frozen" / "two_questions.jsonl"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SAME, TWO, BESIDE = 0.41, 0.52, 0.63
"""Shares: of two questions of one topic and of two topics of which both are answered; and, of messages that want one
thing in several sentences, how many sections of something else each is given."""


def given(turns: list[str], knowledge: Knowledge) -> set[str]:
    """The sections that the last message was given."""
    before = state = Conversation()
    led: str | None = None
    for number, text in enumerate(turns):
        message = InboundMessage("test", str(number), "a", Kind.TEXT, NOW, text=text)
        turn = take_turn(state, message, knowledge, NOW)
        before, state, led = state, turn.conversation, turn.reading.section
    new = {one for one in state.said_before.shown if one not in before.said_before.shown and "#" not in one}
    return new | {one for one in (led,) if one}


def test_both_of_two_questions_are_answered(knowledge: Knowledge) -> None:
    both, whole, beside = Counter[str](), Counter[str](), 0
    row: dict[str, Any]
    for row in map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines()):
        found, kind = given(row["turns"], knowledge), row["kind"]
        whole[kind] += 1
        both[kind] += not found.isdisjoint(row["first"]) and not found.isdisjoint(row["second"])
        beside += len(found - {*row["first"]}) if kind == "single" else 0
    shares = {kind: both[kind] / whole[kind] for kind in ("same_topic", "two_topics")}
    print(shares, beside / whole["single"])
    assert shares["same_topic"] >= SAME
    assert shares["two_topics"] >= TWO
    assert beside / whole["single"] <= BESIDE
