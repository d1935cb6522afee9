"""What words mean after a help text or a check: a plain no, calm, a call made, a death, the thought of a question."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.dialogue.phrasing import sentences
from bot.dialogue.sounds import heard_frames
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.urgent import Afterwards

WORSE = "worse"
"""Begins the names of what grows worse, before the category and its own id."""


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> Mapping[str, FrameSet[bool]]:
    """Frames by what they mean."""
    said: dict[str, Iterable[str]] = {name: getattr(knowledge.signals.after, name) for name in Afterwards.model_fields}
    for category in knowledge.categories.values():
        for worse in category.worse:
            said[worse_key(category.id, worse.id)] = worse.any
            said[f"{worse_key(category.id, worse.id)}!"] = worse.unless
    return {name: heard_frames((True, frame) for frame in frames) for name, frames in said.items()}


def worse_key(category: str, worse: str) -> str:
    """The name under which the frames of a `Worse` are kept."""
    return f"{WORSE}|{category}|{worse}"


def means(name: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message says this: a field of `Afterwards`, or what `worse_key` names."""
    frames = _index(knowledge)[name]
    return any(frames.first(part.heard) for part in sentences(text, knowledge.spelling))


def grows_worse(category: str, worse: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message tells that it came to this."""
    key = worse_key(category, worse)
    return means(key, text, knowledge) and not means(f"{key}!", text, knowledge)


def denies(text: str, knowledge: Knowledge) -> bool:
    """A plain no: nothing behind it that turns it round."""
    return means("no", text, knowledge) and not means("no_unless", text, knowledge)


def is_calm(text: str, knowledge: Knowledge) -> bool:
    """Whether the danger that was told is over."""
    return means("calm", text, knowledge) and not means("calm_unless", text, knowledge)
