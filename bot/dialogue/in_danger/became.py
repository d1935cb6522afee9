"""What an open danger became: its help text, and the answer to what is asked of it in the same message."""

from dataclasses import replace

from bot.conversation import Turn
from bot.dialogue.danger.another_matter import is_asked
from bot.dialogue.danger.care import line_framed
from bot.dialogue.danger.course import opened_by
from bot.dialogue.danger.help_text import answer_danger
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.line_said import say_line
from knowledge.schema.base import Level


def answer_became(hearing: Hearing) -> Turn | None:
    """A death or an arrest is told with a question about it; where a life is at risk the help text stands alone."""
    course = opened_by(hearing)
    turn = answer_danger(hearing) if course is not None and course.opens is not None else None
    if turn is None or course is None or not is_asked(hearing):
        return turn
    category, again = hearing.knowledge.categories[course.opens or ""], hearing.with_state(turn.conversation)
    line = line_framed(again, category) if category.level is not Level.CRITICAL else None
    if line is None:
        return turn
    beside = say_line(again, category, line)
    return replace(turn, conversation=beside.conversation, replies=(*turn.replies, *beside.replies))
