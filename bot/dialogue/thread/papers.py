"""A paper that somebody has and asks whether it serves: what the open matter says of it, not the paper's own topic."""

import re

from bot.conversation import Turn
from bot.dialogue.bearing.answering import FITS
from bot.dialogue.excerpts.nearest import open_topic, ranked_sections
from bot.dialogue.excerpts.quoting import faintly_quoted
from bot.dialogue.excerpts.replies import may_not, told
from bot.dialogue.hearing import Hearing
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.conditions import circumstances_in
from bot.dialogue.understanding import by_itself
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.schema.topics import Aspect

_BUT = re.compile(
    r"\b(?:pero|nomas que|solo que|aunque|y|but|although|and)\b(?=.*\b(?:tengo|traigo|have|got)\b)", re.IGNORECASE
)
"""Where what is asked for ends, and what somebody has begins."""


def paper_for(hearing: Hearing) -> Turn | None:
    """Where a matter that takes papers is open, and the message asks whether one that the person has will do."""
    knowledge, understood = hearing.knowledge, hearing.understood
    if wanted_first := _wanted_beside(hearing):
        return wanted_first
    if any(one.first for one in circumstances_in(hearing.text, knowledge)):
        return None  # "puedo ir" of another town, not with a paper
    topic = knowledge.topics.get(open_topic(hearing) or "")
    if topic is None or is_closed(topic.id, hearing) or understood.turned or understood.also or not understood.topics:
        return None
    wanted = next((one for one in topic.sections if one.aspect is Aspect.REQUIREMENTS), None)
    if (
        wanted is None
        or frames_of(knowledge.follow_ups.serves).first(spell_out(hearing.text, knowledge.spelling)) is None
    ):
        return None
    first = understood.topics[0].topic
    if first not in {topic.id, *knowledge.follow_ups.gives}:
        return None
    name, likely = ranked_sections(topic, hearing)[0]
    if first == topic.id and likely >= FITS and name != wanted.id:
        return None  # another section speaks of it
    return told(topic, wanted, faintly_quoted(wanted, hearing) or None, hearing, first=may_not(topic, hearing))


def _wanted_beside(hearing: Hearing) -> Turn | None:
    """The same where one message asks for a thing and tells of a paper that would serve: "quiero A, pero tengo B"."""
    knowledge, text = hearing.knowledge, hearing.text
    cut = _BUT.search(text)
    if cut is None or frames_of(knowledge.follow_ups.serves).first(spell_out(text, knowledge.spelling)) is None:
        return None
    thing, paper = by_itself(text[: cut.start()], knowledge), by_itself(text[cut.end() :], knowledge)
    if not (thing.clear and thing.topics and paper.topics):
        return None
    asked, had = thing.topics[0].topic, paper.topics[0].topic
    topic = knowledge.topics[asked]
    wanted = next((one for one in topic.sections if one.aspect is Aspect.REQUIREMENTS), None)
    if wanted is None or asked == had or had not in knowledge.follow_ups.gives or is_closed(asked, hearing):
        return None
    return told(topic, wanted, None, hearing)
