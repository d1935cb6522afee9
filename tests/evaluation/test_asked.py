"""Questions asked in the middle of a danger, by a hand that saw no lesson, and what the open kind's lines answer."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bot.dialogue.protocols.readings import questions_in, tells_in
from bot.dialogue.thresholds import MAY_TELL
from knowledge.frames import fold
from knowledge.model import Knowledge

FROZEN = Path(__file__).parent / "frozen" / "asked.jsonl"
NOTHING, UNKNOWN = "none", "none_asks"
"""Labels of what asks nothing vital, and of a vital question that the kind has no line for."""


def rows() -> Iterator[dict[str, str]]:
    yield from map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines())


def answers(kind: str, knowledge: Knowledge) -> frozenset[str]:
    """The questions that a line of the kind answers, or one of the words for its whole category."""
    protocol = knowledge.protocols[kind]
    both = (protocol, knowledge.protocols[protocol.of])
    return frozenset(chain.from_iterable((*c.only, *c.soon) for one in both for c in (*one.care, *one.care_other)))


def shares(knowledge: Knowledge) -> dict[str, float]:
    """By mark, the share of the lines that it may be set on."""
    questions = {name for one in knowledge.questions.values() for name in one.asked}
    marks: dict[str, list[bool]] = {"right": [], "wrong": [], NOTHING: [], UNKNOWN: []}
    for row in rows():
        kinds = answers(row["in_kind"], knowledge)
        heard = next((one for one in questions_in(row["text"], knowledge) if one in kinds), None)
        told = tells_in(row["text"], knowledge)
        first = next((one for one, margin in told.items() if one in kinds and margin >= MAY_TELL), None)
        heard = heard or (first if first in questions else None)
        if row["asks"] in (NOTHING, UNKNOWN):
            marks[row["asks"]].append(heard is not None)
        else:
            marks["right"].append(heard == row["asks"])
            marks["wrong"].append(heard not in (None, row["asks"]))
    return {name: sum(found) / len(found) for name, found in marks.items()}


def test_what_is_asked_in_a_danger_is_answered(knowledge: Knowledge) -> None:
    found = shares(knowledge)
    # Labelled before the kinds had lines for thirty more questions: what these answer now counts as wrong here.
    assert found["right"] >= 0.68, found
    assert found["wrong"] <= 0.24, found
    assert found[NOTHING] <= 0.08, found
    assert found[UNKNOWN] <= 0.87, found  # hears more since what is told beside is said from .1 on


def test_nothing_of_it_is_taught(knowledge: Knowledge) -> None:
    lessons = {fold(text) for one in knowledge.questions.values() for texts in one.asked.values() for text in texts}
    assert not lessons & {fold(row["text"]) for row in rows() if len(row["text"].split()) > 3}
