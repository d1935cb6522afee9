"""What is asked of papers, prices or school in an open danger is answered there, by a hand that saw no code."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from bot.cli.predict import predict
from knowledge.model import Knowledge

FROZEN = Path(__file__).parent / "frozen" / "ordinary_in_danger.jsonl"
AT_ONCE, LATER, UNASKED = 0.5, 0.57, 0.155
"""Shares of questions answered by a right topic in the same reply, and by the end of the talk; and of turns that ask
nothing of the kind, that got a topic all the same."""


def test_what_is_no_part_of_the_danger_is_answered(knowledge: Knowledge) -> None:
    at_once, later, unasked = list[bool](), list[bool](), list[bool]()
    row: dict[str, Any]
    for row in map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines()):
        turns = predict({"turns": row["turns"], "lang": None}, knowledge, date(2026, 11, 27))["turns"]
        given = [{*turn["answered"], str(turn["section"]).partition("/")[0]} - {"None"} for turn in turns]
        for at, label in enumerate(row["labels"]):
            right = {one.partition("/")[0] for one in label["asks"]}
            if not right:
                unasked.append(bool(given[at]))
                continue
            at_once.append(not right.isdisjoint(given[at]))
            later.append(any(not right.isdisjoint(one) for one in given[at:]))
    shares = [sum(one) / len(one) for one in (at_once, later, unasked)]
    print(shares)
    assert shares[0] >= AT_ONCE
    assert shares[1] >= LATER
    assert shares[2] <= UNASKED
