"""Spelling by ear: words that people spell as they sound become the same word."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from knowledge.frames import FrameSet, FramesUnless, Key, fold

_STEPS = (
    (re.compile(r"qu(?=[ei])|q"), "k"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"c(?!h)"), "k"),
    (re.compile(r"(?<=[aeiounlr])h"), ""),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"v"), "b"),
    (re.compile(r"([^r\d])\1+"), r"\1"),
    (re.compile(r"y"), "i"),  # last: the `ll` of `killed` must not melt into the `i` before it, or it begins as `quien`
)
_LONG = 4
"""Shorter English words would become one another without their `h`: his, is; hit, it."""
_MORE = "wxwx"
"""Letters that change no other: in place of the ending that a beginning leaves open."""
_KEPT = frozenset({"hay", "hoy"})
_LAUGHTER = re.compile(r"(?:ha){2,}h?")
_FRAME_WORD = re.compile(r"[^\s()|?^$.*]+\*?")


@lru_cache(maxsize=32768)
def sound(word: str) -> str:
    """A folded word as it sounds; never empty. Laughter stays as it is: nothing of `haha` would be heard."""
    if _LAUGHTER.fullmatch(word):
        return "haha"
    if word.startswith("h") and (len(word) >= _LONG or word in _KEPT):
        word = word[1:]
    word = word.replace("ll", "y") if len(word) >= _LONG else word
    for pattern, replacement in _STEPS:
        word = pattern.sub(replacement, word)
    return word


def sound_text(folded: str) -> str:
    """A folded text, word by word: the number of words stays the same."""
    return " ".join(map(sound, folded.split()))


def _sound_element(found: re.Match[str]) -> str:
    word = found.group()
    if not word.endswith("*"):
        return sound(fold(word))
    beginning = fold(word[:-1])
    # What a last c, q or l sounds like depends on the letter that would follow; a first h is lost in longer words.
    return sound((beginning.rstrip("cq") or beginning) + _MORE).removesuffix(_MORE) + "*"


def sound_frame(source: str) -> str:
    """A frame with its words as they sound."""
    return _FRAME_WORD.sub(_sound_element, source)


def heard_frames(frames: Iterable[tuple[Key, str]]) -> FrameSet[Key]:
    """A FrameSet for texts by ear."""
    return FrameSet((key, sound_frame(source)) for key, source in frames)


class Telling(Protocol):
    """An item of content that frames find, and other frames take back."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def any(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def unless(self) -> Sequence[str]: ...  # noqa: D102


def heard_items(items: Iterable[Telling]) -> FramesUnless[str]:
    """FramesUnless of items, by their ids."""
    items = tuple(items)
    says = ((item.id, frame) for item in items for frame in item.any)
    return heard_unless(says, ((item.id, frame) for item in items for frame in item.unless))


def heard_unless(says: Iterable[tuple[Key, str]], unless: Iterable[tuple[Key, str]]) -> FramesUnless[Key]:
    """FramesUnless for texts by ear."""
    return FramesUnless(heard_frames(says), heard_frames(unless))
