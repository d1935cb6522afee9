"""What an open danger became: its help text, and the answer to what is asked of it in the same message."""

from dataclasses import replace

from bot.conversation import Turn
from bot.dialogue.danger.another_matter import is_asked, within
from bot.dialogue.danger.care import line_framed
from bot.dialogue.danger.course import opened_by
from bot.dialogue.danger.help_text import answer_danger
from bot.dialogue.danger.matter import asked_apart
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.line_said import say_line
from bot.dialogue.topics import answer_topic
from bot.dialogue.understanding import by_itself
from bot.dialogue.words.ends import ends_of
from knowledge.schema.base import Level
from knowledge.schema.urgent import Category


def answer_became(hearing: Hearing) -> Turn | None:
    """A death or an arrest is told with a question about it; where a life is at risk the help text stands alone.

    Not where we only heard the danger wrong: who was never kidnapped asked before, and is not put off.
    """
    course = opened_by(hearing)
    turn = answer_danger(hearing) if course is not None and course.opens is not None else None
    if turn is None or course is None or not is_asked(hearing):
        return turn
    category, again = hearing.knowledge.categories[course.opens or ""], hearing.with_state(turn.conversation)
    if category.level is Level.CRITICAL and not course.over:
        return turn
    beside = _asked_of_it(again, category)
    if beside is None:
        return turn
    return replace(turn, conversation=beside.conversation, replies=(*turn.replies, *beside.replies))


def _asked_of_it(again: Hearing, category: Category) -> Turn | None:
    """The line for what is asked; where the words of the change are no part of a question, what its end asks for."""
    if line := line_framed(again, category):
        return say_line(again, category, line)
    if category.level is not Level.CRITICAL:
        return None
    if apart := asked_apart(again, category):
        return answer_topic(apart[1])
    ends = (replace(again, text=end, understood=by_itself(end, again.knowledge)) for _, end in ends_of(again.text))
    asked = [end for end in ends if is_asked(end)]
    question = next(filter(None, (within(end, category) for end in asked)), None)
    question = question or next((end for end in asked if end.understood.clear), None)
    return answer_topic(question) if question is not None else None
