"""Questions about the forum calendar: an engine step before topics."""

import re
from dataclasses import replace
from datetime import date

from bot.conversation import NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.calendar import facts, replies
from bot.dialogue.calendar.access import who_may_come
from bot.dialogue.calendar.asker import only_tells, with_subject, without_asker
from bot.dialogue.calendar.claims import answer_claim, left_out, of_spoken_forum, put_right
from bot.dialogue.calendar.evidence import (
    ASKS_OF_EVENTS,
    DATED,
    PLAIN_FORUMS,
    SURE,
    asks_calendar,
    evidence,
    places_of,
)
from bot.dialogue.calendar.found import Found
from bot.dialogue.calendar.nearest_open import beside_nothing, undated_closing, without_a_date
from bot.dialogue.calendar.rivals import (
    RIVAL,
    is_better_told,
    is_of_thread,
    names_a_stranger,
    needed,
    seeks_stranger,
    stays_with_topic,
    sure_topic,
)
from bot.dialogue.calendar.search import find
from bot.dialogue.calendar.several import answer_open
from bot.dialogue.calendar.thread import (
    SHORT,
    asks_of_open,
    called_short,
    lacks_status,
    of_open_forum,
    open_event,
)
from bot.dialogue.calendar.turns import about, nothing, one, some
from bot.dialogue.calendar.vocabulary import ACCESS, LINKS
from bot.dialogue.calendar.words import GENERIC, Asked, asked_in, may_ask, read
from bot.dialogue.danger.judging import judge
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.talk import smalltalk_in
from bot.texts import say
from knowledge import calendar
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event
from knowledge.schema.topics import Everyday

LIKELY = 0.5
"""Likelihood from which a topic tells what a forum is about."""
CALM = 0.2
"""Likelihood of danger below which the rest of a question about the calendar is harmless."""
BARE = 3
"""Words of a place's name."""
HOME = frozenset({"latin-america", "united-states"})
"""Where people ask about a place for a hundred reasons."""


_SENTENCE = re.compile(r"[^.?!]+[.?!]*")


def answer_calendar(hearing: Hearing) -> Turn | None:
    """The turn of a question about forums, dates or deadlines; None for all else."""
    today, words = hearing.today, tokens(hearing.text)
    event = open_event(hearing)
    if not _may_answer(event, words, hearing):
        return None
    asked = of_spoken_forum(asked_in(hearing.text, hearing), hearing)
    lacking = lacks_status(asked, event, hearing) if event is not None else None
    if turn := left_out(asked, hearing) or lacking or answer_claim(asked, event, hearing):
        return turn
    if meant := put_right(asked, event, hearing):
        if not (meant.named or meant.topics or meant.kinds or meant.places or meant.dates.spans):
            return _not_in_calendar(hearing)
        asked = meant
    elif event is not None and len(words) <= SHORT:
        if asks_of_open(asked):
            return answer_open(asked, event, hearing)
        asked = called_short(of_open_forum(asked, event, hearing), event, hearing)
    if _asks_of_a_word(asked, hearing) or only_tells(asked, hearing):
        return None
    if undated := undated_closing(asked, hearing):
        return undated
    if asked.no_edition or (asked.strangers and not asked.editions):
        return _not_in_calendar(hearing, asked) if seeks_stranger(asked, hearing) else None
    if is_of_thread(asked, hearing):
        return _led_to(asked, hearing)
    coming = who_may_come(asked, hearing.knowledge, today, sure=sure_topic(hearing))
    if shown := coming or _held_at(asked, hearing.knowledge, today):
        return some(hearing, shown)
    if stays_with_topic(asked, hearing):
        return None
    if names_a_stranger(asked) and (set(asked.kinds) & PLAIN_FORUMS or not hearing.understood.clear):
        return _not_in_calendar(hearing)
    if _has_no_answer(asked) or not asks_calendar(asked, hearing.knowledge, needed(asked, hearing)):
        alone = _sure_question(hearing)
        if alone is None:
            return _led_to(asked, hearing)
        asked = alone
    return _found(hearing, asked)


def _may_answer(event: Event | None, words: list[str], hearing: Hearing) -> bool:
    """Whether a message is worth reading: no small talk, and with a word of forums or dates, or short and behind one.

    After an event was shown also where others are named that we do not have, in words of no forum.
    """
    knowledge = hearing.knowledge
    if hearing.understood.everyday is Everyday.SMALLTALK and smalltalk_in(hearing.text, knowledge):
        return False
    if (event is not None and len(words) <= SHORT) or may_ask(words, knowledge):
        return True
    return hearing.conversation.event is not None and bool(asked_in(hearing.text, hearing).strangers)


