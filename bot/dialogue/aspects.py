"""What is asked about a thing: cost, place, requirements …"""

from functools import lru_cache

from bot.dialogue.phrasing import spell_out
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> FrameSet[Aspect]:
    # `what` stands first in the file but is the weakest sign ("qué papeles"), so it is tried last.
    ordered = sorted(knowledge.aspects.values(), key=lambda words: words.id is Aspect.WHAT)
    return FrameSet((words.id, frame) for words in ordered for frame in words.frames)


@lru_cache(maxsize=4)
def aspect_words(knowledge: Knowledge) -> frozenset[str]:
    """Words that belong to a question by aspect and so name no subject."""
    return frozenset(word for a in knowledge.aspects.values() for f in a.frames for word in fold(_letters(f)).split())


def _letters(frame: str) -> str:
    # A beginning with `*` stands for many words; taken as the word itself.
    return "".join(c if c.isalnum() else " " for c in frame)


def aspects_in(text: str, knowledge: Knowledge) -> tuple[Aspect, ...]:
    """The aspects asked for, each once, the surest first."""
    found = _frames(knowledge).find(spell_out(text, knowledge.spelling))
    return tuple(dict.fromkeys(match.key for match in found))
