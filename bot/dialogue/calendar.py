"""Questions about the forum calendar: an engine step before topics, and the taps that lead on from an event."""

from collections.abc import Callable, Sequence

from bot.conversation import NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue import calendar_replies as replies
from bot.dialogue.calendar_search import Found, find
from bot.dialogue.calendar_words import STRAY, Asked, may_ask, read
from bot.dialogue.compose import topic_button
from bot.dialogue.dates import tokens
from bot.dialogue.hearing import Hearing
from bot.texts import say
from knowledge import calendar
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event

PLAIN_FORUMS = frozenset({"forum", "event", "summit"})
HISTORY, SINCE = 2018, 2026
"""The calendar has that year, and these."""
SHORT = 8
"""Words of a question about the event that was just shown."""


def answer_calendar(hearing: Hearing) -> Turn | None:
    """The turn of a question about forums, dates or deadlines; None for all else."""
    today, english = replies.today_of(hearing), hearing.message_lang == "en"
    words = tokens(hearing.text)
    follows = hearing.conversation.event is not None and len(words) <= SHORT
    if not follows and not may_ask(words, hearing.knowledge):
        return None
    asked = read(hearing.text, hearing.knowledge, today, english=english)
    if follows and _asks_of_shown(asked):
        return _of_shown(hearing, asked)
    if _names_a_stranger(asked) and (set(asked.kinds) & PLAIN_FORUMS or not hearing.understood.clear):
        return _not_in_calendar(hearing)
    if not _is_for_us(asked, hearing.knowledge):
        return None
    if asked.dates.problem is not None:
        return hearing.turn(Outcome.QUESTION, replies.which_date(hearing, asked.dates.problem))
    return _told(hearing, asked, find(asked, hearing.knowledge, today))


def _is_for_us(asked: Asked, knowledge: Knowledge) -> bool:
    """An explicit question about the calendar, in words of which we know (nearly) all."""
    if "how" in asked.asks and not asked.asks & {"when", "until"}:
        return False
    if any(not knowledge.events[event].history for event in asked.editions):
        return len(asked.unknown) <= STRAY
    if asked.named:
        return _asks_by_name(asked, knowledge)
    # One stray word is forgiven where much else is understood.
    if len(asked.unknown) > (asked.length >= SHORT):
        return False
    return _asks_by_subject(asked)


def _asks_by_name(asked: Asked, knowledge: Knowledge) -> bool:
    kinds = {event.kind for event in knowledge.events.values() if event.series in asked.series}
    if kinds == {"deadline"}:
        when = "when" in asked.asks and not asked.kinds and len(asked.unknown) <= 2
        return ("until" in asked.asks or when) and len(asked.unknown) < STRAY
    if asked.dates.spans and not asked.dates.problem and not _in_calendar(asked):
        return not asked.unknown
    if asked.asks & {"when", "where", "until", "next"}:
        return len(asked.unknown) < STRAY
    if asked.dates.spans or asked.dates.problem:
        return len(asked.unknown) < (STRAY if asked.asks & {"list", "past"} else 1)
    return "past" in asked.asks and len(asked.unknown) <= 1


def _in_calendar(asked: Asked) -> bool:
    """Whether a date that was said is in years of which the calendar has anything."""
    return any(span.last.year >= HISTORY and not HISTORY < span.first.year < SINCE for span in asked.dates.spans)


def _asks_by_subject(asked: Asked) -> bool:
    dated = bool(asked.dates.spans or asked.dates.problem)
    subject = bool(asked.topics or asked.places)
    if set(asked.kinds) & PLAIN_FORUMS:
        return dated or subject or bool(asked.asks & {"next", "all"})
    if asked.kinds:
        return dated or (subject and bool(asked.asks & {"when", "next", "until"}))
    if subject and "next" in asked.asks and not asked.unknown:
        return True
    if not dated or asked.unknown:
        return False
    bare = asked.dates.year_said and all(span.first.year >= HISTORY for span in asked.dates.spans)
    return bool(asked.asks & {"list", "when", "where", "next", "until", "past", "all"}) or bare


def _names_a_stranger(asked: Asked) -> bool:
    """`foro social mundial 2027`: a forum by its noun, with a name that we do not have."""
    if asked.named or not asked.stranger or len(asked.unknown) > STRAY or "how" in asked.asks:
        return False
    return asked.dates.year_said or bool(asked.asks & {"when", "next", "until"})


def _asks_of_shown(asked: Asked) -> bool:
    plain = not (asked.named or asked.topics or asked.places or asked.dates.spans or asked.unknown)
    return plain and bool(asked.asks & {"when", "where", "until", "how"})


