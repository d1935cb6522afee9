"""A declared ambiguous wording: of topics that exist, declared once, and at home in no other topic."""

from collections.abc import Iterator
from datetime import date

from knowledge.frames import fold
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem

RULE = "ambiguous"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Topics that are gone or named twice, wordings declared twice, phrases of a topic that is not offered."""
    declared: dict[str, str] = {}
    homes = _homes(knowledge)
    for one in knowledge.ambiguous.values():
        spot = Spot("ambiguous", one.id)
        for number, topic in enumerate(one.means):
            if topic not in knowledge.topics:
                yield spot.at("means", number).problem(knowledge, RULE, f"no topic is called {topic!r}")
            elif topic in one.means[:number]:
                yield spot.at("means", number).problem(knowledge, RULE, f"{topic!r} stands here twice")
        for number, phrase in enumerate(one.phrases):
            at = spot.at("phrases", number)
            if (first := declared.setdefault(fold(phrase), one.id)) != one.id:
                yield at.problem(knowledge, RULE, f"{phrase!r} is declared already in {first}")
            for home in sorted(homes.get(fold(phrase), set()) - set(one.means)):
                yield at.problem(knowledge, RULE, f"{phrase!r} is a phrase of {home}, which is not offered")


def _homes(knowledge: Knowledge) -> dict[str, set[str]]:
    """The topics that each folded phrase stands under."""
    homes: dict[str, set[str]] = {}
    for topic, phrases in knowledge.phrases.items():
        for texts in phrases.sections.values():
            for phrase in texts.texts():
                homes.setdefault(fold(phrase), set()).add(topic)
    return homes
