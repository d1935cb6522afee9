"""What a danger turns into, and how an errand's question is answered, on lines of a hand that saw no lesson."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.cli.predict import predict
from bot.dialogue.danger.classifiers import option_meant
from bot.dialogue.protocols.readings import readings_in, turned_in
from bot.dialogue.thresholds import OPTION
from knowledge.frames import fold
from knowledge.hearing_options import option_framed
from knowledge.model import Knowledge

HERE = Path(__file__).parent
FROZEN = HERE / "frozen"
TODAY = date(2026, 11, 20)
ALSO = {"both": ("own", "both"), "own": ("own", "both")}
"""Who is in it, and how it may be told as well."""
Row = dict[str, Any]


def rows(name: str) -> Iterator[dict[str, str]]:
    yield from map(json.loads, (FROZEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())


def kinds() -> list[Row]:
    return [json.loads(line) for line in (HERE / "tune" / "kinds.jsonl").read_text(encoding="utf-8").splitlines()]


def asked_of(row: Row) -> Row:
    return {"turns": row.get("turns") or [row["text"]], "lang": None}


def share(marks: list[bool]) -> float:
    return sum(marks) / len(marks)


def test_what_turns_a_danger_is_heard(knowledge: Knowledge) -> None:
    turned = {*knowledge.triage.turned}
    lines = [(row["told"], row["text"]) for row in rows("told")]
    told = [(name, turned_in(text, knowledge) | readings_in(text, knowledge)) for name, text in lines]
    corrections = [name in heard for name, heard in told if name.startswith("corrects_")]
    children = [name in heard for name, heard in told if name == "is_child"]
    others = [not heard.isdisjoint(turned) for name, heard in told if name in ("over", "handed", "none")]
    assert share(corrections) >= 0.66, share(corrections)
    assert share(children) >= 0.5, share(children)
    assert share(others) <= 0.05, share(others)


def test_the_kind_and_who_of_a_first_message(knowledge: Knowledge) -> None:
    found = [(row, predict(asked_of(row), knowledge, TODAY)["turns"][-1]["danger"]) for row in kinds()]
    opened = [(row, danger) for row, danger in found if danger and danger["state"] == "open"]
    kind = share([(danger["kind"] or danger["category"]) in {row["kind"], *row["also"]} for row, danger in opened])
    who = share([danger["who"] in ALSO.get(row["who"], (row["who"],)) for row, danger in opened])
    assert (len(opened) >= 430, kind >= 0.81, who >= 0.89) == (True, True, True), (len(opened), kind, who)


def answer(row: dict[str, str], knowledge: Knowledge) -> str | None:
    """The option that is heard."""
    asked = row["procedure"], row["question"]
    option, margin = option_meant(row["said"], *asked, knowledge)
    return option_framed(fold(row["said"]), *asked, knowledge) or (option if margin >= OPTION else None)


def test_a_question_of_an_errand_is_answered_in_own_words(knowledge: Knowledge) -> None:
    found = [(row["option"], answer(row, knowledge)) for row in rows("options")]
    right = share([heard == wanted for wanted, heard in found if wanted])
    wrong = share([heard not in (None, wanted) for wanted, heard in found if wanted])
    taken = share([heard is not None for wanted, heard in found if not wanted])
    assert (right >= 0.8, wrong <= 0.12, taken <= 0.22) == (True, True, True), (right, wrong, taken)
