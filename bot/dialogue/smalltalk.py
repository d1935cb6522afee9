"""Everyday talk, answered kindly and never with a topic."""

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.after_help import lately_told
from bot.dialogue.compose import topic_button
from bot.dialogue.hearing import Hearing
from bot.dialogue.talk import smalltalk_in


def answer_smalltalk(hearing: Hearing) -> Turn | None:
    """The turn of a greeting, thanks, a laugh …"""
    found = smalltalk_in(hearing.text, hearing.knowledge)
    if found is None:
        return None
    # Who fears their government is offered nothing that is done at its consulate.
    closed = hearing.knowledge.directory.business if hearing.conversation.fears_government else ()
    offered = (hearing.knowledge.topics[topic] for topic in found.topics if topic not in closed)
    choices = tuple(topic_button(topic, hearing.knowledge, hearing.lang) for topic in offered)
    words = found.reply if found.untold is None or lately_told(hearing) else found.untold
    text = hearing.fill(words.say(hearing.lang))
    return hearing.turn(Outcome.SMALLTALK, Reply(ReplyKind.SMALLTALK, text, choices))
