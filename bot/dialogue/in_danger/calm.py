"""What is no danger, and the end of an open one: who says that it is over is believed, not who is safe alone."""

import re
from dataclasses import replace

from bot.conversation import Danger, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.danger.another_matter import ANOTHER, is_asked
from bot.dialogue.danger.care import holds_on, line_after, line_in_calm, line_over, line_sure, makes_move
from bot.dialogue.danger.course import ended_by, of_which
from bot.dialogue.danger.grown_worse import turns_worse
from bot.dialogue.danger.help_text import answer_danger
from bot.dialogue.danger.judging import SCORER
from bot.dialogue.danger.matter import MATTER, asked_apart, own_matter
from bot.dialogue.danger.meant import ILL, STILL_FOR, told_besides
from bot.dialogue.danger.moves import OWN_SAFETY, moves_in, speaks_of
from bot.dialogue.danger.remembered import enders_of, may_end, told_of
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.excerpts.replies import section_choices
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.after_help import lately_told
from bot.dialogue.in_danger.earlier import as_earlier
from bot.dialogue.in_danger.line_said import heard_as, say_line
from bot.dialogue.person.signals import read_signals
from bot.dialogue.thread.objections import person_button
from bot.dialogue.topics import answer_topic, clarify
from bot.dialogue.understanding import by_itself, understand
from bot.dialogue.words.afterwards import (
    NAMED,
    SHARED,
    beside_calm,
    how_ended,
    means,
    takes_back,
)
from bot.dialogue.words.talk import is_courtesy, says_bye
from bot.texts import say
from knowledge.schema.care import Line
from knowledge.schema.course import Course
from knowledge.schema.urgent import Category

QUESTION = re.compile(r"\s+(?:¿[^¿?]*|[A-Z][^.!?]*)\?$")
"""The question at the end of a line."""
SENTENCES = re.compile(r"(?<=[.!?])\s+")
AFRAID = frozenset({"safe-afraid"})
"""The move of who is safe for now, and still in fear."""
HELPED, HARDLY = frozenset({"help-here", "hospital", "found", "born"}), 0.1
"""Moves that tell of all, and the likelihood from which a message may make them, too: `ya llegaron, estamos bien`."""


def answer_harmless(hearing: Hearing) -> Turn | None:
    """What sounded like danger and is none, met kindly; then what is asked, or what answers it in the open topic."""
    harmless, topic = hearing.harmless, hearing.conversation.topic
    if harmless is None:
        return None
    said = (Reply(ReplyKind.CARE, hearing.fill(harmless.say.say(hearing.lang))),) if harmless.say else ()
    section = harmless.after.get(topic) if topic is not None and not is_asked(hearing) else None
    place = f"{topic}/{section}" if section else harmless.section
    turn = answer_topic(heard_as(hearing, place) if place else hearing) if place or is_asked(hearing) else None
    if turn is not None:
        return replace(turn, replies=(*said, *turn.replies))
    return hearing.turn(Outcome.QUESTION, *said) if said else None


def answer_feared(hearing: Hearing) -> Turn | None:
    """What is only feared is met with what helps against it, whatever it sounds like to the scorer.

    To a writer under 18 in words for them: the section, in words for adults, waits behind its button.
    """
    state = hearing.conversation
    told = hearing.danger is not None and hearing.danger.rule != SCORER
    line = None if told or any(not one.over for one in state.told) else line_in_calm(hearing)
    words = ((line.say_minor if state.minor else None) or line.say) if line is not None else None
    if line is None or words is None:
        return None
    free = replace(hearing, danger=None, check=None)
    said = Reply(ReplyKind.CARE, hearing.fill(words.say(hearing.lang)))
    place = line.section if not state.minor else None
    if place is not None and (turn := answer_topic(heard_as(free, place))):
        return replace(turn, replies=(said, *turn.replies))
    topic = hearing.knowledge.topics.get((line.section or "").partition("/")[0])
    near = section_choices(topic, free) if topic is not None else []
    said = replace(said, choices=(*near, person_button(free)))
    return free.turn(Outcome.QUESTION, said, topic=topic.id if topic is not None else state.topic)


