"""What words mean after a help text or a check: a plain no, calm, a call made, a death, the thought of a question."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from bot.dialogue.phrasing import sentences
from bot.dialogue.sounds import heard_unless
from knowledge.frames import FramesUnless, unkeyed
from knowledge.model import Knowledge

Meaning = Literal["no", "calm", "called", "dead", "sought", "unknowing", "wonders"]
"""See the fields of `Afterwards`."""


@lru_cache(maxsize=8)
def _meanings(knowledge: Knowledge) -> Mapping[Meaning, FramesUnless[bool]]:
    after = knowledge.signals.after
    return {
        "no": _frames(after.no, after.no_unless),
        "calm": _frames(after.calm, after.calm_unless),
        "called": _frames(after.called),
        "dead": _frames(after.dead),
        "sought": _frames(after.sought),
        "unknowing": _frames(after.unknowing),
        "wonders": _frames(after.wonders),
    }


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


def grows_worse(category: str, worse: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message tells that it came to this."""
    return _stands(_worse(knowledge)[category, worse], text, knowledge)
