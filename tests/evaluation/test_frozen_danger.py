"""Danger on the frozen sets: the figures recorded here may grow, and fall only by a little.

`danger.jsonl`: told = indirect and with turns (held out of the sentences that the scorer learns from), plain = other
hands, stranger = as strangers write. `dialogues_urgent.jsonl`: the first 61 were looked at, the last 24 were not.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Conversation, Heard, InboundMessage, Kind
from bot.dialogue.danger.judging import judge
from bot.dialogue.message import read
from bot.dialogue.signals.danger import find_danger
from knowledge.frames import fold
from knowledge.model import Knowledge

HERE = Path(__file__).parent
TOLERANCE = 0.02
RECORDED: Mapping[str, Mapping[str, float]] = {
    "told": {"recall": 0.844, "specificity": 0.967, "unasked": 0.976, "category": 0.72},
    "plain": {"recall": 0.986, "specificity": 1.0, "unasked": 0.986, "category": 0.833},
    "stranger": {"recall": 0.98, "specificity": 1.0, "unasked": 0.944, "category": 0.953},
}
"""`category` is strict: these lines name no second category that would be right too."""
DIALOGUES = {"in time": 0.979, "calm": 0.919}


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def share(marks: list[bool]) -> float:
    return sum(marks) / len(marks)


def figures(rows: list[dict[str, Any]], knowledge: Knowledge) -> dict[str, float]:
    read = [(row, judge(row["text"], knowledge)) for row in rows]
    urgent = [(row, reading) for row, reading in read if row["urgent"]]
    calm = [reading for row, reading in read if not row["urgent"]]
    fired = [(row, reading) for row, reading in urgent if reading and reading.sure]
    return {
        "recall": share([bool(reading and (reading.sure or reading.unsure)) for _, reading in urgent]),
        "specificity": share([not (reading and reading.sure) for reading in calm]),
        "unasked": share([not (reading and reading.unsure) for reading in calm]),
        "category": share([r.danger.category in (row["urgent"], *row["ok_categories"]) for row, r in fired if r]),
    }


def test_the_frozen_sets_are_large_enough_and_unseen(knowledge: Knowledge) -> None:
    rows, dialogues = lines("danger.jsonl"), lines("dialogues_urgent.jsonl")
    assert sum(bool(row["urgent"]) for row in rows) >= 300
    assert sum(not row["urgent"] for row in rows) >= 300
    assert len(dialogues) >= 60
    taught = {fold(text) for one in knowledge.sentences.values() for text, _ in one.reports()}
    taught |= {fold(text) for one in knowledge.sentences.values() for text in one.calm}
    assert not taught & {fold(row["text"]) for row in rows}


@pytest.mark.parametrize("kind", ["told", "plain", "stranger"])
def test_frozen_figures(kind: str, knowledge: Knowledge) -> None:
    found = figures([row for row in lines("danger.jsonl") if row["kind"] == kind], knowledge)
    low = {name: value for name, value in found.items() if value < RECORDED[kind][name] - TOLERANCE}
    assert not low, f"{found}, recorded {RECORDED[kind]}"


def first_found(turns: list[str], knowledge: Knowledge, now: datetime) -> int | None:
    """The number of the turn that first gets help."""
    heard: tuple[Heard, ...] = ()
    for number, text in enumerate(turns):
        at = now + timedelta(minutes=number)
        message = InboundMessage("test", str(number), "1", Kind.TEXT, at, text=text)
        if find_danger(read(message, knowledge), Conversation(heard=heard[-4:]), at).danger:
            return number
        heard = (*heard, Heard(text=text, at=at))
    return None


def test_frozen_dialogues(knowledge: Knowledge, now: datetime) -> None:
    read = [(row["urgent_at"], first_found(row["turns"], knowledge, now)) for row in lines("dialogues_urgent.jsonl")]
    found = {
        "in time": share([first is not None and first <= at for at, first in read if at is not None]),
        "calm": share([first is None for at, first in read if at is None]),
    }
    low = {name: value for name, value in found.items() if value < DIALOGUES[name] - TOLERANCE}
    assert not low, f"{found}, recorded {DIALOGUES}"
