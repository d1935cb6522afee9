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
        spot = Spot("topics", topic.id)
        olds = [(old, topic.id, spot.at("was")) for old in topic.was]
        for number, section in enumerate(topic.sections):
            at = spot.at("sections", number, "was") if section.was else spot.at("was")
            olds += [(old, f"{topic.id}/{section.id}", at) for old in names_before(topic, section)]
        for old, here, at in olds:
            if old in knowledge.topics or knowledge.section(old) is not None:
                yield at.problem(knowledge, RULE, f"{old!r} is still in use")
            elif (first := borne.setdefault(old, here)) != here:
                yield at.problem(knowledge, RULE, f"{old!r} became {first} already")
