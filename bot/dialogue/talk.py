"""Everyday talk that is known by its words, as whole messages."""

from functools import lru_cache
from unicodedata import category

from bot.dialogue.phrasing import spell_out
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.topics import SmallTalk


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> FrameSet[SmallTalk]:
    return FrameSet((talk, frame) for talk in knowledge.smalltalk for frame in talk.frames)


def smalltalk_in(text: str, knowledge: Knowledge) -> SmallTalk | None:
    """The greeting, thanks, laugh … that the whole message is; signs without words (a thumb, a heart) are an "ok"."""
    if _only_signs(text):
        return next((talk for talk in knowledge.smalltalk if talk.id == "ok"), None)
    found = _frames(knowledge).first(spell_out(text, knowledge.spelling))
    return found.key if found else None


def _only_signs(text: str) -> bool:
    return any(category(c) == "So" for c in text) and not any(map(str.isalnum, text))
