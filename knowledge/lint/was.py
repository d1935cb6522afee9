"""An id of before is of nothing that there is, and became one thing alone."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.renamed import names_before

RULE = "was"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Ids under `was` that are still in use, or that two topics or sections bear."""
    borne: dict[str, str] = {}
    for topic in knowledge.topics.values():
        olds = [(old, topic.id, ("was",)) for old in topic.was]
        for number, section in enumerate(topic.sections):
            here, at = f"{topic.id}/{section.id}", ("sections", number, "was") if section.was else ("was",)
            olds += [(old, here, at) for old in names_before(topic, section)]
        for old, here, steps in olds:
            spot = Spot("topics", topic.id, steps)
            if old in knowledge.topics or knowledge.section(old) is not None:
                yield spot.problem(knowledge, RULE, f"{old!r} is still in use")
            elif (first := borne.setdefault(old, here)) != here:
                yield spot.problem(knowledge, RULE, f"{old!r} became {first} already")
