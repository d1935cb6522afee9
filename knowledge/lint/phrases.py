"""Every topic has phrases, under sections that exist; one leads to one answer or is declared ambiguous."""

from collections.abc import Iterator
from datetime import date

from knowledge.frames import fold
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem

RULE = "phrases"
BEHIND = "then"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Missing and stray files and sections, and phrases that stand twice."""
    for topic in knowledge.topics.values():
        if topic.id not in knowledge.phrases:
            yield Spot("topics", topic.id).problem(knowledge, RULE, f"has no training/phrases/{topic.id}.yaml")
    for topic_id, phrases in knowledge.phrases.items():
        named = knowledge.topics.get(topic_id)
        if named is None:
            yield Spot("phrases", topic_id).problem(knowledge, RULE, f"no topic is called {topic_id!r}")
            continue
        for section_id in phrases.sections:
            if named.section(section_id) is None:
                spot = Spot("phrases", topic_id, ("sections", section_id))
                yield spot.problem(knowledge, RULE, f"the topic has no section {section_id!r}")
    yield from _twice(knowledge)


def _twice(knowledge: Knowledge) -> Iterator[Problem]:
    homes: dict[tuple[str, str], str] = {}
    declared = {fold(phrase) for one in knowledge.ambiguous.values() for phrase in one.phrases}
    for spot, opened, home, phrase in _all(knowledge):
        folded = fold(phrase)
        if not folded:
            yield spot.problem(knowledge, RULE, f"{phrase!r} has no letters or digits")
        elif folded not in declared and (first := homes.setdefault((opened, folded), home)) != home:
            message = f"{phrase!r} stands already under {first}; if both are meant, declare it in ambiguous.yaml"
            yield spot.problem(knowledge, RULE, message)


def _all(knowledge: Knowledge) -> Iterator[tuple[Spot, str, str, str]]:
    """Where each stands, the topic that must be open where there is one, the section, and the phrase."""
    for topic_id, phrases in knowledge.phrases.items():
        for section_id, by_lang in phrases.sections.items():
            for field in type(by_lang).model_fields:
                for number, phrase in enumerate(getattr(by_lang, field)):
                    spot = Spot("phrases", topic_id, ("sections", section_id, field, number))
                    yield spot, topic_id if field == BEHIND else "", f"{topic_id}.{section_id}", phrase
