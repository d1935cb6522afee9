"""A message that stays with the open topic whatever its other words sound like: "y eso dónde se arregla"."""

from dataclasses import replace

from bot.conversation import Conversation, TopicScore
from bot.dialogue.aspects import aspects_in
from bot.dialogue.audience import closed
from bot.dialogue.bearing.answering import choose_next
from bot.dialogue.context import wording_of
from bot.dialogue.directory.places import read
from bot.dialogue.framed import frames_of
from bot.dialogue.model_cache import ranker_of
from bot.dialogue.offering import category_of
from bot.dialogue.phrasing import spell_out
from bot.dialogue.questions import asks
from bot.dialogue.quoting import has_it
from bot.dialogue.understanding import CANDIDATES, Understanding
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Topic

HAS = ("^(si)? (tengo|tenemos|traigo|traemos|tiene|saque|sacamos) ya",)
"""The frames for what somebody has already, with the other order of words."""
NOT = "no"
"""The word with which a place is put right."""


def staying(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same with the open topic first where the message asks of "that" alone, and does not name the likeliest."""
    opened = knowledge.topics.get(conversation.topic or "")
    if opened is None or found.bearing is not Bearing.OTHER or found.turned or found.term is not None:
        return found
    if _puts_place_right(text, knowledge) and _of_another_kind(found, opened, knowledge):
        there = going_on(opened, found, text, conversation, knowledge)
        return replace(there, bearing=Bearing.TELLS, fits=False)  # no section is of a place that is no question
    if _tells_of_paper(found, text, opened, knowledge):
        return replace(going_on(opened, found, text, conversation, knowledge), bearing=Bearing.TELLS, fits=False)
    if not asks_of_that(text, knowledge):
        return found
    named = wording_of(text, ranker_of(knowledge), knowledge).named
    likeliest = {one.topic for one in found.topics[:1]}
    return found if named & likeliest - {opened.id} else going_on(opened, found, text, conversation, knowledge)


def asks_of_that(text: str, knowledge: Knowledge) -> bool:
    """Whether a message asks of "that" and of nothing else."""
    return frames_of(knowledge.follow_ups.of_that).first(spell_out(text, knowledge.spelling)) is not None


def _tells_of_paper(found: Understanding, text: str, opened: Topic, knowledge: Knowledge) -> bool:
    """Whether it only tells of a paper that is had, and that is not what is open: nobody asks for what they have."""
    paper = next((one.topic for one in found.topics), None)
    if paper == opened.id or paper not in knowledge.follow_ups.gives or asks(text, knowledge):
        return False
    owns = has_it(text, knowledge) or frames_of(HAS).first(spell_out(text, knowledge.spelling)) is not None
    return owns and not aspects_in(text, knowledge)


def _puts_place_right(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says that it is not in this place but that one, and nothing else: "a Cuba, no a México"."""
    if NOT not in fold(text).replace(",", " ").split():
        return False
    asked = read(text, knowledge)
    return asked is not None and asked.only_told


def _of_another_kind(found: Understanding, opened: Topic, knowledge: Knowledge) -> bool:
    """Whether what it sounds like only bears the name of the place: the same done elsewhere is of one kind."""
    return all(category_of(one.topic, knowledge) != category_of(opened.id, knowledge) for one in found.topics[:1])


def going_on(
    opened: Topic, found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge
) -> Understanding:
    """A message read as one that goes on with the open topic, with the section that answers it best."""
    without = closed(opened, conversation, text, knowledge)
    best = choose_next(opened, text, aspects_in(text, knowledge), conversation.section, knowledge, without)
    score = found.topics[0].score if found.topics else 0.0
    others = tuple(one for one in found.topics if one.topic != opened.id)
    return Understanding(
        (TopicScore(opened.id, best.section, score), *others)[:CANDIDATES],
        best.aspect,
        best.gap,
        from_context=True,
        goes_on=True,
        fits=best.fits,
        bearing=Bearing.GOES_ON,
        again=best.section in conversation.shown,
    )
