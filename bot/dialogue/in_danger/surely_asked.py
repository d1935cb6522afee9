"""Questions whose words are sure, as the content declares them: their section answers, in an open danger, too."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from bot.conversation import Reply, ReplyKind, Turn
from bot.dialogue.danger.another_matter import FOR_NUMBERS
from bot.dialogue.danger.care import line_sure
from bot.dialogue.danger.course import ended_by
from bot.dialogue.danger.help_numbers import first_numbers
from bot.dialogue.flows import answer_open_question
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.after_help import is_free, lately_told
from bot.dialogue.in_danger.line_said import heard_as, say_line
from bot.dialogue.person.told import told_by
from bot.dialogue.topics import answer_topic
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.phrasing import heard_in
from bot.dialogue.words.sounds import heard_items
from knowledge.frames import FramesUnless
from knowledge.model import Knowledge
from knowledge.schema.urgent import Asked


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> tuple[FramesUnless[str], Mapping[str, Asked]]:
    asked = knowledge.signals.asked
    return heard_items(asked), {one.id: one for one in asked}


def answer_surely_asked(hearing: Hearing) -> Turn | None:
    """The section, where it is for this person; in an open danger behind its number, and the lines if they are asked.

    It opens no topic in a danger: the fear that was answered is not what is asked next.
    """
    if hearing.danger is not None or ended_by(hearing) is not None:
        return None
    section = _section(hearing)
    turn = answer_topic(heard_as(hearing, section)) if section is not None else None
    category = lately_told(hearing)
    if turn is None or category is None:
        return turn
    replies = [Reply(ReplyKind.CARE, hearing.in_danger("danger.still")), *turn.replies]
    if FOR_NUMBERS & set(aspects_in(hearing.text, hearing.knowledge)):
        replies.insert(1, first_numbers(hearing, category))
    state = turn.conversation.having(topic=hearing.conversation.topic, section=hearing.conversation.section)
    return replace(turn, conversation=state, replies=tuple(replies))


def answer_question_and_asked(hearing: Hearing) -> Turn | None:
    """What answers the question that a danger left open, and surely asks besides: `sí estoy a salvo, ¿puedo traerlos?`

    Both are answered: who says that they are safe is told of what weighs on them, too; who is not is not led away.
    """
    category = lately_told(hearing)
    settled = answer_open_question(hearing) if category is not None else None
    if category is None or settled is None:
        return None
    again = hearing.with_state(settled.conversation)
    line = line_sure(again, category)
    if line is None or line.section is None or not is_free(again, category):
        return None
    asked = say_line(again, category, line)
    return replace(asked, replies=(*settled.replies, *asked.replies), events=(*settled.events, *asked.events))


def _section(hearing: Hearing) -> str | None:
    knowledge = hearing.knowledge
    frames, asked = _index(knowledge)
    found = frames.standing(" ".join(heard_in(hearing.text, knowledge.spelling)))  # it may be asked in two sentences
    one = asked[found[0].key] if found else None
    if one is None or not one.mexicans:
        return one.section if one is not None else None
    foreign = told_by(hearing.conversation, hearing.text, knowledge).foreign
    return None if foreign or hearing.conversation.fears_government else one.section