def _of_shown(hearing: Hearing, asked: Asked) -> Turn | None:
    event = hearing.knowledge.events.get(hearing.conversation.event or "")
    if event is None:
        return None
    if "how" in asked.asks and not asked.asks & {"when", "where", "until"}:
        return show_event(hearing, event.id, "how")
    return _one(hearing, event)


def _one(hearing: Hearing, event: Event, head: str = "") -> Turn:
    reply = replies.in_full(hearing, event, head)
    return hearing.turn(Outcome.ANSWER, reply, found=(event.id,), event=event.id, topic=None, section=None)


def _some(hearing: Hearing, events: Sequence[Event], start: int = 0, head: str = "") -> Turn:
    if len(events) == 1:
        return _one(hearing, events[0], head)
    reply = replies.many(hearing, events, start, head)
    found = tuple(event.id for event in events)
    return hearing.turn(Outcome.ANSWER, reply, found=found, event=events[start].id, topic=None, section=None)


def _told(hearing: Hearing, asked: Asked, found: Found) -> Turn:
    lang = hearing.lang
    said = replies.spans_said(asked.dates.spans, lang)
    if found.events:
        return _some(hearing, found.events, 0, say("calendar.elsewhen", lang) if found.note == "elsewhen" else "")
    if found.note == "history":
        return _empty(hearing, say("calendar.only_history", lang), found.beside)
    coming = calendar.upcoming(hearing.knowledge, replies.today_of(hearing))
    after = [e for e in coming if e.begins and not (asked.dates.spans and e.begins < asked.dates.spans[0].first)]
    reason = say("calendar.empty_then", lang, dates=said) if said else say("calendar.empty", lang)
    offered = (after or coming)[:1]
    return _empty(hearing, " ".join((reason, say("calendar.next_known", lang))) if offered else reason, offered)


def _empty(hearing: Hearing, reason: str, beside: Sequence[Event]) -> Turn:
    return hearing.turn(Outcome.ANSWER, replies.nothing(hearing, reason, beside), topic=None, section=None)


def _not_in_calendar(hearing: Hearing) -> Turn:
    """A forum that we do not have: admitted, kept for the editors, never answered with another."""
    reply = replies.nothing(hearing, say("calendar.stranger", hearing.lang), ())
    phrase = NotUnderstood(hearing.text, hearing.message_lang)
    return hearing.turn(Outcome.FALLBACK, Reply(ReplyKind.FALLBACK, reply.text), events=(phrase,))


def show_event(hearing: Hearing, event_id: str, what: str = "all") -> Turn:
    """A tapped event: all of it, or how to take part, with the topics that say what to register."""
    event = hearing.knowledge.events[event_id]
    if what != "how":
        return _one(hearing, event)
    lang, topics = hearing.lang, hearing.knowledge.topics
    leads = [lead for lead in event.leads if lead in topics]
    further = say("calendar.leads", lang) if leads else f"➡ {replies.where_to_ask(hearing)}"
    choices = tuple(topic_button(topics[lead], hearing.knowledge, lang) for lead in leads[: replies.PAGE])
    blocks = (event.title.say(lang), replies.taking_part(event, lang), replies.deadline(event, lang), further)
    reply = Reply(ReplyKind.ANSWER, "\n\n".join(blocks), choices)
    return hearing.turn(Outcome.ANSWER, reply, found=(event.id,), event=event.id, topic=None, section=None)


def show_more(hearing: Hearing, start: str, events: str, version: str) -> Turn:
    """The next three of many. ValueError where the calendar has other events by now."""
    if version != replies.ids_version(hearing.knowledge):
        raise ValueError("the calendar has changed")
    found = replies.unpacked(events, hearing.knowledge)
    ordered = calendar.in_order(found, replies.today_of(hearing))
    if not 0 <= int(start) < len(ordered):
        raise ValueError("there is no more")
    return _some(hearing, ordered, int(start))


def save_event(hearing: Hearing, event_id: str) -> Turn:
    """A link to the event as a file for calendars; without a public address of ours, that there is none."""
    event, lang = hearing.knowledge.events[event_id], hearing.lang
    address = hearing.conversation.desk.public_url
    if address:
        link = f"{address}/calendar.ics?id={event.id}&lang={lang}"
        every = f"{address}/calendar.ics?topic={event.topics[0]}&lang={lang}"
        topic = hearing.knowledge.calendar_words[event.topics[0]].name.say(lang)
        text = say("calendar.link", lang, title=event.title.say(lang), link=link, topic=topic, every=every)
    else:
        text = say("calendar.no_link", lang, title=event.title.say(lang))
    reply = Reply(ReplyKind.ANSWER, text)
    return hearing.turn(Outcome.ANSWER, reply, found=(event.id,), event=event.id, topic=None, section=None)


TAPS: dict[str, Callable[..., Turn]] = {"e": show_event, "m": show_more, "i": save_event}
"""Kinds of buttons: an event, more of a list, into my calendar."""
