"""Everything that leads to a topic exists in both languages; its texts do by their shape."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.schema.base import LANGS

RULE = "missing_language"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Names and phrases of each topic, Spanish and English; a mixed phrase counts for both."""
    for topic in knowledge.topics.values():
        for lang in LANGS:
            if not topic.names.get(lang):
                yield Spot("topics", topic.id, ("names",)).problem(knowledge, RULE, f"no name in {lang}")
    for topic_id, phrases in knowledge.phrases.items():
        for lang in LANGS:
            if not any(getattr(texts, lang) or texts.mix for texts in phrases.sections.values()):
                yield Spot("phrases", topic_id, ("sections",)).problem(knowledge, RULE, f"no phrase in {lang}")
