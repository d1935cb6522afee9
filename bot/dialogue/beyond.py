"""What is in our field and not in our knowledge: who does know, by its subject."""

from functools import lru_cache

from bot.dialogue.phrasing import spell_out
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.talk import Beyond


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> FrameSet[Beyond]:
    return FrameSet((subject, frame) for subject in knowledge.beyond for frame in subject.frames)


def beyond(text: str, knowledge: Knowledge) -> Beyond | None:
    """The subject that a message names; the first in the content's order."""
    found = _frames(knowledge).first(spell_out(text, knowledge.spelling))
    return found.key if found else None
