"""The questions in one message: cut at the ends of sentences and at the words that join two questions."""

from collections.abc import Iterator
from functools import lru_cache

from bot.dialogue.words.phrasing import sentences, spell_out
from knowledge.frames import FrameSet, unkeyed
from knowledge.model import Knowledge

MOST = 4
"""Questions of a message that are looked at."""
BRIEF = 7
"""Words of a question by its aspect, behind which the reason may stand."""
SHORTEST = 2
"""Words without which a part asks nothing of its own."""


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> tuple[FrameSet[bool], FrameSet[bool]]:
    """What joins two questions, and what shows that a part asks."""
    frames = knowledge.follow_ups
    return FrameSet(unkeyed(frames.join)), FrameSet(unkeyed(frames.asks))


def questions_in(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The parts of a message that ask something by themselves, spelled out."""
    join, asks = _frames(knowledge)
    whole = (" ".join(sentence.words) for sentence in sentences(text.replace("\n", ". "), knowledge.spelling))
    parts = (part for sentence in whole for part in _cut(sentence, join))
    found = [part for part in parts if len(part.split()) >= SHORTEST and asks.first(part)]
    return tuple(found[:MOST])


def asks(text: str, knowledge: Knowledge) -> bool:
    """Whether a message asks anything."""
    return "?" in text or _frames(knowledge)[1].first(spell_out(text, knowledge.spelling)) is not None


def _cut(sentence: str, join: FrameSet[bool]) -> Iterator[str]:
    """Before each of the words that join."""
    words = sentence
    while words:
        # Not at the very beginning: "y cuanto cuesta" is one question.
        first, _, rest = words.partition(" ")
        place = min((found.start + len(first) for found in join.find(rest)), default=len(words))
        yield words[:place].strip()
        words = words[place:].strip()
        if place == 0:
            return
