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
    return any(frames.any.first(part) for part in heard) and not any(frames.unless.first(part) for part in heard)
