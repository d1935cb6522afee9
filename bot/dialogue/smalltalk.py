"""Everyday talk, answered kindly and never with a topic."""

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.after_help import lately_told
from bot.dialogue.compose import topic_button
from bot.dialogue.directory.answer import troubled
from bot.dialogue.hearing import Hearing
from bot.dialogue.signals import citizen_alone, place_alone, read_signals
from bot.dialogue.talk import smalltalk_in
from bot.texts import say


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


def note_place(hearing: Hearing) -> Turn | None:
    """Who says where they are or of which country, and nothing else, before any matter, is asked what they need."""
    text, knowledge = hearing.text, hearing.knowledge
    if hearing.conversation.topic is not None or troubled(hearing):
        return None
    said = read_signals(text, knowledge)
    # The bare name of a place may ask for anything there.
    is_place = said.country is not None and place_alone(text, knowledge)
    is_people = said.citizen is not None and citizen_alone(text, knowledge)
    if not is_place and not is_people:
        return None
    return hearing.turn(Outcome.SMALLTALK, Reply(ReplyKind.SMALLTALK, hearing.fill(say("country.noted", hearing.lang))))
