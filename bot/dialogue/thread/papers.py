"""A paper that somebody has and asks whether it serves, or lacks: what the open matter says of it, how one gets it."""

import re

from bot.conversation import Turn
from bot.dialogue.bearing.answering import FITS
from bot.dialogue.excerpts.nearest import open_topic, ranked_sections
from bot.dialogue.excerpts.quoting import faintly_quoted, lacks
from bot.dialogue.excerpts.replies import may_not, told
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.context import named_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.conditions import circumstances_in
from bot.dialogue.understanding import by_itself
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import asks
from knowledge.schema.topics import Aspect, Topic

_BUT = re.compile(
    r"\b(?:pero|nomas que|solo que|aunque|y|but|although|and)\b(?=.*\b(?:tengo|traigo|have|got)\b)", re.IGNORECASE
)
"""Where what is asked for ends, and what somebody has begins."""


SURELY = 0.6
"""Likelihood from which a message by itself tells what somebody lacks."""


def paper_for(hearing: Hearing) -> Turn | None:
    """Where a matter that takes papers is open, and the message asks whether one that the person has will do."""
    knowledge, understood = hearing.knowledge, hearing.understood
    if done := _wanted_beside(hearing) or _lacked_beside(hearing):
        return done
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


def thing_lacked(topic: Topic, hearing: Hearing) -> Turn | None:
    """How one gets the paper that is lacked, where a topic of ours gives it."""
    knowledge, alone = hearing.knowledge, by_itself(hearing.text, hearing.knowledge)
    if not alone.clear or alone.topics[0].topic not in set(knowledge.follow_ups.gives) - {topic.id}:
        return None
    if alone.best < SURELY and alone.topics[0].topic not in named_in(hearing.text, ranker_of(knowledge), knowledge):
        return None
    best, first = alone.topics[0], knowledge.texts["thread-lacks-first"].say(hearing.lang)
    if is_closed(best.topic, hearing):
        return None
    other = knowledge.topics[best.topic]
    without = (one for one in other.sections if one.title is not None and lacks(one.title.es, knowledge))
    return told(other, next(without, other.section_or_first(best.section)), None, hearing, first=first)


def _lacked_beside(hearing: Hearing) -> Turn | None:
    """The same where that paper and the open topic are about as likely: what is lacked needs no menu of the two."""
    understood, opened = hearing.understood, open_topic(hearing)
    first, *others = (one.topic for one in understood.topics) if understood.topics else ("",)
    if understood.clear or opened == first or opened not in others or asks(hearing.text, hearing.knowledge):
        return None
    return thing_lacked(hearing.knowledge.topics[opened], hearing) if lacks(hearing.text, hearing.knowledge) else None


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
