"""Everyday talk, answered kindly and never with a topic."""

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.hearing import Hearing
from bot.dialogue.talk import smalltalk_in


def answer_smalltalk(hearing: Hearing) -> Turn | None:
    """The turn of a greeting, thanks, a laugh …"""
    found = smalltalk_in(hearing.text, hearing.knowledge)
    if found is None:
        return None
    text = hearing.fill(found.reply.say(hearing.lang))
    return hearing.turn(Outcome.SMALLTALK, Reply(ReplyKind.SMALLTALK, text))
