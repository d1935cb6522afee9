"""Ends of an open danger in the words people use: most are heard, and what is none ends nothing."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import OpenDanger
from bot.dialogue.protocols.book import Facts
from bot.dialogue.protocols.readings import readings_in, told_in
from bot.dialogue.protocols.turn import Turn
from bot.dialogue.protocols.walk import walk
from knowledge.model import Knowledge
from knowledge.schema.base import Level
from tests.support.danger_talk import BEGINS

Row = dict[str, Any]
ROWS: dict[str, list[Row]] = yaml.safe_load((Path(__file__).parent / "ends.yaml").read_text(encoding="utf-8"))
HANDED_WRONGLY = 0.015
"""Share of what ends nothing that may be taken for a danger that others have taken over: it stays in mind, and open."""
HEARD_OPEN, HEARD_HELD = 0.95, 0.85
"""Share of the ends that must be heard, of the rows the frames were written with and of those held out."""


def _state(row: Row, knowledge: Knowledge) -> str:
    """What a message makes of the row's danger; where no kind is known, handed where an end is heard."""
    heard = readings_in(row["said"], knowledge)
    if row["kind"] is None:  # what is walked then depends on the words that opened it
        end = knowledge.protocols[row["category"]].end
        return "open" if told_in(row["said"], knowledge).isdisjoint((*end.over, *end.handed)) else "handed"
    danger = OpenDanger(
        category=row["category"],
        kind=row["kind"],
        level=Level.CRITICAL,
        who=row["who"],
        opened_at=BEGINS,
        heard_at=BEGINS,
    )
    turn = Turn(row["said"], danger, Facts(), heard, None, knowledge)
    return walk(turn).danger.state


@pytest.mark.parametrize(("held", "least"), [(False, HEARD_OPEN), (True, HEARD_HELD)])
def test_most_ends_are_heard(knowledge: Knowledge, held: bool, least: float) -> None:
    rows = [row for row in ROWS["ended"] if row["held"] is held]
    missed = [row["said"] for row in rows if _state(row, knowledge) == "open"]
    assert 1 - len(missed) / len(rows) >= least, missed


@pytest.mark.parametrize("held", [False, True])
def test_nothing_else_ends_a_danger(knowledge: Knowledge, held: bool) -> None:
    rows = [row for row in ROWS["never"] if row["held"] is held]
    states = [(_state(row, knowledge), row["said"]) for row in rows]
    assert not [said for state, said in states if state == "over"]
    handed = [said for state, said in states if state == "handed"]
    assert len(handed) / len(rows) <= HANDED_WRONGLY, handed
