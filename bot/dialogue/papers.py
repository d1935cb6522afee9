"""A paper that somebody has and asks whether it serves: what the open matter says of it, not the paper's own topic."""

from functools import lru_cache

from bot.conversation import Turn
from bot.dialogue.bearing.answering import FITS
from bot.dialogue.hearing import Hearing
from bot.dialogue.nearest import open_topic, ranked_sections
from bot.dialogue.phrasing import spell_out
from bot.dialogue.quoting import faintly_quoted
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread_parts import may_not, told
from knowledge.frames import FrameSet, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect


def paper_for(hearing: Hearing) -> Turn | None:
    """Where a matter that takes papers is open, and the message asks whether one that the person has will do."""
    knowledge, understood = hearing.knowledge, hearing.understood
    topic = knowledge.topics.get(open_topic(hearing) or "")
    if topic is None or is_closed(topic.id, hearing) or understood.turned or not understood.topics:
        return None
    wanted = next((one for one in topic.sections if one.aspect is Aspect.REQUIREMENTS), None)
    if wanted is None or _serves(knowledge).first(spell_out(hearing.text, knowledge.spelling)) is None:
        return None
    first = understood.topics[0].topic
    if first not in {topic.id, *knowledge.follow_ups.gives}:
        return None
    name, likely = ranked_sections(topic, hearing)[0]
    if first == topic.id and likely >= FITS and name != wanted.id:
        return None  # another section speaks of it
    return told(topic, wanted, faintly_quoted(wanted, hearing) or None, hearing, first=may_not(topic, hearing))


@lru_cache(maxsize=4)
def _serves(knowledge: Knowledge) -> FrameSet[bool]:
    return FrameSet(unkeyed(knowledge.follow_ups.serves))
