"""What is said to "no, that is not it", "I know", "I have none of that", "are you sure": never the same text again."""

from dataclasses import replace

from bot.conversation import CaseNeeded, Choice, Event, NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.commands import person_line
from bot.dialogue.compose import answer, section_button
from bot.dialogue.directory.offers import with_consulate
from bot.dialogue.excerpts.nearest import reached
from bot.dialogue.excerpts.replies import thread_turn
from bot.dialogue.hearing import Hearing
from bot.dialogue.rejected import kept
from bot.dialogue.thread.own_words import DOUBTING, OBJECTING, last_question, nearest_topics, objection_in
from bot.dialogue.words.payload import make
from bot.texts import say
from knowledge.addresses import contact_names, put
from knowledge.citing import source_names
from knowledge.schema.base import Level
from knowledge.schema.topics import Everyday, Section, Topic

MOST_TOPICS, MOST_SECTIONS = 2, 4
"""Buttons: other topics that the last question may mean, sections of the open one."""
PUT_RIGHT = "put-right"
"""How the text for what is put right is remembered: it is not said twice in a row."""
WEAK_IN_A_ROW = 2
"""Times in a row after which a person is offered in place of more buttons."""


def answer_objection(topic: Topic, section: Section, hearing: Hearing) -> Turn:
    """The section for who lacks what it takes, where one speaks of that; else what else was meant, or who knows."""
    understood, knowledge = hearing.understood, hearing.knowledge
    heard = objection_in(hearing.text, knowledge)
    if understood.everyday is Everyday.DOUBT and heard >= DOUBTING:
        return _doubted(topic, hearing)
    if understood.fits and not understood.again and not understood.gap:
        reply = answer(topic, section, hearing.conversation, knowledge, hearing.lang, hearing.now.date())
        reply = with_consulate(reply, topic, hearing)
        return thread_turn(hearing, topic, reply, section=section.id)
    if heard < OBJECTING and hearing.conversation.remark != PUT_RIGHT:
        # "No soy estudiante", "no ha venido nadie": a fact that puts something right, no complaint.
        said = put(knowledge.texts["thread-put-right"].say(hearing.lang), {"contacts": _who_knows(topic, hearing)})
        choices = (*_sections(topic, hearing), *nearest_topics(hearing, topic.id, MOST_TOPICS))
        turn = _turn(topic, said, choices, hearing, (), hearing.conversation.weak)
        return replace(turn, conversation=turn.conversation.having(remark=PUT_RIGHT))
    return _useless(topic, hearing)


def _useless(topic: Topic, hearing: Hearing) -> Turn:
    """First what else may be meant; then their own words and what is nearest; then who knows, and a person."""
    weak, knowledge = hearing.conversation.weak + 1, hearing.knowledge
    events: tuple[Event, ...] = (NotUnderstood(hearing.text, hearing.message_lang),)
    values = {"contacts": _who_knows(topic, hearing), "words": last_question(hearing)}
    near = (*nearest_topics(hearing, topic.id, MOST_TOPICS), *_sections(topic, hearing))
    if weak < WEAK_IN_A_ROW:
        return _turn(
            topic, put(knowledge.texts["thread-objected"].say(hearing.lang), values), near, hearing, events, weak
        )
    events = (*events, CaseNeeded(reason="weak_answers", level=Level.PRIORITY))
    if weak == WEAK_IN_A_ROW and values["words"] and not hearing.conversation.desk.on_duty:
        said = put(knowledge.texts["thread-own-words"].say(hearing.lang), values)
        return _turn(topic, said, (*near, person_button(hearing)), hearing, events, weak)
    said = put(knowledge.texts["thread-objected-again"].say(hearing.lang), values)
    said = f"{said}\n\n{person_line(hearing, asked=True)}"
    return _turn(topic, said, (person_button(hearing),), hearing, events, weak)


def person_button(hearing: Hearing) -> Choice:
    """The button that asks for a person; while nobody is there, it only leaves the message."""
    key = "button.person" if hearing.conversation.desk.on_duty else "button.leave"
    return Choice(label=say(key, hearing.lang), payload=make("c", "person"))


def _doubted(topic: Topic, hearing: Hearing) -> Turn:
    """Where it comes from, and whom to ask."""
    shown = topic.section_or_first(hearing.conversation.section or "")
    names = source_names(shown.sources, hearing.knowledge, hearing.lang).partition(": ")[2] or topic.title.say(
        hearing.lang
    )
    said = put(
        hearing.knowledge.texts["thread-doubted"].say(hearing.lang),
        {"sources": names, "contacts": _who_knows(topic, hearing)},
    )
    return _turn(
        topic, said, (person_button(hearing), *_sections(topic, hearing)), hearing, (), hearing.conversation.weak
    )


def _turn(
    topic: Topic, said: str, choices: tuple[Choice, ...], hearing: Hearing, events: tuple[Event, ...], weak: int
) -> Turn:
    reply = Reply(ReplyKind.CLARIFY, hearing.fill(said), choices)
    return thread_turn(hearing, topic, reply, Outcome.CLARIFY, events=events, weak=weak)


def _who_knows(topic: Topic, hearing: Hearing) -> str:
    return contact_names(reached(topic, hearing), hearing.knowledge, hearing.lang, hearing.now.date())


def _sections(topic: Topic, hearing: Hearing) -> list[Choice]:
    """The sections of the open topic that were not shown."""
    left = [each for each in topic.sections if each.id not in hearing.conversation.shown]
    buttons = (section_button(topic, each, hearing.knowledge, hearing.lang) for each in left)
    return kept(buttons, hearing)[:MOST_SECTIONS]
