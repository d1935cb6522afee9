"""The kind of a danger: by a classifier, weighed with the category that was found; and which of several comes first."""

from collections.abc import Mapping
from functools import lru_cache

from bot.dialogue.protocols.lessons import Group, classifier_of, kinds_of
from bot.dialogue.protocols.readings import readings_in
from knowledge.model import Knowledge

OWN = 0.3
"""Margin by which a kind is likelier that is of the category found; in units of the classifier's score, chosen on the
scripts of protocols.md and the open set of conversations after an alarm. On our sets to tune on 0.7 finds more
categories, on unread talks after an alarm fewer kinds."""
LEAST = -0.85
"""Score, with this, below which no kind is recognised; chosen on the same."""
SURE = 0.2
"""The same from which a kind takes the place of one that was told before."""
BY_READINGS = frozenset({"watched"})
"""Kinds that explicit readings alone tell."""


def kind_of(
    text: str, category: str, knowledge: Knowledge, least: float = LEAST, *, at: str | None = None
) -> str | None:
    """The kind that a text tells of, most likely one of this category; None where none is likely.

    `at`: the country of the danger; a kind of others gives way to the likeliest of its category that is of this one.
    """
    own = kinds_of(category, knowledge)
    scores = classifier_of(knowledge, Group.KINDS).scores(text)
    heard, protocols = readings_in(text, knowledge), knowledge.protocols
    weighed = {
        kind: score + OWN * (kind in own)
        for kind, score in scores.items()
        if kind not in BY_READINGS and not (protocols[kind].needs and heard.isdisjoint(protocols[kind].needs))
    }
    best = max(weighed, key=lambda kind: weighed[kind], default=None)
    if best and not knowledge.protocols[best].holds_in(at):
        here = [one for one in kinds_of(knowledge.protocols[best].of, knowledge) if one in weighed]
        here = [one for one in here if knowledge.protocols[one].holds_in(at)]
        best = max(here, key=lambda kind: weighed[kind], default=None)
    return best if best and weighed[best] >= least and not knowledge.protocols[best].general else None


@lru_cache(maxsize=4)
def _ranks(knowledge: Knowledge) -> Mapping[str, int]:
    return {kind: rank for rank, kinds in enumerate(knowledge.triage.precedence) for kind in kinds}


def rank_of(kind: str | None, knowledge: Knowledge) -> int:
    """0 for the most pressing kinds; those that content gives no rank come last."""
    return _ranks(knowledge).get(kind or "", len(knowledge.triage.precedence))
