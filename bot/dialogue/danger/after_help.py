"""What follows a help text: the conversation stays with the danger, unless another matter is clearly asked about."""

from datetime import timedelta

from bot.conversation import CaseNeeded, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.another_matter import is_another_matter
from bot.dialogue.aspects import aspects_in
from bot.dialogue.commands import command_in, open_question, person_line
from bot.dialogue.danger.help_numbers import help_numbers
from bot.dialogue.danger.help_text import again
from bot.dialogue.hearing import Hearing
from bot.dialogue.talk import smalltalk_in
from knowledge.schema.base import Level
from knowledge.schema.topics import Aspect
from knowledge.schema.urgent import Category

SAFE = "safe-now"
"""The question of the safety flow."""
STILL_FOR = timedelta(hours=1)
"""How long after a help text what is not understood is about that danger."""
BARE = frozenset({"bare-answer", "no"})
"""Small talk that is an answer to what we asked."""


def lately_told(hearing: Hearing) -> Category | None:
    """The danger that the conversation is still about."""
    told = [t for t in hearing.conversation.told if hearing.now - t.at < STILL_FOR]
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


def stay_with_danger(hearing: Hearing) -> Turn | None:
    """What follows a help text and is no clear question of its own is about the danger: never clarify or fallback."""
    category = lately_told(hearing)
    if category is None:
        return None
    talk = smalltalk_in(hearing.text, hearing.knowledge)
    if category.check_no is None and talk is not None and talk.id not in BARE:
        return None
    if is_another_matter(hearing) and (category.check_no is None or _is_calm(hearing, category)):
        return None
    return _still_here(hearing, category)


def _is_calm(hearing: Hearing, category: Category) -> bool:
    """Whoever said that they are safe, or helps somebody else, may ask about something else."""
    other = any(told.other for told in hearing.conversation.told if told.category == category.id)
    return other or hearing.conversation.answers.get(SAFE) == "yes"


def _still_here(hearing: Hearing, category: Category) -> Turn:
    """The line of this danger that goes on, and the question that is open."""
    asked = Aspect.PHONE in aspects_in(hearing.text, hearing.knowledge)
    numbers = (help_numbers(hearing, category),) if asked else ()
    return hearing.turn(Outcome.QUESTION, again(hearing, category), *numbers, *open_question(hearing))
