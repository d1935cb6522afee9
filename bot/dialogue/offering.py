"""Which of the topics that may be meant are worth offering beside the first."""

from collections.abc import Sequence

from bot.conversation import TopicScore
from bot.dialogue.model_cache import ranker_of
from bot.dialogue.section_words import covered, said_in
from knowledge.model import Knowledge

FAR = 0.5
"""Share of the first one's likelihood below which another is far less likely."""
SPOKEN = 0.5
"""Share of what the first one speaks of in a message, below which one of another category only sounds alike."""


def worth_offering(likely: Sequence[TopicScore], text: str, knowledge: Knowledge) -> list[str]:
    """The first, and those that are of its category, or about as likely and speak of the same words."""
    first = likely[0]
    said = said_in(text, ranker_of(knowledge), knowledge)
    spoken = covered(said, knowledge.topics[first.topic], knowledge)
    kept = [first.topic]
    for other in likely[1:]:
        alike = category_of(first.topic, knowledge) == category_of(other.topic, knowledge)
        near = other.score >= FAR * first.score
        speaks = covered(said, knowledge.topics[other.topic], knowledge) >= SPOKEN * spoken
        if alike or (near and speaks):
            kept.append(other.topic)
    return kept


def category_of(topic: str, knowledge: Knowledge) -> str | None:
    """Of the catalogue row of a topic, else of the first that its sections cover."""
    names = (topic, *(row for section in knowledge.topics[topic].sections for row in section.covers))
    return next((knowledge.catalogue[name].category for name in names if name in knowledge.catalogue), None)
