"""Whether a clear winner may still be none of ours: talk is likely too, and the topic knows few of the words."""

from math import log

from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.words.beyond import beyond
from bot.dialogue.words.features import Floats
from knowledge.model import Knowledge
from knowledge.schema.topics import Everyday

TALK, UNKNOWN, SUBJECT, LENGTH = 0.75, 2.5, 1.6, -2.6
"""What counts: how likely everyday talk is, words that the topic does not say, a subject of `beyond`, many words.

Weights of a logistic regression over 3,028 lessons that a ranker of its own had not learned, and our sets of questions.
"""
DOUBT = -4.1
"""Sum from which we do not answer: it leaves out a fourth of the false answers, and no right one of our sets."""
LEAST = 1e-3
"""Stands in for a likelihood of nothing."""


def doubted(text: str, topic: str, likely: Floats, ranker: Ranker, knowledge: Knowledge) -> bool:
    """Whether the topic that leads for a message is more likely one that only sounds alike."""
    talk = float(sum(likely[number] for number in ranker.talk.values()))
    said = said_in(text, ranker, knowledge)
    unknown = 1 - covered(said, knowledge.topics[topic], knowledge)
    weighed = TALK * log(talk + LEAST) + UNKNOWN * unknown + LENGTH * log(1 + len(said))
    if weighed + SUBJECT <= DOUBT:
        return False
    return weighed > DOUBT or beyond(text, knowledge) is not None


def likeliest_talk(likely: Floats, ranker: Ranker) -> Everyday:
    """The kind of everyday talk that a message is likeliest."""
    return Everyday(max(ranker.talk, key=lambda kind: float(likely[ranker.talk[kind]])))
