"""The kind of a danger within its category: by the kinds' own words, else by a classifier; None where neither is sure."""

from collections.abc import Collection

from bot.dialogue.protocols.lessons import classifier_of
from bot.dialogue.protocols.precedence import most_pressing
from bot.dialogue.protocols.readings import kinds_in
from knowledge.model import Knowledge

LIKELY, AHEAD = 0.35, 1.5
"""Likelihood of a kind among those of its category from which it is taken, and how often the next one's it must be;
chosen by cross-validation over the kind lessons."""
OWN = 8.0
"""How much likelier a kind is that is of the category which the scorer found."""


def kind_of(text: str, category: str, knowledge: Knowledge) -> str | None:
    """The kind of this category that a text tells of."""
    named = {kind for kind in kinds_in(text, knowledge) if knowledge.protocols[kind].of == category}
    return most_pressing(named - {category}, knowledge) or likely_kind(text, category, knowledge)


def likely_kind(text: str, category: str, knowledge: Knowledge, least: float = LIKELY) -> str | None:
    """The kind that the classifier is sure of among those of the category."""
    own = kinds_of(category, knowledge)
    weighed = [(name, likely * (OWN if name in own else 1.0)) for name, likely in classifier_of(knowledge, "kinds").likelihoods(text)]
    if not weighed:
        return None
    total = sum(likely for _, likely in weighed)
    (first, likely), second = sorted(weighed, key=lambda one: -one[1])[:2]
    sure = likely >= least * total and likely >= AHEAD * second[1]
    return first if sure and not knowledge.protocols[first].general else None


def kinds_of(category: str, knowledge: Knowledge) -> Collection[str]:
    """The ids of the protocols of a category, its own among them."""
    return {one.id for one in knowledge.protocols.values() if one.of == category}
