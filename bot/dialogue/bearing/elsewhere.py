"""What parts another topic from the open one: what only it speaks of, who is the likeliest, how near they are."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.section_words import Said, spoken_of
from bot.dialogue.words.features import Floats
from knowledge.model import Knowledge
from knowledge.schema.topics import Topic

MOST_UNHEARD = 5
"""Words that the open topic never says, beyond which more make no difference."""
MASS = 10.0
"""Rarity that counts as one: that of two seldom words."""

Sounds = Mapping[str, Floats]
"""How a message sounds: by the name of a reading, the likelihood of each topic."""


def of_open(said: Sequence[Said], topic: Topic, asks: bool, knowledge: Knowledge) -> dict[str, float]:
    """What a message says that the open topic does not speak of."""
    if not said:
        return {}
    heard = [spoken_of(word, topic, knowledge) for word in said]
    missing = sum(word.rarity * (1 - share) for word, share in zip(said, heard, strict=True))
    unheard = min(MOST_UNHEARD, sum(not share for share in heard))
    return {
        "open, missing": missing / MASS,
        f"open, {unheard} unheard": 1.0,
        f"open, {unheard} unheard, {'asks' if asks else 'tells'}": 1.0,
    }


def of_other(said: Sequence[Said], opened: Topic, topic: Topic, asks: bool, knowledge: Knowledge) -> dict[str, float]:
    """What it speaks of beyond the open topic, and less than it."""
    parted = [word.rarity * (spoken_of(word, topic, knowledge) - spoken_of(word, opened, knowledge)) for word in said]
    whole = sum(word.rarity for word in said) or 1.0
    gained = sum(one for one in parted if one > 0)
    return {
        "other, gained": gained / MASS,
        "other, share gained": gained / whole,
        "other, share lost": -sum(one for one in parted if one < 0) / whole,
        "other, gained and asked": gained / whole * asks,
        "other, offered": float(topic.id in opened.next),
    }


def lead(number: int, likely: Floats) -> float:
    """How much likelier a topic is than the likeliest other one."""
    others = np.delete(likely, number)
    return float(likely[number]) - float(others.max(initial=0.0))


def nearness(one: str, other: str, ranker: Ranker) -> float:
    """How alike the answers of two topics are to the ranker: -1 to 1."""
    return float(_nearness(ranker)[ranker.number_of[one], ranker.number_of[other]])


@lru_cache(maxsize=4)
def _nearness(ranker: Ranker) -> Floats:
    places = np.stack([ranker.model.outer[:, ranker.of_topic(name)].mean(axis=1) for name in ranker.topics])
    places = places - places.mean(axis=0)
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    places = places / np.where(lengths > 0, lengths, 1)
    result: Floats = places @ places.T
    return result
