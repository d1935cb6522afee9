"""Sections of topics as replies: whole at first, short where it was said before or a short form is asked for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, takewhile

from bot.conversation import Choice, Conversation, Reply, ReplyKind
from bot.dialogue.decision import Definition, ForOthers, Section, Sources
from bot.dialogue.message import Message
from bot.dialogue.rendering.answers import answer, definition, sources
from bot.dialogue.rendering.buttons import section_button, topic_button
from bot.dialogue.rendering.directory import with_consulate
from bot.dialogue.rendering.doors import filled
from bot.dialogue.rendering.rendered import Rendered
from bot.dialogue.rendering.talk import render_for_others
from bot.dialogue.signals import Signals
from bot.dialogue.signals.audience import leads_to_government
from bot.dialogue.words.payload import read
from bot.texts import say
from knowledge.schema.topics import Section as Content
from knowledge.schema.topics import Topic

SHORT = 35
"""Words of the short form of a section."""
CHOICES = 4
"""Choices under an answer, at most."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def render_section(act: Section, m: Message, s: Signals, state: Conversation) -> Rendered:
    """One section: its short form where it was shown before and was not asked for again."""
    topic = s.knowledge.topics[act.topic]
    section = topic.section_or_first(act.section)
    if s.person.fears_government and leads_to_government(topic, section.id, s.knowledge):
        return render_for_others(ForOthers(topic.id, refuge=True), m, s, state)
    shown = f"{topic.id}/{section.id}"
    lang = "es" if act.lang == "es" else s.lang
    head = say(act.head, lang) if act.head else ""
    before = shown in state.said_before.shown and not act.again and act.lang is None
    if act.short or before:
        key = "said.short" if act.short else "said.before"
        return Rendered((_short(topic, section, say(key, lang), s, state),), (shown,))
    in_thread = state.topic == topic.id
    reply = answer(topic, section, s.person, s.knowledge, lang, s.today, gap=act.gap, first=head, in_thread=in_thread)
    reply = with_consulate(reply, topic.id, m, s)
    return Rendered((replace(reply, choices=_open_to(reply.choices, s)[:CHOICES]),), (shown,))


def _open_to(choices: Sequence[Choice], s: Signals) -> tuple[Choice, ...]:
    """The choices that lead nobody to the government that they fear."""
    if not s.person.fears_government:
        return tuple(choices)
    return tuple(choice for choice in choices if not _to_government(choice, s))


def _to_government(choice: Choice, s: Signals) -> bool:
    tap = read(choice.payload)
    topic = s.knowledge.topics.get(tap.parts[0]) if tap is not None and tap.kind in ("t", "s") else None
    section = tap.parts[1] if tap is not None and tap.kind == "s" else ""
    return topic is not None and leads_to_government(topic, section, s.knowledge)


def _short(topic: Topic, section: Content, head: str, s: Signals, state: Conversation) -> Reply:
    """Its first sentences and its next step, and the sections that were not shown."""
    said = "\n".join((section.text.say(s.lang), *(step.say(s.lang) for step in section.steps)))
    step = (section.do or topic.do).say(s.lang)
    text = f"{head} {short_form(said)}\n\n➡ {step}"
    left = [
        one
        for one in topic.sections
        if f"{topic.id}/{one.id}" not in (*state.said_before.shown, f"{topic.id}/{section.id}")
    ]
    choices = tuple(section_button(topic, one, s.knowledge, s.lang) for one in left[: CHOICES - 1])
    return Reply(ReplyKind.ANSWER, filled(text, s), _open_to(choices, s))


def short_form(text: str) -> str:
    """The first sentences of a text, as many as SHORT words hold; at least one."""
    sentences = _SENTENCE.split(text)
    counts = accumulate(len(one.split()) for one in sentences)
    fitting = sum(1 for _ in takewhile(lambda count: count <= SHORT, counts))
    return " ".join(sentences[: max(1, fitting)])


def render_sources(act: Sources, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Where an answer or the sentence of a term comes from, in full."""
    topic, term = s.knowledge.topics[act.topic], s.knowledge.glossary.get(act.term or "")
    section = topic.section_or_first((term.section if term else act.section) or "")
    title, cited = (topic.title.say(s.lang), section.sources) if term is None else (term.terms[0], term.sources)
    back = topic_button(topic, s.knowledge, s.lang, section.id)
    return Rendered((sources(title, cited, back, s.knowledge, s.lang),))


def render_definition(act: Definition, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The sentence of a term."""
    return Rendered((definition(s.knowledge.glossary[act.term], s.person, s.knowledge, s.lang, s.today),))
