"""Of messages that tell several things in the middle of a danger each is answered, by a hand that saw no lesson."""

import json
from pathlib import Path
from typing import Any

from bot.dialogue.protocols.saying import LATER_WORDS, REPLY_WORDS
from knowledge.model import Knowledge
from tests.support.danger_talk import answered, last_turn

FROZEN = Path(__file__).parent / "frozen" / "several.jsonl"
OTHER = "other"
"""A label of what no reading names."""
NUMBERS = 24
"""Words that numbers with their names and countries may add to a reply."""
ALL, GRAVEST = 0.47, 0.49
"""Shares: of what is told that is answered, and of what is told first in the label, which kills soonest."""


def test_each_of_several_things_is_answered(knowledge: Knowledge) -> None:
    heard: list[bool] = []
    gravest: list[bool] = []
    row: dict[str, Any]
    for row in map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines()):
        before, turn = last_turn([*row["before"], row["text"]], knowledge)
        was, now = before.danger, turn.conversation.danger
        found = set[str]().union(*answered(now, was, knowledge)) if now else set[str]()
        if now and was and now.kind != was.kind:
            found.add(now.kind or now.category)
        needs = [not found.isdisjoint(need) for need in row["needs"] if OTHER not in need]
        heard += needs
        gravest += needs[:1]
        if now and was and turn.conversation.in_danger and before.in_danger:
            opened = now.kind != was.kind
            words = sum(len(one.text.split()) for one in turn.replies)
            assert words <= (REPLY_WORDS if opened else LATER_WORDS) + NUMBERS, [one.text for one in turn.replies]
    print(f"answered {sum(heard)} of {len(heard)}, the gravest {sum(gravest)} of {len(gravest)}")
    assert sum(heard) / len(heard) >= ALL
    assert sum(gravest) / len(gravest) >= GRAVEST
