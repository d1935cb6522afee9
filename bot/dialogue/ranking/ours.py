"""Whether a clear winner may still be none of ours: talk is likely too, and the topic knows few of the words."""

from collections.abc import Mapping
from functools import lru_cache
from math import log

import numpy as np

from bot.conversation import Conversation
from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.beyond import beyond
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.topics import Everyday

TALK, UNKNOWN, SUBJECT, LENGTH = 0.75, 2.5, 1.6, -2.6
"""What counts: how likely everyday talk is, words that the topic does not say, a subject of `beyond`, many words.

Weights of a logistic regression over 3,028 lessons that a ranker of its own had not learned, and our sets of questions.
"""
DOUBT = -4.1
"""Sum from which we do not answer: it leaves out a fourth of the false answers, and no right one of our sets."""
SPOKEN_OF = 0.9
"""Share of the words of "another thing, …" from which the open topic speaks of them all the same."""
LEAST = 1e-3
"""Stands in for a likelihood of nothing."""
UNTOLD = 0.3
"""What the likelihood of a topic counts where nothing was told of what nearly all tell who mean it."""


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


def known_words(text: str, topic: str, knowledge: Knowledge) -> bool:
    """Whether a topic speaks of most of what a text says."""
    said = said_in(text, ranker_of(knowledge), knowledge)
    return covered(said, knowledge.topics[topic], knowledge) >= SPOKEN_OF


def told_enough(state: Conversation, text: str, knowledge: Knowledge) -> Floats:
    """What the likelihood of each column counts: less where what its topic is only for was not told."""
    return _counts(untold_topics(state, text, knowledge), knowledge)


@lru_cache(maxsize=16)
def _counts(untold: frozenset[str], knowledge: Knowledge) -> Floats:
    columns = ranker_of(knowledge).model.columns
    return np.array([UNTOLD if one.topic in untold else 1.0 for one in columns], dtype=np.float32)


def tempered(likely: Mapping[str, float], state: Conversation, text: str, knowledge: Knowledge) -> dict[str, float]:
    """The same of topics, the likeliest first; the open one was told enough of."""
    untold = untold_topics(state, text, knowledge) - {state.topic}
    counted = {name: value * (UNTOLD if name in untold else 1.0) for name, value in likely.items()}
    return dict(sorted(counted.items(), key=lambda one: -one[1])) if untold & likely.keys() else counted


def untold_topics(state: Conversation, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The topics that are only for who tells of something which nothing said so far tells of."""
    frames = _only_if(knowledge)
    said = [spell_out(each, knowledge.spelling) for each in (text, *(one.text for one in state.heard))]
    told = {match.key for each in said for match in frames.find(each)}
    return _only_for_some(knowledge) - told


@lru_cache(maxsize=4)
def _only_for_some(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(topic.id for topic in knowledge.topics.values() if topic.only_if)


@lru_cache(maxsize=4)
def _only_if(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((topic.id, frame) for topic in knowledge.topics.values() for frame in topic.only_if)