def _asks_of_a_word(asked: Asked, hearing: Hearing) -> bool:
    """What a word means, the glossary says; `IMRF` alone after a list is a forum that is looked for in it."""
    bare = hearing.conversation.event is not None and asked.named and not (asked.asks or asked.unknown)
    return hearing.understood.term is not None and not bare


def _found(hearing: Hearing, asked: Asked) -> Turn | None:
    """What the calendar holds of it; where that is nothing, without who asks."""
    if asked.dates.problem is not None:
        return hearing.turn(Outcome.QUESTION, replies.which_date(hearing, asked.dates.problem))
    if alike := _by_meaning(asked, hearing):
        return some(hearing, alike)
    found = find(asked, hearing.knowledge, hearing.today)
    if not found.events and (less := without_asker(asked, hearing)):
        asked, found = less, find(less, hearing.knowledge, hearing.today)
    return _told(hearing, asked, found)


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


def _sure_question(hearing: Hearing) -> Asked | None:
    """The one question of several sentences, where it surely asks the calendar by itself; the rest tells who asks."""
    sentences = _SENTENCE.findall(hearing.text)
    questions = [sentence for sentence in sentences if "?" in sentence]
    if len(questions) != 1 or len(sentences) == 1:
        return None
    asked = asked_in(questions[0], hearing)
    sure = not _has_no_answer(asked) and asks_calendar(asked, hearing.knowledge) and not asked.dates.problem
    return asked if sure and evidence(asked, hearing.knowledge) >= SURE else None


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


def _led_to(asked: Asked, hearing: Hearing) -> Turn | None:
    """The turn of the one event to come that leads to the topic meant: `observadora en la ONU, ¿hasta cuándo?`."""
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
    return one(hearing, meant[0]) if len(meant) == 1 else None


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


def _told(hearing: Hearing, asked: Asked, found: Found) -> Turn | None:
    lang = hearing.lang
    said = replies.spans_said(asked.dates.spans, lang)
    if is_better_told(found, asked, hearing):
        return None
    if found.note == "elsewhen" and (told := replies.another_year(found.events, asked.dates.spans, hearing)):
        return about(found.events[0], hearing, told)
    if undated := without_a_date(asked, found.events, hearing) if found.events else None:
        return undated
    if found.note == "elsewhen" and found.events:
        return some(hearing, found.events, head=say("calendar.elsewhen", lang))
    if found.events:
        return some(hearing, *with_subject(asked, found.events, hearing), head=_whether_past(asked, found, hearing))
    if found.note == "history" and hearing.understood.clear and hearing.understood.best >= RIVAL:
        return None  # the topic knows the forum as it is today
    if found.note == "history":
        return nothing(hearing, say("calendar.only_history", lang), found.beside)
    if hearing.conversation.event is not None and not (asked.kinds or asked.dates.spans or asked.asks & ASKS_OF_EVENTS):
        return None  # a place or a word in passing: nothing of the calendar's own is asked
    coming = replies.coming(hearing)
    after = [e for e in coming if e.begins and not (asked.dates.spans and e.begins < asked.dates.spans[0].first)]
    reason = say("calendar.empty_then", lang, dates=said) if said else say("calendar.empty", lang)
    offered = (after or coming)[:1]
    return nothing(hearing, " ".join((reason, say("calendar.next_known", lang))) if offered else reason, offered)


def _whether_past(asked: Asked, found: Found, hearing: Hearing) -> str:
    """Whether the one event that is named was already, where that is asked: it goes before all else of it."""
    event = found.events[0]
    if "past" not in asked.asks or not asked.named or len(found.events) > 1 or event.history or event.begins is None:
        return ""
    later = say("calendar.not_yet", hearing.lang) if event.begins > hearing.today else ""
    return later or facts.tense(event.begins if event.exact else None, event.ends, hearing)


def _not_in_calendar(hearing: Hearing, asked: Asked | None = None) -> Turn:
    """A forum or an edition that we do not have: admitted, kept for the editors; other editions of it are named."""
    phrase = NotUnderstood(hearing.text, hearing.message_lang)
    coming = replies.coming(hearing)
    others = [event for event in coming if asked and asked.no_edition and event.series in asked.series]
    if others:
        reply = replies.nothing(hearing, say("calendar.other_edition", hearing.lang), others[: replies.PAGE])
        return hearing.turn(Outcome.FALLBACK, replace(reply, kind=ReplyKind.FALLBACK), events=(phrase,))
    reply = replies.nothing(hearing, say("calendar.stranger", hearing.lang), ())
    reply = Reply(ReplyKind.FALLBACK, reply.text)
    if asked is None or (not asked.named and (asked.for_osc or set(asked.kinds) & GENERIC)):
        reply = beside_nothing(reply, hearing)
    return hearing.turn(Outcome.FALLBACK, reply, events=(phrase,))
