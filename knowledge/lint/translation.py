"""English that is older than its Spanish: said so to people, and a matter for an editor."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity

RULE = "translation"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Days of change that are still to come are errors; an older English text is a warning."""
    for topic in knowledge.topics.values():
        for number, section in enumerate(topic.sections):
            if section.changed is None:
                continue
            spot = Spot("topics", topic.id, ("sections", number, "changed"))
            if max(section.changed.es, section.changed.en) > today:
                yield spot.problem(knowledge, RULE, "a day that is still to come")
            if section.is_behind("en"):
                message = f"the English is older than the Spanish of {section.changed.es}; people are told so"
                yield spot.problem(knowledge, RULE, message, Severity.WARNING)
