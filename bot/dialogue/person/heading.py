"""Who travels where: a visit to somebody outside Mexico needs no paper of Mexico's."""

from functools import lru_cache

from bot.conversation import Conversation
from bot.dialogue.person.signals import MEXICO, places_named
from bot.dialogue.words.phrasing import heard_in
from bot.dialogue.words.sounds import heard_frames
from knowledge.frames import FrameSet, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.talk import Beyond


@lru_cache(maxsize=4)
def _comes(knowledge: Knowledge) -> FrameSet[bool]:
    return heard_frames(unkeyed(knowledge.signals.comes))


def leaves_mexico(state: Conversation, text: str, knowledge: Knowledge) -> bool:
    """Whether somebody who is in Mexico is to visit the writer, who is not."""
    comes = any(_comes(knowledge).first(part) for part in heard_in(text, knowledge.spelling))
    if not comes or state.country == MEXICO:
        return False
    said = (text, *(heard.text for heard in state.heard))
    return state.country is not None or any(MEXICO in places_named(one, knowledge) for one in said)


def of_visits(knowledge: Knowledge) -> Beyond | None:
    """What we say of a visit to the United States."""
    return next((subject for subject in knowledge.beyond if subject.visit), None)
