"""Questions about the forum calendar: an engine step before topics, and the taps that lead on from an event."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.conversation import NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.calendar import replies
from bot.dialogue.calendar.access import who_may_come
from bot.dialogue.calendar.evidence import (
    DATED,
    PLAIN_FORUMS,
    SURE,
    asks_calendar,
    evidence,
    places_of,
)
from bot.dialogue.calendar.found import Found
from bot.dialogue.calendar.rivals import (
    RIVAL,
    is_better_told,
    names_a_stranger,
    needed,
    seeks_stranger,
    stays_with_topic,
    sure_topic,
)
from bot.dialogue.calendar.search import find
from bot.dialogue.calendar.vocabulary import ACCESS, LINKS
from bot.dialogue.calendar.words import GENERIC, Asked, may_ask, read
from bot.dialogue.compose import topic_button
from bot.dialogue.danger.judging import judge
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.hearing import Hearing
from bot.texts import say
from knowledge import calendar
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event

LIKELY = 0.5
"""Likelihood from which a topic tells what a forum is about."""
CALM = 0.2
"""Likelihood of danger below which the rest of a question about the calendar is harmless."""
SHORT = 8
"""Words of a question about the event that was just shown."""
BARE = 3
"""Words of a place's name."""
HOME = frozenset({"latin-america", "united-states"})
"""Where people ask about a place for a hundred reasons."""


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
    if follows:
        asked = _of_shown_forum(asked, hearing)
    if hearing.understood.term is not None:
        return None  # what a word means, the glossary says
    if asked.no_edition or (asked.strangers and not asked.editions):
        return _not_in_calendar(hearing, asked) if seeks_stranger(asked, hearing) else None
    if shown := who_may_come(asked, hearing.knowledge, today, sure=sure_topic(hearing)) or _held_at(
        asked, hearing.knowledge, today
    ):
        return _some(hearing, shown)
    if stays_with_topic(asked, hearing):
        return None
    if names_a_stranger(asked) and (set(asked.kinds) & PLAIN_FORUMS or not hearing.understood.clear):
        return _not_in_calendar(hearing)
    if _has_no_answer(asked) or not asks_calendar(asked, hearing.knowledge, needed(asked, hearing)):
        event = _led_to(asked, hearing)
        return _one(hearing, event) if event else None
    if asked.dates.problem is not None:
        return hearing.turn(Outcome.QUESTION, replies.which_date(hearing, asked.dates.problem))
    if alike := _by_meaning(asked, hearing):
        return _some(hearing, alike)
    return _told(hearing, asked, find(asked, hearing.knowledge, today))


def is_only_calendar(text: str, knowledge: Knowledge, today: date, *, english: bool) -> bool:
    """Whether a message surely asks the calendar, and what else it says is no sign of danger.

    An event's name and a question of dates explain the words that the danger scorer finds suspicious in them.
    """
    if not may_ask(tokens(text), knowledge):
        return False
    asked = read(text, knowledge, today, english=english)
    if evidence(asked, knowledge) < SURE and not (asked.named and asked.asks & (DATED | ACCESS)):
        return False
    rest = judge(" ".join((*asked.unknown, *asked.guessed)), knowledge)
    return rest is None or rest.likelihood < CALM


def _held_at(asked: Asked, knowledge: Knowledge, today: date) -> tuple[Event, ...]:
    """`Katowice`: a place far from where people live or go, and nothing else; what is to come there, else what was."""
    if not asked.places or len(asked.words - LINKS) > BARE or asked.unknown or asked.asks or asked.dates.spans:
        return ()
    if asked.named or asked.topics or asked.kinds:
        return ()
    events = [event for event in knowledge.events.values() if set(asked.places) & places_of(event, knowledge)]
    if any(HOME & places_of(event, knowledge) for event in events):
        return ()
    coming = [event for event in events if event.ends is None or event.ends >= today]
    return tuple(calendar.in_order(coming, today) or calendar.newest_first(events))


def _led_to(asked: Asked, hearing: Hearing) -> Event | None:
    """The one event to come that leads to the topic meant: `quiero ser observadora en la ONU, ¿hasta cuándo?`."""
    understood = hearing.understood
    if not understood.clear or understood.best < RIVAL or not asked.asks & {"when", "until"}:
        return None
    until = "until" in asked.asks
    if asked.named or "past" in asked.asks or ("how" in asked.asks and not until) or understood.from_context:
        return None
    topic = understood.topics[0].topic
    coming = replies.coming(hearing)
    meant = [event for event in coming if event.leads[:1] == (topic,)]
    if until:
        meant = [event for event in meant if event.deadline is not None] or meant
    return meant[0] if len(meant) == 1 else None


