"""Topics that only sound like an open danger: of another one, and of rights and asylum at large."""

from collections.abc import Collection
from functools import lru_cache

from bot.dialogue.danger.another_matter import ANOTHER, FITS_ALONE
from bot.dialogue.danger.matter import own_matter
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.offering import category_of
from bot.dialogue.understanding import by_itself
from knowledge.model import Knowledge

SURELY_LEFT = 0.9
"""Likelihood of a matter of its own from which such a topic answers: of 100 worries in danger 4 are so likely, and of
three questions that change the subject to such a topic two."""


def only_alike(hearing: Hearing, topics: Collection[str]) -> bool:
    """Whether a message in danger sounds like a topic that speaks of dangers, too, and is none of those that fit it."""
    text, knowledge = hearing.text, hearing.knowledge
    alone = by_itself(text, knowledge)
    if alone.best >= ANOTHER and own_matter(text, knowledge) >= SURELY_LEFT:
        return False
    likeliest = (heard.topics[0].topic for heard in (hearing.understood, alone) if heard.best >= FITS_ALONE)
    fitting = {*topics, hearing.conversation.topic}
    return any(topic in _of_danger(knowledge) and topic not in fitting for topic in likeliest)


@lru_cache(maxsize=8)
def _of_danger(knowledge: Knowledge) -> frozenset[str]:
    """The topics of fields that speak of dangers."""
    fields = knowledge.signals.fields_of_danger
    return frozenset(name for name in knowledge.topics if category_of(name, knowledge) in fields)
