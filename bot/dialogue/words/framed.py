"""Frames of the content that all say one thing, read once."""

from functools import lru_cache

from knowledge.frames import FrameSet, unkeyed


@lru_cache(maxsize=256)
def frames_of(sources: tuple[str, ...]) -> FrameSet[bool]:
    """What hears any of them."""
    return FrameSet(unkeyed(sources))
