"""What words mean after a help text or a check: a plain no, calm, a death, the thought of a question."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from bot.dialogue.phrasing import sentences
from bot.dialogue.sounds import heard_unless
from knowledge.frames import FramesUnless, unkeyed
from knowledge.model import Knowledge

Meaning = Literal["no", "dead", "sought", "unknowing", "wonders", "what_now", "bit"]
"""See the fields of `Afterwards`."""


@lru_cache(maxsize=8)
def _meanings(knowledge: Knowledge) -> Mapping[Meaning, FramesUnless[bool]]:
    after = knowledge.signals.after
    return {
        "no": _frames(after.no, after.no_unless),
        "dead": _frames(after.dead),
        "sought": _frames(after.sought),
        "unknowing": _frames(after.unknowing),
        "wonders": _frames(after.wonders),
        "what_now": _frames(after.what_now),
        "bit": _frames(after.bit),
    }


@lru_cache(maxsize=8)
def _calm(knowledge: Knowledge) -> Mapping[str, FramesUnless[bool]]:
    """By category: that they left is a relief where agents stood at the door, and none where a guide left somebody."""
    after, care = knowledge.signals.after, knowledge.care
    own = {name: care[name].calm if name in care else () for name in knowledge.categories}
    return {name: _frames((*after.calm, *frames), after.calm_unless) for name, frames in own.items()}


@lru_cache(maxsize=8)
def _worse(knowledge: Knowledge) -> Mapping[tuple[str, str], FramesUnless[bool]]:
    """By category and its own id."""
    return {
        (category.id, worse.id): _frames(worse.any, worse.unless)
        for category in knowledge.categories.values()
        for worse in category.worse
    }


def _frames(says: Iterable[str], unless: Iterable[str] = ()) -> FramesUnless[bool]:
    return heard_unless(unkeyed(says), unkeyed(unless))


def _stands(frames: FramesUnless[bool], text: str, knowledge: Knowledge) -> bool:
    """Whether a message says it and takes it back nowhere."""
    return bool(frames.standing(*(part.heard for part in sentences(text, knowledge.spelling))))


def means(meaning: Meaning, text: str, knowledge: Knowledge) -> bool:
    """Whether a message says this."""
    return _stands(_meanings(knowledge)[meaning], text, knowledge)


def is_calm(category: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message says that this danger is over."""
    return _stands(_calm(knowledge)[category], text, knowledge)


def beside_calm(category: str, text: str, knowledge: Knowledge) -> str:
    """The sentences of a message that say nothing of that."""
    says = _calm(knowledge)[category].says
    rest = (part for part in sentences(text, knowledge.spelling) if says.first(part.heard) is None)
    return ". ".join(" ".join(part.words) for part in rest)


def grows_worse(category: str, worse: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message tells that it came to this."""
    return _stands(_worse(knowledge)[category, worse], text, knowledge)
