"""Whether a danger is told of by somebody who is not in it: then the help text speaks to the one who helps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.phrasing import sentences
from bot.dialogue.sounds import heard_frames
from knowledge.frames import FrameSet
from knowledge.model import Knowledge


@dataclass(frozen=True, slots=True)
class _Frames:
    any: FrameSet[bool]
    unless: FrameSet[bool]


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> Mapping[str, _Frames]:
    others = {category.id: category.other for category in knowledge.categories.values()}
    return {
        name: _Frames(
            heard_frames((True, frame) for frame in other.any), heard_frames((True, frame) for frame in other.unless)
        )
        for name, other in others.items()
        if other is not None
    }


def tells_of_other(texts: Sequence[str], category: str, knowledge: Knowledge) -> bool:
    """Somebody else is spoken of, and no message says that the writer is in it, too."""
    frames = _index(knowledge).get(category)
    if frames is None:
        return False
    heard = [part.heard for text in texts for part in sentences(text, knowledge.spelling)]
    who = _who(knowledge)
    return any(frames.any.first(part) for part in heard) and not any(_is_in_it(part, frames, who) for part in heard)


@lru_cache(maxsize=8)
def _who(knowledge: Knowledge) -> FrameSet[bool]:
    return heard_frames((True, frame) for frame in knowledge.signals.who)


def _is_in_it(part: str, frames: _Frames, who: FrameSet[bool]) -> bool:
    """Whether a sentence puts the writer into the danger; `i am a us citizen` only says who they are."""
    only = [(found.start, found.end) for found in who.find(part)]
    return any(
        not any(start < found.end and found.start < end for start, end in only) for found in frames.unless.find(part)
    )