def _by_meaning(asked: Asked, hearing: Hearing) -> list[Event]:
    """Where a forum is spoken of in words that we cannot place: the events that lead to the likely topic."""
    said = asked.named or asked.topics or asked.places or asked.dates.spans or "past" in asked.asks
    understood = hearing.understood
    if said or not asked.unknown or not set(asked.kinds) & GENERIC or not understood.topics or understood.best < LIKELY:
        return []
    topic = understood.topics[0].topic
    coming = replies.coming(hearing)
    return [event for event in coming if topic in event.leads]


def _has_no_answer(asked: Asked) -> bool:
    """`la reunión de mexicanos en Houston`: the month alone would answer with whatever is in it."""
    return asked.stranger and not (asked.named or asked.topics or asked.places)


def _asks_of_shown(asked: Asked) -> bool:
    plain = not (asked.named or asked.topics or asked.places or asked.dates.spans or asked.unknown)
    return plain and bool(asked.asks & {"when", "where", "until", "how", "save"})


def _of_shown_forum(asked: Asked, hearing: Hearing) -> Asked:
    """`¿Y en 2018?` after an event: of the same forum, unless all that there was is asked for."""
    event = hearing.knowledge.events.get(hearing.conversation.event or "")
    said = asked.named or asked.topics or asked.places or asked.kinds or asked.unknown or asked.strangers
    if event is None or event.series is None or said or asked.plural or not asked.dates.year_said:
        return asked
    return asked if asked.asks & {"which", "list", "all", "next"} else replace(asked, series=(event.series,))


def _of_shown(hearing: Hearing, asked: Asked) -> Turn | None:
    event = hearing.knowledge.events.get(hearing.conversation.event or "")
    if event is None:
        return None
    if "save" in asked.asks:
        return save_event(hearing, event.id)
    if "how" in asked.asks and not asked.asks & {"when", "where", "until"}:
        return show_event(hearing, event.id, "how")
    return _one(hearing, event)


def _one(hearing: Hearing, event: Event, head: str = "") -> Turn:
    return _about(event, hearing, replies.in_full(hearing, event, head))


def _about(event: Event, hearing: Hearing, reply: Reply) -> Turn:
    """What is said next goes on from this event."""
    return hearing.turn(Outcome.ANSWER, reply, found=(event.id,), event=event.id, topic=None, section=None)


def _some(hearing: Hearing, events: Sequence[Event], start: int = 0, head: str = "") -> Turn:
    if len(events) == 1:
        return _one(hearing, events[0], head)
    reply = replies.many(hearing, events, start, head)
    found = tuple(event.id for event in events)
    return hearing.turn(Outcome.ANSWER, reply, found=found, event=events[start].id, topic=None, section=None)


def _told(hearing: Hearing, asked: Asked, found: Found) -> Turn | None:
    lang = hearing.lang
    said = replies.spans_said(asked.dates.spans, lang)
    if is_better_told(found, asked, hearing):
        return None
    if found.events:
        return _some(hearing, found.events, 0, say("calendar.elsewhen", lang) if found.note == "elsewhen" else "")
    if found.note == "history" and hearing.understood.clear and hearing.understood.best >= RIVAL:
        return None  # the topic knows the forum as it is today
    if found.note == "history":
        return _empty(hearing, say("calendar.only_history", lang), found.beside)
    coming = replies.coming(hearing)
    after = [e for e in coming if e.begins and not (asked.dates.spans and e.begins < asked.dates.spans[0].first)]
    reason = say("calendar.empty_then", lang, dates=said) if said else say("calendar.empty", lang)
    offered = (after or coming)[:1]
    return _empty(hearing, " ".join((reason, say("calendar.next_known", lang))) if offered else reason, offered)


def _empty(hearing: Hearing, reason: str, beside: Sequence[Event]) -> Turn:
    return hearing.turn(Outcome.ANSWER, replies.nothing(hearing, reason, beside), topic=None, section=None)


def _not_in_calendar(hearing: Hearing, asked: Asked | None = None) -> Turn:
    """A forum or an edition that we do not have: admitted, kept for the editors; other editions of it are named."""
    phrase = NotUnderstood(hearing.text, hearing.message_lang)
    coming = replies.coming(hearing)
    others = [event for event in coming if asked and asked.no_edition and event.series in asked.series]
    if others:
        reply = replies.nothing(hearing, say("calendar.other_edition", hearing.lang), others[: replies.PAGE])
        return hearing.turn(Outcome.FALLBACK, replace(reply, kind=ReplyKind.FALLBACK), events=(phrase,))
    reply = replies.nothing(hearing, say("calendar.stranger", hearing.lang), ())
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
    return _about(event, hearing, Reply(ReplyKind.ANSWER, "\n\n".join(blocks), choices))


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
    """An event as a file for the person's own calendar."""
    event = hearing.knowledge.events[event_id]
    return _about(event, hearing, replies.saved(hearing, event))


TAPS: dict[str, Callable[..., Turn]] = {"e": show_event, "m": show_more, "i": save_event}
"""Kinds of buttons: an event, more of a list, into my calendar."""
