"""The kind of a danger: by a classifier, weighed with the category that was found and the kinds' own words."""

from collections.abc import Collection

from bot.dialogue.protocols.lessons import classifier_of
from bot.dialogue.protocols.readings import kinds_in
from knowledge.model import Knowledge

OWN, NAMED = 0.6, 0.2
"""Margin by which a kind is likelier that is of the category found, and one whose own words are said; in units of the
classifier's score, chosen on the scripts of protocols.md and the open set of conversations after an alarm."""
LEAST = -0.75
"""Score, with these, below which no kind is recognised; chosen on the same."""
SURE = 0.2
"""The same from which a kind takes the place of one that was told before."""


def kind_of(text: str, category: str, knowledge: Knowledge, least: float = LEAST) -> str | None:
    """The kind that a text tells of, most likely one of this category; None where none is likely."""
    named = kinds_in(text, knowledge)
    own = kinds_of(category, knowledge)
    scores = classifier_of(knowledge, "kinds").scores(text)
    if not scores:
        return None
    weighed = {kind: score + OWN * (kind in own) + NAMED * (kind in named) for kind, score in scores.items()}
    best = max(weighed, key=lambda kind: weighed[kind])
    return best if weighed[best] >= least and not knowledge.protocols[best].general else None


def kinds_of(category: str, knowledge: Knowledge) -> Collection[str]:
    """The ids of the protocols of a category, its own among them."""
    return {one.id for one in knowledge.protocols.values() if one.of == category}
