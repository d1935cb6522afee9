"""The check: one short question with the number in it, where we are unsure whether somebody is in danger."""

from bot.conversation import Choice, Danger, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.after_help import lately_told
from bot.dialogue.afterwards import means
from bot.dialogue.another_matter import is_another_matter, is_asked
from bot.dialogue.danger.help_text import give_help, of_other
from bot.dialogue.danger.judging import judge
from bot.dialogue.hearing import Hearing
from bot.dialogue.payload import make
from bot.dialogue.phrasing import spell_out
from bot.dialogue.signals import read_signals
from bot.dialogue.talk import smalltalk_in
from bot.texts import say
from knowledge.schema.base import Level

YES = frozenset({"si", "sip", "yes", "yeah", "yep", "simon", "claro"})


def ask_check(hearing: Hearing) -> Turn | None:
    """One short question with the number in it, where we are unsure whether somebody is in danger."""
    check = hearing.check
    if check is None or lately_told(hearing) is not None or smalltalk_in(hearing.text, hearing.knowledge):
        return None  # the number is there, or in the answer to a bare cry for help
    category = hearing.knowledge.categories[check.category]
    options = (("yes", say("yes", hearing.lang)), ("no", say("no", hearing.lang)))
    choices = tuple(Choice(label=label, payload=make("k", check.category, option)) for option, label in options)
    other = category.other if of_other(hearing, category.id) else None
    words = other.check if other is not None and other.check is not None else category.check
    reply = Reply(ReplyKind.CHECK, hearing.fill(words.say(hearing.lang)), choices)
    return hearing.turn(Outcome.CHECK, reply, check=check.category, checking=check.category)


def answer_check(hearing: Hearing) -> Turn | None:
    """Words after a check question: what settles or denies is none, what goes on is danger, a question is a question.

    Where a no has a line of its own, all else is danger.
    """
    category = hearing.knowledge.categories.get(hearing.conversation.checking or "")
    if category is None:
        return None
    first = next(iter(spell_out(hearing.text, hearing.knowledge.spelling).split()), "")
    if first in YES or (category.check_no is not None and not is_another_matter(hearing)):
        return confirmed(hearing, category.id)
    if category.check_no is not None:
        return None
    if _is_none(hearing):
        return None if hearing.understood.clear else calm(hearing, category.id)
    return confirmed(hearing, category.id) if _goes_on(hearing) else None


def _is_none(hearing: Hearing) -> bool:
    text, knowledge = hearing.text, hearing.knowledge
    return read_signals(text, knowledge).settles or means("calm", text, knowledge) or means("no", text, knowledge)


def _goes_on(hearing: Hearing) -> bool:
    """Whether a message tells more of what was asked about: `somos treinta`, `no, pero saben dónde`."""
    text, knowledge = hearing.text, hearing.knowledge
    if is_asked(hearing) or smalltalk_in(text, knowledge):
        return False
    if hearing.understood.clear and not hearing.understood.from_context:
        return False
    # "me corrieron" may be from home; with "del trabajo, en mayo" both together are none.
    together = judge(". ".join(heard.text for heard in hearing.conversation.heard[-2:]), knowledge)
    return together is not None and (together.sure or together.unsure)


def confirmed(hearing: Hearing, category_id: str) -> Turn:
    """The check was answered with yes."""
    level = Level(hearing.knowledge.categories[category_id].level)
    words = hearing.conversation.heard[-2].text if len(hearing.conversation.heard) > 1 else ""
    danger = Danger(category_id, level.raised() if hearing.conversation.minor else level, "check", words[:200])
    return give_help(hearing, danger)


def calm(hearing: Hearing, category_id: str) -> Turn:
    """The check was answered with no."""
    own = hearing.knowledge.categories[category_id].check_no
    text = hearing.fill(own.say(hearing.lang)) if own is not None else say("check.calm", hearing.lang)
    return hearing.turn(Outcome.QUESTION, Reply(ReplyKind.QUESTION, text), checking=None)
