"""What came of an open danger, as the content declares it: it became another one, or it is over."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.conversation import ToldDanger
from bot.dialogue.danger.another_matter import is_asked
from bot.dialogue.danger.care import fits, makes_move
from bot.dialogue.danger.judging import judge
from bot.dialogue.danger.moves import SURE
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.phrasing import heard_in
from bot.dialogue.words.sounds import heard_items
from knowledge.frames import FramesUnless
from knowledge.model import Knowledge
from knowledge.schema.course import Course

ALONE = 0.9
"""Likelihood from which a message by itself is what came of a danger: below, it is mostly a part of that."""


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> tuple[Mapping[str, Course], FramesUnless[str]]:
    return {one.id: one for one in knowledge.course}, heard_items(knowledge.course)


def came_of(hearing: Hearing) -> Course | None:
    """What a message tells to have come of the open dangers."""
    return next((one for one in _told(hearing) if _fitting(one, hearing) is not None), None)


def opened_by(hearing: Hearing) -> Course | None:
    """What a message tells, where that is another danger."""
    found = came_of(hearing)
    return found if found is not None and found.opens is not None else None


def ended_by(hearing: Hearing) -> Course | None:
    """The same, where a danger is over."""
    found = came_of(hearing)
    return found if found is not None and found.opens is None else None


def of_which(course: Course, hearing: Hearing) -> str:
    """The open danger that this came of."""
    told = _fitting(course, hearing)
    return told.category if told is not None else course.of[0]


def _told(hearing: Hearing) -> Iterator[Course]:
    """In the order of the content."""
    if not any(not told.over for told in hearing.conversation.told):
        return
    courses, frames = _index(hearing.knowledge)
    heard = heard_in(hearing.text, hearing.knowledge.spelling)
    heard = (*heard, " ".join(heard)) if len(heard) > 1 else heard  # it may be told in two sentences
    found = {match.key for match in frames.standing(*heard)}
    back = {match.key for part in heard for match in frames.unless.find(part)}
    sounds = _sounds_like(hearing)
    for name, course in courses.items():
        if name in found or (course.alone and course.opens == sounds and name not in back):
            yield course


def _sounds_like(hearing: Hearing) -> str | None:
    """The danger that a message surely tells by itself, asking nothing and making no move of the open one."""
    read = judge(hearing.text, hearing.knowledge)
    if read is None or not read.sure or read.likelihood < ALONE or is_asked(hearing):
        return None
    return None if makes_move(hearing, SURE) else read.danger.category


def _fitting(course: Course, hearing: Hearing) -> ToldDanger | None:
    """The newest open danger of which this may come."""
    categories = hearing.knowledge.categories
    return next(
        (
            told
            for told in reversed(hearing.conversation.told)
            if not told.over and told.category in course.of and fits(course, categories[told.category], hearing)
        ),
        None,
    )
