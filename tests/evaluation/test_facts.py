"""What people say of themselves in passing, on messages of a hand that saw no lesson and no frame."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from bot.cli.predict import predict
from knowledge.model import Knowledge

FROZEN = Path(__file__).parent / "frozen" / "facts.jsonl"
WHERE = FROZEN.with_name("where.jsonl")
"""Conversations labelled turn by turn: where the writer is as told so far, where the matter is, and for whom."""
TODAY = date(2026, 11, 20)
LEAST = {"country": 0.76, "no country": 0.85, "for_whom": 0.6}
"""Shares that are heard. On November 26 country was .51 with frames alone; whom, .87 by frames, is learned since
November 30: of 180 scripts .69 (.41) of ordinary turns, here of short messages .63."""
AT_LEAST = {False: 0.72, True: 0.42}
"""Of turns in ordinary talks and in danger the share whose country is known; .64 and .37 until November 30."""
AT_MOST = {False: 0.09, True: 0.06}
"""The share where another country is held; .23 and .11 until then."""
WRONG = 0.1
"""Of those who say where they are, the share that another country is heard of."""


def test_where_people_are_is_heard(knowledge: Knowledge) -> None:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    wrong = 0
    row: dict[str, Any]
    for row in map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines()):
        found = predict({"turns": row["turns"], "lang": None}, knowledge, TODAY)["turns"][-1]["situation"]
        told = row["facts"]
        if "country" in told:
            of["country"] += 1
            right["country"] += found.get("country") == told["country"]
            wrong += found.get("country") not in (None, told["country"])
        elif "country" in row["not"]:
            of["no country"] += 1
            right["no country"] += "country" not in found
        if "for_whom" in told:
            of["for_whom"] += 1
            right["for_whom"] += found.get("for_whom") == told["for_whom"]
    print({name: f"{right[name]} of {of[name]}" for name in of}, f"wrong {wrong}")
    assert all(right[name] / of[name] >= least for name, least in LEAST.items()), (right, of)
    assert wrong / of["country"] <= WRONG


def test_where_people_are_is_kept_through_a_conversation(knowledge: Knowledge) -> None:
    right: Counter[bool] = Counter()
    of: Counter[bool] = Counter()
    wrong: Counter[bool] = Counter()
    for row in map(json.loads, WHERE.read_text(encoding="utf-8").splitlines()):
        turns = predict({"turns": row["turns"], "lang": None}, knowledge, TODAY)["turns"]
        for turn, here in zip(turns, row["here"], strict=True):
            held = turn["situation"].get("country")
            of[row["danger"]] += here is not None
            right[row["danger"]] += here is not None and held == here
            wrong[row["danger"]] += here is not None and held not in (None, here)
    print({in_danger: f"{right[in_danger]} of {of[in_danger]}, wrong {wrong[in_danger]}" for in_danger in of})
    assert all(right[one] / of[one] >= least for one, least in AT_LEAST.items()), (right, of)
    assert all(wrong[one] / of[one] <= most for one, most in AT_MOST.items()), (wrong, of)
