"""Where a subject or a registration has no date near: that is said, with the nearest dated forum or who knows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation import NotUnderstood, Reply, Turn
from bot.dialogue.calendar import replies
from bot.dialogue.calendar.offers import event_of_topic
from bot.dialogue.calendar.rivals import leads_of
from bot.dialogue.calendar.turns import about
from bot.dialogue.calendar.words import Asked
from bot.dialogue.compose import event_button
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.excerpts.nearest import reached, with_contacts
from bot.dialogue.excerpts.quoting import sentences_where
from bot.dialogue.excerpts.replies import head_of, thread_turn, told, with_line
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.context import wording_of
from bot.dialogue.ranking.trained import ranker_of
from bot.texts import say
from knowledge.schema.calendar import Access, Event, first_day, last_day
from knowledge.schema.topics import Aspect

SOON = timedelta(days=400)
"""What is later than that has no date that anybody can plan for."""
SHOWN = 2
"""Events of the subject beside the dated one."""
CLOSING = frozenset(tokens("fecha fechas plazo plazos cierra cierre convocatoria date dates deadline closes closing"))
"""Words with which our own texts speak of the day on which something closes."""
STRAY = 3
"""Words that we cannot place beside it."""
TOLD = frozenset({Aspect.WHAT, Aspect.HOW, Aspect.REQUIREMENTS, Aspect.DURATION})
"""Sections that speak of the registration itself, not of a workshop on it."""
MONTH = 7
"""Characters of a partial date that has a month."""
SEEKING = frozenset({"next", "when", "list"})


def without_a_date(asked: Asked, events: Sequence[Event], hearing: Hearing) -> Turn | None:
    """The turn of a question for the next forum on a subject, where none that we know has a date near."""
    then = asked.dates.spans and any(each.start for each in events)  # what was found is of that time
    sought = asked.topics and asked.asks & SEEKING and not (asked.named or then or asked.places)
    if not sought or "past" in asked.asks or any(each.history or _is_dated(each, hearing) for each in events):
        return None
    dated = nearest_open(hearing)
    if dated is None or dated in events:
        return None
    lang, shown = hearing.lang, events[:SHOWN]
    blocks = [say("calendar.undated", lang), *(replies.in_short(each, hearing) for each in shown)]
    blocks += [say("calendar.nearest_open", lang), replies.in_short(dated, hearing)]
    blocks.append(replies.sources_of((*shown, dated), hearing.knowledge, lang))
    choices = tuple(event_button(each, lang) for each in (*shown, dated))
    first = replies.many(hearing, events)
    return about(events[0], hearing, Reply(first.kind, "\n\n".join(blocks), choices), found=events)


def undated_closing(asked: Asked, hearing: Hearing) -> Turn | None:
    """`¿Y el DPI cuándo cierra?`: what the topic of a registration without a deadline in the calendar says of dates."""
    named = asked.named or asked.kinds or asked.topics or asked.places or asked.dates.spans or asked.organisers
    if "until" not in asked.asks or named or "how" in asked.asks or len(asked.unknown) > STRAY:
        return None
    knowledge = hearing.knowledge
    topic = knowledge.topics.get(_registration(hearing) or "")
    if topic is None or topic.id not in leads_of(knowledge) or event_of_topic(topic.id, hearing) is not None:
        return None
    for section in (each for each in topic.sections if each.aspect in TOLD):
        if text := sentences_where(section, hearing.lang, lambda one: not CLOSING.isdisjoint(tokens(one))):
            return told(topic, section, text, hearing)
    gap = say("calendar.no_closing", hearing.lang)
    line = with_contacts(knowledge.texts["gap"], reached(topic, hearing), hearing, gap=gap)
    head = head_of(topic, hearing)
    return thread_turn(
        hearing, topic, with_line(head, line), events=(NotUnderstood(hearing.text, hearing.message_lang),)
    )


def _registration(hearing: Hearing) -> str | None:
    """The topic that a message names, else the open one: `y ese cuándo cierra` sounds like any that has a deadline."""
    best = hearing.understood.topics[0].topic if hearing.understood.clear else None
    said = wording_of(hearing.text, ranker_of(hearing.knowledge), hearing.knowledge)
    return best if best in said.named else hearing.conversation.topic or best


def nearest_open(hearing: Hearing) -> Event | None:
    """The next one with a month that takes organisations without any status."""
    dated = (each for each in replies.coming(hearing) if each.access is Access.OPEN and _is_dated(each, hearing))
    return min(dated, key=_moment, default=None)


def beside_nothing(reply: Reply, hearing: Hearing) -> Reply:
    """The same with the nearest dated one that is open."""
    dated, lang = nearest_open(hearing), hearing.lang
    if dated is None:
        return reply
    text = "\n\n".join((reply.text, say("calendar.nearest_open", lang), replies.in_short(dated, hearing)))
    return replace(reply, text=text, choices=(*reply.choices, event_button(dated, lang)))


def _is_dated(event: Event, hearing: Hearing) -> bool:
    """Whether its month is known, though only by other years, and it is to come and not far off."""
    moment, today = _moment(event), hearing.today
    if len(moment) < MONTH:
        return False
    return today <= last_day(moment) and first_day(moment) <= today + SOON


def _moment(event: Event) -> str:
    return event.start or ""
