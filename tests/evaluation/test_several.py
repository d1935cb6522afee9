"""Of messages that tell several things in the middle of a danger each is answered, by a hand that saw no lesson."""

import json
from pathlib import Path
from typing import Any

from bot.conversation import OpenDanger
from bot.dialogue.protocols.turn import FIRST_WORDS, LATER_WORDS
from knowledge.model import Knowledge
from tests.support.danger_talk import last_turn

FROZEN = Path(__file__).parent / "frozen" / "several.jsonl"
OTHER = "other"
"""A label of what no reading names."""
NUMBERS = 24
"""Words that numbers with their names and countries may add to a reply."""
ALL, GRAVEST = 0.36, 0.38
"""Shares: of what is told that is answered, and of what is told first in the label, which kills soonest."""


def answered(before: OpenDanger | None, now: OpenDanger | None, knowledge: Knowledge) -> set[str]:
    """The readings that the lines of this turn are for, and the kinds whose words it said."""
    if now is None:
        return set()
    found = set[str]() if before is None or before.kind == now.kind else {now.kind or now.category}
    for line in {*now.given} - {*(before.given if before else ())}:
        kind, _, rest = line.removeprefix("kind.").partition("/")
        name, _, number = rest.partition(".")
        if name in ("care", "care_other"):
            care = getattr(knowledge.protocols[kind], name)[int(number)]
            found |= {*care.only, *care.soon}
        elif rest:
            found.add(kind)
    return found


def test_each_of_several_things_is_answered(knowledge: Knowledge) -> None:
    heard: list[bool] = []
    gravest: list[bool] = []
    row: dict[str, Any]
    for row in map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines()):
        before, turn = last_turn([*row["before"], row["text"]], knowledge)
        found = answered(before.danger, turn.conversation.danger, knowledge)
        needs = [not found.isdisjoint(need) for need in row["needs"] if OTHER not in need]
        heard += needs
        gravest += needs[:1]
        if turn.conversation.in_danger and before.in_danger:
            opened = before.danger is not None and turn.conversation.danger.kind != before.danger.kind  # type: ignore[union-attr]
            words = sum(len(one.text.split()) for one in turn.replies)
            assert words <= (FIRST_WORDS if opened else LATER_WORDS) + NUMBERS, [one.text for one in turn.replies]
    print(f"answered {sum(heard)} of {len(heard)}, the gravest {sum(gravest)} of {len(gravest)}")
    assert sum(heard) / len(heard) >= ALL
    assert sum(gravest) / len(gravest) >= GRAVEST
