"""The sections of the open topic, and that none answers, each as a few numbers; the threads as lessons of them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.bearing.section_points import towards
from bot.dialogue.bearing.softmax import Numbers, Options
from bot.dialogue.bearing.threads import turns
from bot.dialogue.ranking.candidates import candidate_of
from bot.dialogue.ranking.denied import apart
from bot.dialogue.ranking.lessons import row_of
from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.section_words import Said, covered, likeness, said_in, told_apart
from bot.dialogue.ranking.sections import MOST_LIKE, answers, shares
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.aspects import asked_of, aspects_in
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import spell_out
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Aspect, Topic

NONE = ""
"""In place of a section, where none answers."""
ASPECTS = tuple(Aspect)
LEAST = 1e-3
"""No share counts as less."""
WORDS = 0.7
"""What all words of a message count together; those of the few that no section answers were a writer's habit."""
MOST_SAID = 6
"""Words for a subject beyond which more make no difference."""


def options_of(
    topic: Topic, text: str, aspects: Sequence[Aspect], last: str | None, ranker: Ranker, knowledge: Knowledge
) -> Options:
    """Every section, and that none answers, each as a few numbers."""
    meant = apart(text, knowledge)[0] or text
    said, likely = said_in(meant, ranker, knowledge), ranker.likelihoods(ranker.point(meant))
    alike, learned = likeness(said, topic, knowledge), shares(topic, likely, ranker)
    heard = aspects_heard(likely, ranker, knowledge)
    most, row = max(alike.values()), candidate_of(topic.id, likely, ranker).row
    answered = {one.id: answers(topic, one, aspects, knowledge) for one in topic.sections}
    words = _words(text, knowledge)
    odds, near = told_apart(said, topic, knowledge), towards(meant, topic, ranker, knowledge).tolist()
    found: dict[str, Numbers] = {}
    for number, one in enumerate(topic.sections):
        found[one.id] = {
            "learned": learned[one.id],
            "learned, odds": log(learned[one.id] + LEAST),
            "learned, unheard": learned[one.id] * (not said),
            "alike": min(alike[one.id], MOST_LIKE),
            "alike, odds": log(1 + alike[one.id]),
            "most alike": float(alike[one.id] == most > 0),
            "odds": odds[number],
            "most odds": float(odds[number] == max(odds) > 0),
            "near": near[number],
            "of the aspect": float(one.aspect in aspects),
            "holds the aspect": float(answered[one.id] > 0 and one.aspect not in aspects),
            "sounds of the aspect": heard.get(one.aspect, 0.0),
            "last": float(one.id == last),
            "last, asked for": float(one.id == last and answered[one.id] > 0),
            "row": float(row in (row_of(topic, one), *one.covers)),
            "first": float(number == 0),
            f"of {one.aspect}": 1.0,
            **{f"of {one.aspect}: {word}": each for word, each in words.items()},
        }
    found[NONE] = _of_none(topic, said, likely, aspects, ranker, knowledge) | {
        "none, odds": max(odds),
        "none, near": max(near),
    }
    return found


def _words(text: str, knowledge: Knowledge) -> Mapping[str, float]:
    """The words of a message."""
    words = spell_out(text, knowledge.spelling).split()
    return dict.fromkeys(words, WORDS / max(1, len(words)) ** 0.5)


def _of_none(
    topic: Topic, said: Sequence[Said], likely: Floats, aspects: Sequence[Aspect], ranker: Ranker, knowledge: Knowledge
) -> dict[str, float]:
    """What speaks for it that no section answers."""
    heard, held = aspects_heard(likely, ranker, knowledge), {one.aspect for one in topic.sections}
    answered = any(answers(topic, one, aspects, knowledge) for one in topic.sections)
    return {
        "none": 1.0,
        "none, covered": covered(said, topic, knowledge),
        "none, unheard": float(not said),
        "none, gap": float(bool(aspects) and not answered),
        "none, of the aspect": float(not held.isdisjoint(aspects)),
        "none, sounds of others": sum(share for aspect, share in heard.items() if aspect not in held),
        "none, of the topic": float(likely[ranker.of_topic(topic.id)].sum()),
        "none, words": min(len(said), MOST_SAID) / MOST_SAID,
    }


def aspects_heard(likely: Floats, ranker: Ranker, knowledge: Knowledge) -> Mapping[Aspect | None, float]:
    """How likely a message asks for each aspect, whatever the topic: "sale caro?" sounds like a cost of anything."""
    by_kind = np.bincount(_aspects_of(ranker, knowledge), weights=likely, minlength=len(ASPECTS))
    return dict(zip(ASPECTS, by_kind.tolist(), strict=False))


@lru_cache(maxsize=4)
def _aspects_of(ranker: Ranker, knowledge: Knowledge) -> NDArray[np.int64]:
    """The number of each column's aspect; that of none behind the others."""
    held = {(topic.id, one.id): one.aspect for topic in knowledge.topics.values() for one in topic.sections}
    found = [held.get((column.topic, column.section)) for column in ranker.model.columns]
    return np.array([ASPECTS.index(one) if one else len(ASPECTS) for one in found])


def lessons_of(knowledge: Knowledge) -> Iterator[tuple[Options, str]]:
    """Of every message that goes on; without a section none answers it."""
    ranker = ranker_of(knowledge)
    threads = [thread for field in knowledge.threads.values() if field.sections for thread in field.threads]
    for message, conversation in (turn for thread in threads for turn in turns(thread, knowledge)):
        topic = knowledge.topics[conversation.topic or ""]
        if message.bearing is Bearing.GOES_ON and topic.id in ranker.topics:
            aspects = asked_of(aspects_in(message.text, knowledge))
            yield (
                options_of(topic, message.text, aspects, conversation.section, ranker, knowledge),
                message.section or NONE,
            )
