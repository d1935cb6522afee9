"""A skeleton that `kb new` made and nobody has filled in."""

from collections.abc import Iterator
from datetime import date

from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.registers import files_of
from knowledge.skeleton import MARK

RULE = "unfinished"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Every line of the content in which the mark stands."""
    for path in files_of(knowledge.root):
        text = path.read_text(encoding="utf-8")
        if MARK not in text:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if MARK in line:
                place = f"{path.relative_to(knowledge.root)}:{number}"
                yield Problem(place, RULE, f"still to be written: {line.strip()}")
