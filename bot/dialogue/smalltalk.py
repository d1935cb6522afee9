"""Everyday talk, answered kindly and never with a topic."""

from functools import lru_cache

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.after_help import lately_told
from bot.dialogue.compose import topic_button
from bot.dialogue.directory.answer import troubled
from bot.dialogue.hearing import Hearing
from bot.dialogue.phrasing import sentences
from bot.dialogue.signals import place_alone, read_signals
from bot.dialogue.sounds import heard_frames
from bot.dialogue.talk import smalltalk_in
from bot.texts import say
from knowledge.frames import FrameSet
from knowledge.model import Knowledge


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
    is_people = said.citizen is not None and _people_alone(text, knowledge)
    if not is_place and not is_people:
        return None
    return hearing.turn(Outcome.SMALLTALK, Reply(ReplyKind.SMALLTALK, hearing.fill(say("country.noted", hearing.lang))))


def _people_alone(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says of which country its writer is, and not a word more."""
    parts = sentences(text, knowledge.spelling)
    whole = [(f" {part.heard} ", match) for part in parts for match in _citizens(knowledge).find(part.heard)]
    return len(parts) == 1 and any(not (said[: match.start] + said[match.end :]).strip() for said, match in whole)


@lru_cache(maxsize=8)
def _citizens(knowledge: Knowledge) -> FrameSet[bool]:
    return heard_frames((True, frame) for frames in knowledge.signals.citizens.values() for frame in frames)
