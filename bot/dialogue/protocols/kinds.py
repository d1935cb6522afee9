"""The kind of a danger: by a classifier, weighed with the category that was found."""

from bot.dialogue.protocols.lessons import Group, classifier_of, kinds_of
from bot.dialogue.protocols.readings import readings_in
from knowledge.model import Knowledge

OWN = 0.3
"""Margin by which a kind is likelier that is of the category found; in units of the classifier's score, chosen on the
scripts of protocols.md and the open set of conversations after an alarm."""
LEAST = -0.85
"""Score, with this, below which no kind is recognised; chosen on the same."""
SURE = 0.2
"""The same from which a kind takes the place of one that was told before."""
BY_READINGS = frozenset({"watched"})
"""Kinds that explicit readings alone tell."""


def kind_of(text: str, category: str, knowledge: Knowledge, least: float = LEAST) -> str | None:
    """The kind that a text tells of, most likely one of this category; None where none is likely."""
    own, needs = kinds_of(category, knowledge), knowledge.triage.needs
    heard = readings_in(text, knowledge)
    scores = classifier_of(knowledge, Group.KINDS).scores(text)
    may_be = (kind for kind in scores if kind not in BY_READINGS and heard.issuperset(needs.get(kind, ())))
    weighed = {kind: scores[kind] + OWN * (kind in own) for kind in may_be}
    best = max(weighed, key=lambda kind: weighed[kind], default=None)
    return best if best and weighed[best] >= least and not knowledge.protocols[best].general else None
