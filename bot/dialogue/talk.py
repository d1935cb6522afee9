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


@lru_cache(maxsize=4)
def _openings(knowledge: Knowledge) -> FrameSet[SmallTalk]:
    return FrameSet((talk, frame) for talk in knowledge.smalltalk for frame in talk.opens)


def smalltalk_in(text: str, knowledge: Knowledge) -> SmallTalk | None:
    """The greeting, thanks, laugh … that the whole message is, also behind a greeting.

    Of signs without words a thumb or a heart is an "ok"; a question mark asks whether anybody is there.
    """
    if signs := _only_signs(text):
        return next((talk for talk in knowledge.smalltalk if talk.id == signs), None)
    words, opening = spell_out(text, knowledge.spelling), None
    while words:
        if found := _frames(knowledge).first(words):
            return found.key
        opened = _openings(knowledge).first(words)
        if opened is None:
            return None
        opening, words = opened.key, f" {words} "[opened.end :].strip()
    return opening


def _only_signs(text: str) -> str:
    if not text.strip() or any(map(str.isalnum, text)):
        return ""
    return "ok" if any(category(c) == "So" for c in text) else "bare-answer"
