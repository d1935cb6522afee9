"""What the replies of a thread are made of: a section or a part of it, and the buttons of what else may be meant."""

from dataclasses import replace
from typing import Any

from bot.conversation import Choice, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.commands import open_question_aside
from bot.dialogue.compose import answer, section_button, topic_button
from bot.dialogue.directory.offers import with_consulate
from bot.dialogue.excerpts.nearest import ranked_sections, reached, with_contacts
from bot.dialogue.excerpts.quoting import first_sentence
from bot.dialogue.hearing import Hearing
from bot.dialogue.refuge import is_closed
from bot.dialogue.rejected import kept
from bot.dialogue.understanding import CLARIFY, Understanding, by_itself
from knowledge.schema.base import Words
from knowledge.schema.topics import Section, Topic

MOST_SECTIONS, MOST_TOPICS = 3, 2
"""Buttons where nothing fits: the nearest sections (nine times in ten the right one is among them), other topics."""
ALONE = 0.2
"""Score of a message read by itself from which another topic is offered."""


def thread_turn(
    hearing: Hearing, topic: Topic, reply: Reply, outcome: Outcome = Outcome.ANSWER, **changes: Any
) -> Turn:
    """A turn in which the topic stays open."""
    answered = (topic.id,) if outcome is Outcome.ANSWER else ()
    return hearing.turn(outcome, reply, *open_question_aside(hearing), answered=answered, topic=topic.id, **changes)


def told(topic: Topic, section: Section, text: str | None, hearing: Hearing, first: str = "") -> Turn:
    """The answer of a section; with a text, only this of it is said, unless the section is the answer and is new."""
    part = section
    if text is not None and not _answers_anew(topic, section, hearing):
        # What to do is said below, once.
        do = topic.do if section.do and text in section.do.say(hearing.lang) else section.do
        part = section.model_copy(update={"text": Words(es=text, en=text), "steps": (), "do": do})
    today = hearing.now.date()
    said = hearing.conversation, hearing.knowledge, hearing.lang, today
    reply = answer(topic, part, *said, first=first, in_thread=True)
    if first:
        own = {each.id: section_button(topic, each, hearing.knowledge, hearing.lang) for each in topic.sections}
        near = (each for each in section_choices(topic, hearing) if each != own[section.id])
        reply = replace(reply, choices=(*near, *(each for each in reply.choices if each not in own.values())))
    return thread_turn(hearing, topic, with_consulate(reply, topic, hearing), section=section.id)


def _answers_anew(topic: Topic, section: Section, hearing: Hearing) -> bool:
    """Whether the section was chosen for the message and not shown yet: a part of it leaves out what it hangs on."""
    understood, best = hearing.understood, next(iter(hearing.understood.topics), None)
    chosen = best is not None and (best.topic, best.section) == (topic.id, section.id)
    return chosen and understood.goes_on and understood.fits and not (understood.again or understood.gap)


def in_brief(topic: Topic, section: Section, hearing: Hearing) -> Reply:
    """The first sentence of a section and its step, without buttons: another question stands before it."""
    text = first_sentence(section, hearing.lang)
    part = section.model_copy(update={"text": Words(es=text, en=text), "steps": ()})
    reply = answer(topic, part, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date())
    return replace(reply, choices=())


def may_not(topic: Topic, hearing: Hearing) -> str:
    """That this may not answer, and the first of those who know."""
    return with_contacts(hearing.knowledge.texts["thread-nearest"], reached(topic, hearing)[:1], hearing)


def with_line(head: Reply, line: str) -> Reply:
    """A reply with one more paragraph."""
    return replace(head, text=f"{head.text}\n\n{line}")


def choices_of(topic: Topic, hearing: Hearing) -> tuple[Choice, ...]:
    """The nearest sections, and what else may be meant."""
    return (*section_choices(topic, hearing), *topic_choices(topic, hearing.understood, hearing))


def head_of(topic: Topic, hearing: Hearing) -> Reply:
    """The title and the choices of a topic, before anything is said of it."""
    return Reply(ReplyKind.ANSWER, topic.title.say(hearing.lang), choices_of(topic, hearing))


def section_choices(topic: Topic, hearing: Hearing) -> list[Choice]:
    """The nearest sections that were not shown; where all were, the nearest."""
    near, shown = [name for name, _ in ranked_sections(topic, hearing)], hearing.conversation.shown
    left = [name for name in near if name not in shown] or near
    sections = map(topic.section_or_first, left)
    return kept((section_button(topic, each, hearing.knowledge, hearing.lang) for each in sections), hearing)[
        :MOST_SECTIONS
    ]


def topic_choices(topic: Topic, understood: Understanding, hearing: Hearing) -> list[Choice]:
    """What else may be meant, in the thread or by the message alone: who knows of the question, not of the topic."""
    likely = [each.topic for each in understood.topics if each.score >= CLARIFY]
    alone = [each.topic for each in by_itself(hearing.text, hearing.knowledge).topics if each.score >= ALONE]
    names = [name for name in dict.fromkeys((*likely, *alone)) if name != topic.id and not is_closed(name, hearing)]
    topics = (hearing.knowledge.topics[name] for name in names)
    return kept((topic_button(each, hearing.knowledge, hearing.lang) for each in topics), hearing)[:MOST_TOPICS]
