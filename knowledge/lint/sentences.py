"""What teaches danger stands under a category that exists, and no sentence both reports danger and is calm."""

from collections.abc import Iterator
from datetime import date

from knowledge.frames import fold
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem

RULE = "sentences"
NO_CATEGORY = "calm"
"""The file of what looks like danger of no one kind."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Stray files, and words that teach both ways."""
    for kind, held in (("sentences", knowledge.sentences), ("conversations", knowledge.conversations)):
        for category in held:
            if category not in knowledge.categories and category != NO_CATEGORY:
                yield Spot(kind, category).problem(knowledge, RULE, f"no category is called {category!r}")
    reports = {fold(text) for one in knowledge.sentences.values() for text, _ in one.reports()}
    for category, sentences in knowledge.sentences.items():
        if category == NO_CATEGORY and any(sentences.reports()):
            yield Spot("sentences", category).problem(knowledge, RULE, "only calm sentences stand here")
        for number, text in enumerate(sentences.calm):
            if fold(text) in reports:
                spot = Spot("sentences", category, ("calm", number))
                yield spot.problem(knowledge, RULE, f"{text!r} stands among the reports of danger too")
