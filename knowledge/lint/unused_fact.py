"""Facts that nothing cites: material that waits for a topic."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from knowledge.lint.references import used
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity

RULE = "unused_fact"
SHOWN = 5


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """One warning a file, since hundreds may wait."""
    named = used(knowledge)
    waiting: dict[str, list[str]] = defaultdict(list)
    for fact_id in knowledge.facts:
        if fact_id not in named:
            waiting[knowledge.place("facts", fact_id)].append(fact_id)
    for place, ids in waiting.items():
        more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
        yield Problem(place, RULE, f"{len(ids)} that nothing cites: {', '.join(ids[:SHOWN])}{more}", Severity.WARNING)
