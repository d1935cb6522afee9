"""What the sections of a topic speak of: labels, texts and phrases as words by ear and concepts, both languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.section_table import Keys, Standing, keys_of_word, own_keys, table_of
from bot.dialogue.words.features import REMEMBERED, Floats, features_of, stems_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import empty_words
from bot.dialogue.words.talk import beyond
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.topics import Everyday, Topic

LABEL, TEXT, PHRASES = 3.0, 1.0, 3.0
"""What a word counts that stands on the button, in the text, in every phrase of a section."""
RAREST = 8.0
"""What a word that nobody taught counts: it may be misspelled."""
IN_TEXT, ON_LABEL, UNSAID = 0.1, 0.5, 0.02
"""Share of a section's phrases that a word counts as which stands in its text, on its label, nowhere."""
WEIGHED = 32768
"""Words whose weights in a topic are kept; the same ones are said again and again."""
MOST = 12
"""Words of a message that are looked for; a long story is read by what was learned."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word, or a concept of several, and how seldom it is said."""

    keys: Keys
    rarity: float


@lru_cache(maxsize=REMEMBERED)
def said_in(text: str, ranker: Ranker, knowledge: Knowledge) -> tuple[Said, ...]:
    """The words of a message that can tell one section from another."""
    empty, reads = _untold(knowledge), features_of(knowledge)
    words = spell_out(text, knowledge.spelling).split()
    told = [word for word in words if word not in empty and not word.isdigit()]  # an age, a year: a circumstance
    found = [
        Said(keys_of_word(word, knowledge), min(RAREST, ranker.rarity(f"w:{stem}" for stem in stems_of(word))))
        for word in told
    ]
    known = frozenset[str]().union(*(word.keys for word in found))
    # A concept of several words ("se me acaba el tiempo") is one word more.
    several = (concept for concept in reads.concepts(words) if f"k:{concept}" not in known)
    found += [Said(frozenset({f"k:{concept}"}), ranker.rarity([f"k:{concept}"])) for concept in several]
    meant = dict.fromkeys(match.key for match in _meanings(knowledge).find(" ".join(words)))
    found += [Said(own_keys(label, knowledge), ranker.rarity(())) for label in meant]
    return tuple(found[-MOST:])


@lru_cache(maxsize=4)
def _untold(knowledge: Knowledge) -> frozenset[str]:
    """Words that tell no section from another."""
    return empty_words(knowledge) | frozenset(knowledge.follow_ups.vague)


@lru_cache(maxsize=4)
def _meanings(knowledge: Knowledge) -> FrameSet[str]:
    stands_for = knowledge.follow_ups.stands_for
    return FrameSet((label, frame) for label, frames in stands_for.items() for frame in frames)


def likeness(said: Iterable[Said], topic: Topic, knowledge: Knowledge) -> dict[str, float]:
    """For each section how much of what was said it speaks of: more for words that few of its neighbours use."""
    scores = {section.id: 0.0 for section in topic.sections}
    words = tuple(said)
    whole = sum(word.rarity for word in words) or 1.0
    for word in words:
        weights = _weights(word.keys, topic.id, knowledge)
        for name, weight in weights.items():
            scores[name] += weight * log((len(scores) + 1) / len(weights)) * word.rarity / whole
    return scores


@lru_cache(maxsize=WEIGHED)
def _weights(keys: Keys, topic_id: str, knowledge: Knowledge) -> Mapping[str, float]:
    """What a word counts for the sections of a topic that say it."""
    table, sections = table_of(knowledge), knowledge.topics[topic_id].sections
    met: dict[int, list[Standing]] = {}
    for key in keys:
        for one in table.standings(topic_id, key):
            met.setdefault(one.section, []).append(one)
    return {
        sections[place].id: LABEL * any(one.label for one in found)
        + TEXT * any(one.text for one in found)
        + min(1.0, PHRASES * max(one.phrases for one in found))
        for place, found in met.items()
    }


def told_apart(said: Iterable[Said], topic: Topic, knowledge: Knowledge) -> list[float]:
    """For each section how much likelier than its neighbours' the words that were said are its own: log odds."""
    whole = [0.0] * len(topic.sections)
    for word in said:
        for place, odds in enumerate(_odds(word.keys, topic.id, knowledge)):
            whole[place] += odds
    return whole


@lru_cache(maxsize=WEIGHED)
def _odds(keys: Keys, topic_id: str, knowledge: Knowledge) -> tuple[float, ...]:
    """Of one word for each section of a topic; empty where none says it."""
    table, met = table_of(knowledge), [0.0] * len(knowledge.topics[topic_id].sections)
    for one in (one for key in keys for one in table.standings(topic_id, key)):
        met[one.section] = max(met[one.section], one.phrases + IN_TEXT * one.text + ON_LABEL * one.label)
    middle = sum(met) / len(met)
    return tuple(log((share + UNSAID) / (middle + UNSAID)) for share in met) if middle else ()


def spoken_of(word: Said, topic: Topic, knowledge: Knowledge) -> float:
    """How much any section of the topic speaks of a word: 0 to 1."""
    return min(1.0, max(_weights(word.keys, topic.id, knowledge).values(), default=0.0))


def covered(said: Iterable[Said], topic: Topic, knowledge: Knowledge) -> float:
    """How much of what was said any section of the topic speaks of: 0 to 1."""
    words = tuple(said)
    told = sum(word.rarity * spoken_of(word, topic, knowledge) for word in words)
    return told / (sum(word.rarity for word in words) or 1.0)


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
