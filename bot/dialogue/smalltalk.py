"""Everyday talk, answered kindly and never with a topic."""

from functools import lru_cache

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.compose import fill_for
from bot.dialogue.hearing import Hearing
from bot.dialogue.phrasing import spell_out
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.topics import SmallTalk


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> FrameSet[SmallTalk]:
    return FrameSet((talk, frame) for talk in knowledge.smalltalk for frame in talk.frames)


def answer_smalltalk(hearing: Hearing) -> Turn | None:
    """The turn of a greeting, thanks, a laugh …"""
    found = _frames(hearing.knowledge).first(spell_out(hearing.text, hearing.knowledge.spelling))
    if found is None:
        return None
    text = fill_for(
        found.key.reply.say(hearing.lang), hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date()
    )
    return hearing.turn(Outcome.SMALLTALK, Reply(ReplyKind.SMALLTALK, text))
