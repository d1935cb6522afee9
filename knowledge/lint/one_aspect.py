"""A topic answers each aspect in one section, and every section can be found and named."""

from collections.abc import Container, Iterator
from datetime import date

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.schema.topics import Section

RULE = "one_aspect"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """No aspect twice, no section id twice, no section without aspect and title, no aspect without words."""
    for topic in knowledge.topics.values():
        ids: set[str] = set()
        aspects: set[str] = set()
        for number, section in enumerate(topic.sections):
            for message in _wrong(section, ids, aspects, knowledge):
                yield Spot("topics", topic.id, ("sections", number)).problem(knowledge, RULE, message)
            ids.add(section.id)
            aspects |= {section.aspect} if section.aspect else set()


def _wrong(section: Section, ids: Container[str], aspects: Container[str], knowledge: Knowledge) -> Iterator[str]:
    if section.id in ids:
        yield f"the section {section.id!r} stands in this topic already"
    if section.aspect is None and section.title is None:
        yield "needs an aspect or a title"
    if section.aspect is not None and section.aspect in aspects:
        yield f"the aspect {section.aspect} stands in this topic already"
    if section.aspect is not None and section.aspect not in knowledge.aspects:
        yield f"aspects.yaml has no words for {section.aspect}"
