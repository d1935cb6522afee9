"""Which of the topics that may be meant are worth offering beside the first."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from bot.conversation import TopicScore
from bot.dialogue.ranking.section_table import Keys, keys_of
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.trained import ranker_of
from knowledge.model import Knowledge

FAR = 0.5
"""Share of the first one's likelihood below which another is far less likely."""
SPOKEN = 0.5
"""Share of what the first one speaks of in a message, below which one of another category only sounds alike."""

SPEAKS = 0.1
"""Share of what was said, by how seldom it is, that stands in the names or texts of a topic, below which an unlikely
one is no guess but a sound: nearly all that people must choose among holds more."""


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


def speaks_of(topic: str, text: str, knowledge: Knowledge) -> bool:
    """Whether words of a message stand in the names or texts of a topic, not just in how people asked for it."""
    said, own = said_in(text, ranker_of(knowledge), knowledge), _words_of(topic, knowledge)
    whole = sum(word.rarity for word in said)
    return sum(word.rarity for word in said if word.keys & own) >= SPEAKS * whole


@lru_cache(maxsize=512)
def _words_of(name: str, knowledge: Knowledge) -> Keys:
    """The keys of all words that stand in a topic, in both languages."""
    topic = knowledge.topics[name]
    told = [topic.title, *(words for one in topic.sections for words in (one.title, one.text, *one.steps) if words)]
    texts = (*(text for words in told for text in (words.es, words.en)), *chain(*topic.names.values()))
    return frozenset[str]().union(*(keys_of(text, knowledge) for text in texts))


def category_of(topic: str, knowledge: Knowledge) -> str | None:
    """Of the catalogue row of a topic, else of the first that its sections cover."""
    names = (topic, *(row for section in knowledge.topics[topic].sections for row in section.covers))
    return next((knowledge.catalogue[name].category for name in names if name in knowledge.catalogue), None)
