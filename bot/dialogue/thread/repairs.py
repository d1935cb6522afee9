"""What is said to "I did not understand", "nobody answers there", "who can I ask": in short, another way, who knows."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.conversation import Reply, ReplyKind, Turn
from bot.dialogue.bearing.answering import FITS, choose_next
from bot.dialogue.compose import answer, section_button
from bot.dialogue.excerpts.nearest import open_topic, ranked_sections, reached, with_contacts
from bot.dialogue.excerpts.quoting import first_sentence, quoted_by_name, sentences_of
from bot.dialogue.excerpts.replies import head_of, thread_turn, told, with_line
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import closed
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.complaints import rejects
from bot.dialogue.thread.conditions import decision_on
from bot.dialogue.thread.objections import person_button
from bot.dialogue.thread.terms import in_our_words
from bot.dialogue.words.aspects import aspects_in, held_by
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import asks
from knowledge.addresses import PLACEHOLDER
from knowledge.model import Knowledge
from knowledge.schema.base import Words
from knowledge.schema.topics import Aspect, Section, Topic

MOST_SECTIONS = 2
"""Buttons of sections beside a person."""
_THINGS = re.compile(r"(?<=[:;])\s+")
"""Where one thing of a list ends and the next begins."""
MOST_SAID = 3
"""Words for a subject beside the wish for simpler words."""


def mend(hearing: Hearing) -> Turn | None:
    """Where the last answer was not understood, or led to nobody."""
    knowledge, understood = hearing.knowledge, hearing.understood
    topic = knowledge.topics.get(open_topic(hearing) or "")
    if topic is None or is_closed(topic.id, hearing) or (understood.clear and not understood.goes_on):
        return None
    shown = topic.section_or_first(hearing.conversation.section or "")
    spelled = spell_out(hearing.text, knowledge.spelling)
    if frames_of(knowledge.follow_ups.unreached).first(spelled):
        return _other_way(topic, shown, hearing)
    if frames_of(knowledge.follow_ups.whom).first(spelled):
        return _to_ask(topic, hearing)
    if led := _not_found(topic, shown, spelled, hearing):
        return led
    if said := in_our_words(hearing):
        return told(topic, *said, hearing)
    rest = spelled
    while found := frames_of(knowledge.follow_ups.simpler).first(rest):
        rest = f"{f' {rest} '[: found.start]} {f' {rest} '[found.end :]}".strip()
    if rest == spelled:
        return None
    about = said_in(rest, ranker_of(knowledge), knowledge)
    if asked := _asked_beside(topic, shown, replace(hearing, text=rest)):
        return asked
    name, likely = ranked_sections(topic, hearing)[0]
    if name != shown.id and likely >= FITS and covered(about, topic, knowledge):
        return _turn(topic, _answer(topic, topic.section_or_first(name), "", hearing), hearing, section=name)
    # With more, it is a story of its own; less of what was said to be wrong is no answer.
    wrong = rejects(hearing.text, knowledge) or rejects(rest, knowledge)
    return _in_short(topic, shown, hearing) if len(about) <= MOST_SAID and not wrong else None


def _not_found(topic: Topic, shown: Section, spelled: str, hearing: Hearing) -> Turn | None:
    """The section for what was not found; where that is not said, one question what it is, with what there is.

    Where the topic is of people in danger, it may be one of them.
    """
    knowledge, state = hearing.knowledge, hearing.conversation
    found = frames_of(knowledge.follow_ups.not_found).first(spelled)
    if found is None or any(topic.id in one.topics for one in knowledge.categories.values()):
        return None
    rest = f"{f' {spelled} '[: found.start]} {f' {spelled} '[found.end :]}".strip()
    aspects, understood = aspects_in(rest, knowledge), hearing.understood
    if not aspects and not said_in(rest, ranker_of(knowledge), knowledge):
        head = head_of(topic, hearing)
        return thread_turn(hearing, topic, with_line(head, knowledge.texts["thread-not-found"].say(hearing.lang)))
    if understood.goes_on and understood.fits and not understood.again:
        return None
    best = choose_next(topic, rest, aspects, shown.id, knowledge, closed(topic, state, rest, knowledge))
    if not best.fits or best.gap or best.section == shown.id:
        return None
    return told(topic, topic.section_or_first(best.section), None, hearing)


def _asked_beside(topic: Topic, shown: Section, heard: Hearing) -> Turn | None:
    """The answer to a question beside the wish for simpler words; of the section just shown what speaks of it."""
    knowledge, state = heard.knowledge, heard.conversation
    aspects = aspects_in(heard.text, knowledge)
    own = set(aspects) - {Aspect.WHAT} or said_in(heard.text, ranker_of(knowledge), knowledge)
    if not own or not asks(heard.text, knowledge):
        return None
    best = choose_next(topic, heard.text, aspects, shown.id, knowledge, closed(topic, state, heard.text, knowledge))
    if best.fits and not best.gap and best.section != shown.id:
        return _turn(
            topic, _answer(topic, topic.section_or_first(best.section), "", heard), heard, section=best.section
        )
    text = " ".join(one for one in sentences_of(shown, heard.lang) if held_by(one, knowledge) & set(aspects))
    if text := text if best.section == shown.id and text else quoted_by_name(shown, heard):
        part = shown.model_copy(update={"text": Words(es=text, en=text), "steps": ()})
        return _turn(topic, _answer(topic, part, knowledge.texts["thread-simpler"].say(heard.lang), heard), heard)
    return None


def _in_short(topic: Topic, shown: Section, hearing: Hearing) -> Turn:
    """The first sentence of the section, what it says to what was told last, and its step; and a person."""
    text = in_lines(first_sentence(shown, hearing.lang))
    before = hearing.conversation.heard[-2:-1]
    decision = decision_on(before[0].text, topic, (shown,), hearing) if before else None
    if decision is not None and decision.text not in text:
        text = f"{text}\n\n{decision.text}"
    part = shown.model_copy(update={"text": Words(es=text, en=text), "steps": ()})
    first = hearing.knowledge.texts["thread-simpler"].say(hearing.lang)
    return _turn(topic, _answer(topic, part, first, hearing), hearing)


def in_lines(sentence: str) -> str:
    """A sentence that lists things, one in each line."""
    first, *rest = _THINGS.split(sentence)
    return "\n• ".join((first, *(one.rstrip(";") for one in rest))) if ";" in sentence else sentence


def _to_ask(topic: Topic, hearing: Hearing) -> Turn:
    """Those who know, the next step, and the sections of the topic."""
    whom = with_contacts(hearing.knowledge.texts["thread-whom"], reached(topic, hearing), hearing)
    line = f"{whom}\n\n➡ {hearing.fill(topic.do.say(hearing.lang))}"
    head = head_of(topic, hearing)
    return thread_turn(hearing, topic, with_line(head, line))


def _other_way(topic: Topic, shown: Section, hearing: Hearing) -> Turn:
    """What helps where a contact does not answer; else others who know."""
    knowledge, lang = hearing.knowledge, hearing.lang
    named = list(dict.fromkeys(_contacts_in(topic, shown, knowledge)))
    for place in (knowledge.follow_ups.instead[name] for name in named if name in knowledge.follow_ups.instead):
        other, _, section = place.partition("/")
        first = knowledge.texts["thread-unreached"].say(lang)
        another = knowledge.topics[other]
        return _turn(topic, _answer(another, another.section_or_first(section), first, hearing), hearing)
    others = [name for name in reached(topic, hearing) if name not in named]
    said = knowledge.texts["thread-unreached-ask" if others else "thread-unreached-again"]
    line = with_contacts(said, others, hearing)
    left = [each for each in topic.sections if each is not shown][:MOST_SECTIONS]
    buttons = tuple(section_button(topic, each, knowledge, lang) for each in left)
    return _turn(topic, Reply(ReplyKind.ANSWER, f"{topic.title.say(lang)}\n\n{line}", buttons), hearing)


def _contacts_in(topic: Topic, shown: Section, knowledge: Knowledge) -> Iterator[str]:
    """Where the last answer sent the person."""
    for words in (shown.text, *shown.steps, shown.do or topic.do):
        yield from (name for name in PLACEHOLDER.findall(words.es) if name in knowledge.contacts)


def _answer(of: Topic, section: Section, first: str, hearing: Hearing) -> Reply:
    return answer(of, section, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date(), first=first)


def _turn(topic: Topic, reply: Reply, hearing: Hearing, **changes: Any) -> Turn:
    """The open topic stays open; a person is offered first."""
    reply = replace(reply, choices=(person_button(hearing), *reply.choices))
    return thread_turn(hearing, topic, reply, **changes)
