"""A blocked number must never be said: wrong, outdated, or a line to report people."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.digits import blocked_in
from knowledge.lint.spots import our_texts, register_texts
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.render import fill

RULE = "blocked_number"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Every value that could be put into a text, and our texts with their values in them."""
    reported: set[str] = set()
    for spot, text in register_texts(knowledge):
        for number in blocked_in(text, knowledge.blocked):
            reported.add(number.value)
            yield spot.problem(knowledge, RULE, f"{number.value} is blocked: {number.why}")
    for spot, text in our_texts(knowledge):
        typed = {number.value for number in blocked_in(text, knowledge.blocked)}
        for number in blocked_in(_said(text, spot.steps[-1], knowledge, today), knowledge.blocked):
            # A value that is blocked itself is reported once, in its register.
            if number.value in typed or number.value not in reported:
                yield spot.problem(knowledge, RULE, f"{number.value} is blocked: {number.why}")


def _said(text: str, lang: object, knowledge: Knowledge, today: date) -> str:
    try:
        return fill(text, knowledge, "es" if lang == "es" else "en", today).text
    except LookupError:
        return text
