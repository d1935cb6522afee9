"""Contacts that no text and no topic names."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.references import used
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity

RULE = "unused_contact"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """A warning each: somebody has to review its number for nothing."""
    named = used(knowledge)
    for contact_id in knowledge.contacts:
        if contact_id not in named:
            yield Spot("contacts", contact_id).problem(knowledge, RULE, "nothing names it", Severity.WARNING)
