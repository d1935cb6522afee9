"""What is in our field and not in our knowledge: who does know, by its subject."""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.dialogue.words.ends import ends_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import FrameSet, FramesUnless
from knowledge.model import Knowledge
from knowledge.schema.base import Words
from knowledge.schema.talk import Beyond

SHORT = 25
"""Words of a message that is surely about what it names; a longer story names much in passing."""


_NEEDS = re.compile(
    r"(?:ahora |pero |y |ya |solo |now |but |and )*"
    r"(?:(?:me|nos|le|les) (?:piden|pide|pidieron|exigen)|necesit\w+|ocup\w+|quier\w+|quer\w+|busc\w+"
    r"|c[oó]mo (?:le hago|saco|sacar|pongo|puedo)|d[oó]nde (?:saco|consigo|tramito)"
    r"|how (?:do|can) (?:i|we)|where (?:do|can) (?:i|we)|(?:i|we|he|she|they) needs?|they (?:ask|want))\b",
    re.IGNORECASE,
)
"""How a clause begins that says what somebody is after: what stands before it are circumstances."""


class _Index(NamedTuple):
    sure: FramesUnless[Beyond]
    may_be: FramesUnless[Beyond]
    then: FrameSet[tuple[Beyond, Words]]
    apart: FrameSet[Beyond]


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> _Index:
    subjects = knowledge.beyond
    unless = FrameSet((one, frame) for one in subjects for frame in one.unless)
    return _Index(
        FramesUnless(FrameSet((one, frame) for one in subjects for frame in one.sure), unless),
        FramesUnless(FrameSet((one, frame) for one in subjects for frame in (*one.sure, *one.frames)), unless),
        FrameSet(((one, line.reply), frame) for one in subjects for line in one.then for frame in line.frames),
        FrameSet((one, frame) for one in subjects for frame in one.apart),
    )


def beyond(text: str, knowledge: Knowledge) -> Beyond | None:
    """The subject that a message names; the first in the content's order."""
    return _first(_index(knowledge).may_be, text, knowledge)


def surely_beyond(text: str, knowledge: Knowledge) -> Beyond | None:
    """The subject that a message is surely about, whatever it sounds like; of a long story what it says is needed."""
    asked = text if len(text.split()) <= SHORT else _needed(text)
    return _first(_index(knowledge).sure, asked, knowledge) if asked else None


def _needed(story: str) -> str:
    """The last part of a story that says what is needed or asks how; empty where none does."""
    parts = [part for _, part in ends_of(story) if _NEEDS.match(part) and len(part.split()) <= SHORT]
    return parts[-1] if parts else ""


def _first(frames: FramesUnless[Beyond], text: str, knowledge: Knowledge) -> Beyond | None:
    found = frames.standing(spell_out(text, knowledge.spelling))
    return found[0].key if found else None
