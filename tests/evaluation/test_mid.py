"""The next message in the middle of a danger: a new kind that it tells is heard, and none where it tells none."""

import json
from pathlib import Path
from typing import Any

from bot.conversation import CaseNeeded, Conversation, Turn
from knowledge.model import Knowledge
from tests.support.danger_talk import last_turn

FROZEN = Path(__file__).parent / "frozen" / "mid.jsonl"
LEAST, MOST = 0.48, 0.03
"""Share of new kinds whose words are said; of other messages taken for one. It was .33 and .025 on November 25."""


def _kinds_said(before: Conversation, turn: Turn) -> set[str]:
    """The kinds whose words this turn said, and the kind that is open since."""
    now, was = turn.conversation.danger, before.danger
    if now is None:
        return set()
    new = {one for one in now.given if was is None or one not in was.given}
    opened = {now.kind or now.category} if was is None or now.kind != was.kind else set()
    return opened | {one.split(".")[1].partition("/")[0] for one in new if one.startswith("kind.")}


def test_a_new_kind_in_the_middle_is_heard_and_nothing_else_is(knowledge: Knowledge) -> None:
    heard: list[bool] = []
    false: list[bool] = []
    row: dict[str, Any]
    for row in map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines()):
        before, turn = last_turn([*row["before"], row["text"]], knowledge)
        if row["tells"] in knowledge.protocols:
            heard.append(bool(_kinds_said(before, turn) & {row["tells"], *row["also"]}))
        elif before.in_danger:
            new = any(isinstance(event, CaseNeeded) for event in turn.events)
            false.append(new and not _kinds_said(before, turn) & {*row["also"]})
    print(f"new kinds heard {sum(heard)} of {len(heard)}, false {sum(false)} of {len(false)}")
    assert sum(heard) / len(heard) >= LEAST
    assert sum(false) / len(false) <= MOST
