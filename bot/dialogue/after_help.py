"""What follows a help text: the conversation stays with the danger, unless another matter is clearly asked about."""

from bot.conversation import CaseNeeded, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.afterwards import means
from bot.dialogue.another_matter import is_another_matter, is_asked, within
from bot.dialogue.aspects import aspects_in
from bot.dialogue.calendar.answer import answer_calendar
from bot.dialogue.calendar.words import read
from bot.dialogue.commands import command_in, open_question, person_line
from bot.dialogue.danger.help_numbers import help_numbers
from bot.dialogue.danger.help_text import STILL_FOR, again, is_helper, told_within
from bot.dialogue.hearing import Hearing
from bot.dialogue.talk import smalltalk_in
from bot.dialogue.topics import answer_topic
from bot.texts import say
from knowledge.calendar import HOME
from knowledge.schema.base import Level
from knowledge.schema.topics import Aspect
from knowledge.schema.urgent import Category

SAFE = "safe-now"
"""The question of the safety flow."""
FOR_NUMBERS = frozenset({Aspect.PHONE, Aspect.WHERE})
"""What the numbers answer."""
BARE = frozenset({"bare-answer", "no", "laugh"})
"""Small talk that is an answer to what we asked, or no joke after what was told."""


def lately_told(hearing: Hearing) -> Category | None:
    """The danger that the conversation is still about."""
    told = told_within(hearing, STILL_FOR)
    return hearing.knowledge.categories.get(told[-1].category) if told else None


def run_command_in_danger(hearing: Hearing) -> Turn | None:
    """`help` and `person` after a help text: not the list of commands, and never without the number."""
    category = lately_told(hearing)
    command = command_in(hearing.text, hearing.knowledge)
    if category is None or command not in ("help", "person"):
        return None
    if command == "help":
        return _still_here(hearing, category)
    asked = CaseNeeded(reason="person", level=Level.PRIORITY)
    said = (Reply(ReplyKind.HELP, person_line(hearing)), help_numbers(hearing, category))
    return hearing.turn(Outcome.COMMAND, *said, *open_question(hearing), events=(asked,))


def calendar_in_calm(hearing: Hearing) -> Turn | None:
    """The calendar's turn; after a help text only where nothing but the calendar is asked: "hace 8 años" is no date."""
    if lately_told(hearing) is None:
        return answer_calendar(hearing)
    today, english = hearing.now.astimezone(HOME).date(), hearing.message_lang == "en"
    asked = read(hearing.text, hearing.knowledge, today, english=english)
    return answer_calendar(hearing) if asked.named or asked.kinds else None


def hear_calm(hearing: Hearing) -> Turn | None:
    """Who says that it is over is believed, and the conversation is free; never so where somebody wants to die."""
    category, state = lately_told(hearing), hearing.conversation
    if category is None or category.check_no is not None or is_asked(hearing):
        return None
    if not means("calm", hearing.text, hearing.knowledge):
        return None
    told = tuple(each.model_copy(update={"over": True}) for each in state.told)
    text = hearing.fill(say("danger.over", hearing.lang))
    return hearing.turn(Outcome.QUESTION, Reply(ReplyKind.HELP, text), told=told, flow=None)


def stay_with_danger(hearing: Hearing) -> Turn | None:
    """What follows a help text and is no clear question of its own is about the danger: never clarify or fallback."""
    category = lately_told(hearing)
    if category is None:
        return None
    gentle, free = category.check_no is not None, _is_free(hearing, category)
    talk = smalltalk_in(hearing.text, hearing.knowledge)
    if talk is not None and talk.id not in BARE and (not gentle or _said_safe(hearing)):
        return None
    if free and (question := within(hearing, category)):
        return answer_topic(question)
    if is_another_matter(hearing) and free:
        return None
    if gentle and _said_safe(hearing) and is_asked(hearing) and hearing.understood.clear:
        return None
    return _still_here(hearing, category)


def _is_free(hearing: Hearing, category: Category) -> bool:
    """Whoever wants to die may ask about something else once they said that they are safe; who helps them, at once."""
    return category.check_no is None or is_helper(hearing, category) or _said_safe(hearing)


def _said_safe(hearing: Hearing) -> bool:
    return hearing.conversation.answers.get(SAFE) == "yes"


def _still_here(hearing: Hearing, category: Category) -> Turn:
    """The line of this danger that goes on, and the question that is open."""
    asked = FOR_NUMBERS & set(aspects_in(hearing.text, hearing.knowledge))
    numbers = (help_numbers(hearing, category),) if asked else ()
    return hearing.turn(Outcome.QUESTION, _line(hearing, category), *numbers, *open_question(hearing))


def _line(hearing: Hearing, category: Category) -> Reply:
    """One line: not whether they called, where they just said so."""
    level = min((told.level for told in hearing.conversation.told), key=lambda one: one.rank)
    if level is Level.CRITICAL and means("called", hearing.text, hearing.knowledge):
        return Reply(ReplyKind.HELP, hearing.fill(say("danger.called", hearing.lang)))
    return again(hearing, category)