def hear_calm(hearing: Hearing) -> Turn | None:
    """Who says that it is over is believed, and the conversation is free; what is asked beside it is answered."""
    course, state, knowledge = ended_by(hearing), hearing.conversation, hearing.knowledge
    category = knowledge.categories[of_which(course, hearing)] if course else lately_told(hearing)
    category = category or _lately_over(hearing)
    ended = course or (_how_ended(hearing, category) if category is not None else None)
    if category is None or ended is None:
        return None
    despite = ended.despite if isinstance(ended, Line) else ()
    danger = hearing.danger
    if danger is not None and danger.category not in despite and _is_sure(danger, hearing):
        return None  # by itself, not only with what was told before
    of = ended.of if isinstance(ended, Course) else tuple(each.category for each in state.told)
    if any(each.category in of and not may_end(each, ended, knowledge) for each in state.told):
        return None
    told = tuple(each.model_copy(update={"over": each.over or each.category in of}) for each in state.told)
    free = replace(hearing, conversation=state.having(told=told, flow=None), danger=None)
    if (left := _left_of_it(hearing, category)) and (turn := answer_danger(replace(free, danger=left))):
        return turn
    line, leaves = ended if isinstance(ended, Line) else None, says_bye(hearing.text, knowledge)
    if line is None:
        rest = _answer_beside(free, category)
        said = "danger.over" if rest is None and not leaves else "danger.over_short"
        over = free.turn(Outcome.QUESTION, Reply(ReplyKind.CARE, hearing.fill(say(said, hearing.lang))))
    else:
        over = say_line(free, category, line)
        rest = _answer_beside(free.with_state(over.conversation), category) if line.section is None else None
    if rest is None and leaves:
        return _wished_well(over, hearing)
    if rest is None and isinstance(ended, Course) and ended.then is not None:
        over = replace(over, replies=(*over.replies, Reply(ReplyKind.CARE, ended.then.say(hearing.lang))))
    return over if rest is None else replace(rest, replies=(*over.replies, *rest.replies))


def answer_no_end(hearing: Hearing) -> Turn | None:
    """What sounds like the end of a danger that only some lines end: who took poison and feels well is sent to care."""
    category = lately_told(hearing)
    line = line_sure(hearing, category) if category is not None else None
    if category is None or line is None:
        return None
    told = told_of(hearing, category)
    stays = told.phase in line.phases and enders_of(told, hearing.knowledge)
    return say_line(hearing, category, line) if stays else None


def _left_of_it(hearing: Hearing, category: Category) -> Danger | None:
    """What was told as a part of what is over, where more is told than that: they got out, and one of them is ill."""
    rest = beside_calm(category.id, hearing.text, hearing.knowledge)
    if not rest or is_courtesy(rest, hearing.knowledge) or is_asked(hearing):
        return None
    left = told_besides(hearing, told_of(hearing, category))
    return left if left is not None and left.category == ILL else None


def _is_sure(danger: Danger, hearing: Hearing) -> bool:
    return danger.rule == NAMED or read_rules(hearing.text, hearing.knowledge).sure


def _wished_well(over: Turn, hearing: Hearing) -> Turn:
    """The end of a danger as it is said to who goes: no question, and a goodbye."""
    said = [replace(reply, text=QUESTION.sub("", reply.text)) for reply in over.replies]
    last = replace(said[-1], text=" ".join((said[-1].text, say("danger.bye", hearing.lang))))
    return replace(over, replies=(*said[:-1], last))


def _lately_over(hearing: Hearing) -> Category | None:
    """The danger that ended last, of which more may be told: `ya la están atendiendo`."""
    told = hearing.conversation.told[-1:]
    lately = told and told[0].over and hearing.now - told[0].at < STILL_FOR
    return hearing.knowledge.categories[told[0].category] if lately else None


