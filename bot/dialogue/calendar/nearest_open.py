"""Where a subject has no forum with a date near: that is said, and the nearest dated one that is open stands beside."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation import Reply, Turn
from bot.dialogue.calendar import replies
from bot.dialogue.calendar.turns import about
from bot.dialogue.calendar.words import Asked
from bot.dialogue.hearing import Hearing
from bot.texts import say
from knowledge.schema.calendar import Access, Event, first_day, last_day

SOON = timedelta(days=400)
"""What is later than that has no date that anybody can plan for."""
SHOWN = 2
"""Events of the subject beside the dated one."""
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
    choices = tuple(replies.event_button(each, lang) for each in (*shown, dated))
    first = replies.many(hearing, events)
    return about(events[0], hearing, Reply(first.kind, "\n\n".join(blocks), choices), found=events)


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
    return replace(reply, text=text, choices=(*reply.choices, replies.event_button(dated, lang)))


def _is_dated(event: Event, hearing: Hearing) -> bool:
    """Whether its month is known, though only by other years, and it is to come and not far off."""
    moment, today = _moment(event), hearing.today
    if len(moment) < MONTH:
        return False
    return today <= last_day(moment) and first_day(moment) <= today + SOON


def _moment(event: Event) -> str:
    return event.start or ""
