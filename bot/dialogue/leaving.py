"""Whether a message of a thread leaves the open topic for another one."""

from bot.dialogue.context import named_in, turns_round
from bot.dialogue.model_cache import ranker_of
from knowledge.model import Knowledge

BY_ITSELF, OVER_THE_BORDER = 0.3, 0.6
"""Likelihood of another topic for the message alone from which it may be meant; of one of the other country."""
TOGETHER = 0.6
"""The same for the message with those before it."""
SURELY = 0.9
"""Likelihood for the message alone from which another topic is meant whatever the open one may say to it."""
NAMED = 0.45
"""The same where it names another topic, and not the open one."""
COUNTRIES = frozenset({"US", "MX"})


def may_leave(text: str, open_topic: str, other: str, alone: float, together: float, knowledge: Knowledge) -> bool:
    """Whether another topic that seems likelier may be taken; `alone`, `together`: its likelihoods."""
    if other in named_in(text, ranker_of(knowledge), knowledge):
        return True
    if {side_of(open_topic, knowledge), side_of(other, knowledge)} == COUNTRIES:
        return alone >= OVER_THE_BORDER
    return alone >= BY_ITSELF or together >= TOGETHER or turns_round(text, knowledge)


def surely_leaves(text: str, open_topic: str, alone: float, knowledge: Knowledge) -> bool:
    """Whether a message is about another topic by itself, though the open one has words for it."""
    named = named_in(text, ranker_of(knowledge), knowledge)
    return open_topic not in named and alone >= (NAMED if named else SURELY)


def side_of(topic_id: str, knowledge: Knowledge) -> str | None:
    """The one country from which those are reached who know of a topic; None where that is both or any."""
    reached = (knowledge.contacts[name].works_from for name in knowledge.topics[topic_id].ask)
    sides = COUNTRIES & {country for countries in reached for country in countries}
    return next(iter(sides)) if len(sides) == 1 else None