def _how_ended(hearing: Hearing, category: Category) -> Line | str | None:
    """The line that answers the end of a danger, `SHARED` where it has none; None where it is not over.

    Who comes back may be the one whom the writer fears, and who is safe may be only the writer.
    """
    afraid = makes_move(hearing, only=AFRAID)
    over = told_of(hearing, category).over
    if afraid or turns_worse(hearing) or (not over and _is_own_calm(hearing, category)):
        return None
    lines = hearing.knowledge.care[category.id].lines
    line = None if is_courtesy(hearing.text, hearing.knowledge) else line_over(hearing, category)
    if line is not None and (line in lines or not takes_back(hearing.text, hearing.knowledge, category.id)):
        return line
    ended = how_ended(category.id, hearing.text, hearing.knowledge) if not over or _only_leaves(hearing) else None
    if ended is None or (holds_on(hearing, category) and (ended == SHARED or is_asked(hearing))):
        return None
    if ended == SHARED and line_sure(hearing, category) is not None:
        return None  # `ya está conmigo. le hicieron cosas`
    return next((line for line in lines if line.id == ended), SHARED)


def _only_leaves(hearing: Hearing) -> bool:
    """Whether good news of what is over ends with a goodbye that no rule hears as one for good."""
    found = hearing.danger or hearing.check
    return (found is None or found.rule == SCORER) and says_bye(hearing.text, hearing.knowledge)


def _is_own_calm(hearing: Hearing, category: Category) -> bool:
    """Whether only the writer is safe, who told of somebody else."""
    if not told_of(hearing, category).other:
        return False
    besides = sum(value for move, value in moves_in(hearing.text, hearing.knowledge).items() if move in HELPED)
    alone = makes_move(hearing, only=OWN_SAFETY) and besides < HARDLY
    return alone and speaks_of(hearing.text, hearing.knowledge) != "other"


def _answer_beside(free: Hearing, category: Category) -> Turn | None:
    """The answer to what is asked beside the end of a danger, or is plainly a topic of its own."""
    apart = asked_apart(free, category)
    text = apart[1].text if apart is not None else beside_calm(category.id, free.text, free.knowledge)
    if not text or means("what_now", text, free.knowledge):
        return None
    asked = _as_before(replace(free, text=_from_question(text, free)))
    if turn := answer_after(replace(asked, text=text)):
        return turn
    again = asked.conversation.topic is not None and is_asked(free)
    if apart is not None or again or is_asked(asked):
        return answer_topic(asked) or clarify(asked)
    tells = asked.understood.best >= ANOTHER and own_matter(asked.text, asked.knowledge) >= MATTER
    return answer_topic(asked) if tells else None


def _from_question(text: str, whole: Hearing) -> str:
    """The text from where it first asks, or its last sentence where only a sign of the whole message asks."""
    parts = [part.strip(" .") for part in SENTENCES.split(text)]
    last = len(parts) - 1 if is_asked(whole) else 0
    first = next((n for n, part in enumerate(parts) if read_signals(part, whole.knowledge).asks), last)
    return ". ".join(parts[first:])


def _as_before(asked: Hearing) -> Hearing:
    """The message heard by itself, or else as of the topic that was open before the danger was told."""
    state = asked.conversation.having(heard=(), topic=None)
    alone = replace(asked, understood=understand(asked.text, state, asked.knowledge))
    return alone if alone.understood.best >= ANOTHER else as_earlier(asked) or alone


def answer_after(hearing: Hearing) -> Turn | None:
    """What is told or asked of what came of a danger that is over, or of a matter of its own: it is no part of that."""
    category = _lately_over(hearing) if lately_told(hearing) is None else None
    if category is None:
        return None
    if line := line_after(hearing, category):
        return say_line(hearing, category, line)
    alone, heard = by_itself(hearing.text, hearing.knowledge), hearing.understood
    fresh = hearing.conversation.topic is None and alone.clear and heard.clear and heard.from_context
    return answer_topic(replace(hearing, understood=alone)) if fresh and is_asked(hearing) else None
