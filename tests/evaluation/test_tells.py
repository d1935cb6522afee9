"""What is told in the middle of a danger is answered by a line for it, on messages of a hand that saw no lesson."""

import json
from pathlib import Path
from typing import Any

from knowledge.model import Knowledge
from tests.support.danger_talk import answered, last_turn

FROZEN = Path(__file__).parent / "frozen" / "tells.jsonl"
NONE = "none"
LEAST, MOST = 0.74, 0.15
"""Shares: of what is told in a danger that stays as it is, that gets its line; of other messages, that get one."""


def test_what_is_told_is_answered(knowledge: Knowledge) -> None:
    told = {name for one in knowledge.tells.values() for name in one.told}
    heard: list[bool] = []
    false: list[bool] = []
    row: dict[str, Any]
    for row in map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines()):
        before, turn = last_turn([*row["before"], row["text"]], knowledge)
        was, now = before.danger, turn.conversation.danger
        if was is None or now is None or not before.in_danger or now.kind != was.kind:
            continue  # nothing is open, or it becomes another danger, whose first words are said
        answers = answered(now, was, knowledge)[0]
        if row["tells"] == NONE:
            false.append(not answers.isdisjoint(told))
        else:
            heard.append(not answers.isdisjoint({row["tells"], *row["also"]}))
    print(f"told and answered {sum(heard)} of {len(heard)}, false {sum(false)} of {len(false)}")
    assert sum(heard) / len(heard) >= LEAST
    assert sum(false) / len(false) <= MOST
