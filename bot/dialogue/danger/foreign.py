"""Danger said in a language that we do not answer in, by a short list of its words."""

from functools import lru_cache

from bot.conversation import Danger
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge

RULE = "foreign"
"""In place of a rule's id."""


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> FrameSet[tuple[str, str]]:
    return FrameSet(
        ((lang, category), frame)
        for lang, categories in knowledge.foreign_danger.items()
        for category, frames in categories.items()
        for frame in frames
    )


def foreign_danger(text: str, knowledge: Knowledge) -> tuple[str, Danger] | None:
    """The language and the danger that a message reports in it, the gravest of several."""
    found = list(_frames(knowledge).find(fold(text)))
    if not found:
        return None
    first = min(found, key=lambda one: knowledge.categories[one.key[1]].level.rank)
    lang, category = first.key
    return lang, Danger(category, knowledge.categories[category].level, RULE, first.words)
