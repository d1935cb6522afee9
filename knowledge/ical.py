"""The calendar as iCalendar (RFC 5545): stable UIDs, all-day entries, TENTATIVE where unsure, deadlines alarmed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from knowledge.addresses import put
from knowledge.calendar import other_dates, when
from knowledge.citing import shown
from knowledge.deadlines import DEADLINE, Limit, after, limit_of, until
from knowledge.model import Knowledge
from knowledge.render import fill
from knowledge.schema.base import Lang, Words
from knowledge.schema.calendar import Event, Status
from knowledge.wording import month

PRODUCT = "-//Ventanilla//Forum calendar//"
DOMAIN = "ventanilla.calendar"
REFRESH = timedelta(days=1)
DAY = len("2027-03-08")
ALARMS = tuple(timedelta(hours=9) - timedelta(days=days) for days in (30, 7, 1))
"""From the midnight on which a deadline's day begins: at nine in the morning, so many days before."""


def can_be_entered(event: Event) -> bool:
    """Whether it has a day or a month to stand at; a year alone would fill the calendar."""
    return event.start is not None and len(event.start) > len("2027")


def as_calendar(
    events: Sequence[Event],
    knowledge: Knowledge,
    lang: Lang,
    name: str,
    limits: Sequence[Limit] = (),
    *,
    today: date | None = None,
) -> bytes:
    """The events that have a date and the deadlines, as a file, in the order given; an event that is one stands once.

    `today`: on which what is still possible after a deadline is said.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT + lang.upper())
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        if can_be_entered(event):
            entry = _entry(event, knowledge, lang)
            if event.kind == DEADLINE:
                _alarm(entry, event.title.say(lang))
            calendar.add_component(entry)
    entered = {event.id for event in events}
    for limit in limits:
        if limit.id not in entered:
            calendar.add_component(_limit(limit, knowledge, lang, today))
    content: bytes = calendar.to_ical()
    return content


def one_entry(event: Event, knowledge: Knowledge, lang: Lang, today: date) -> str:
    """An event with its deadline, as a file."""
    limit = limit_of(event, knowledge)
    return as_calendar([event], knowledge, lang, event.title.say(lang), [limit] if limit else [], today=today).decode()


def _begun(uid: str, seen: date, sequence: int, first: date, last: date) -> Entry:
    entry = Entry()
    entry.add("uid", f"{uid}@{DOMAIN}")
    entry.add("dtstamp", datetime.combine(seen, time(), tzinfo=UTC))
    entry.add("dtstart", first)
    # The day after the last: DTEND is exclusive.
    entry.add("dtend", last + timedelta(days=1))
    entry.add("sequence", sequence)
    entry.add("transp", "TRANSPARENT")
    return entry


def _titled(title: Words, moment: str, knowledge: Knowledge, lang: Lang) -> str:
    """A month is a note on its first day, called so, as a banner over all of it would hide the days in it."""
    if len(moment) == DAY:
        return title.say(lang)
    return put(knowledge.texts["month-note"].say(lang), {"title": title.say(lang), "month": month(moment, lang)})


def _entry(event: Event, knowledge: Knowledge, lang: Lang) -> Entry:
    begins, ends = event.begins, event.ends
    if begins is None or ends is None or event.start is None:
        raise ValueError(f"{event.id} has no date")
    noted = len(event.start) < DAY
    entry = _begun(event.id, event.seen, event.sequence, begins, begins if noted else ends)
    entry.add("status", "CONFIRMED" if _is_sure(event) else "TENTATIVE")
    entry.add("summary", _titled(event.title, event.start, knowledge, lang))
    if event.place is not None:
        entry.add("location", event.place.say(lang))
    entry.add("description", _description(event, knowledge, lang))
    if address := next((source for source in event.sources if source.startswith("http")), None):
        entry.add("url", address)
    entry.add("categories", [knowledge.calendar_words[topic].name.say(lang) for topic in event.topics])
    return entry


def _limit(limit: Limit, knowledge: Knowledge, lang: Lang, today: date | None) -> Entry:
    """A deadline; of a month its first day, so that nobody is late."""
    entry = _begun(limit.id, limit.seen, limit.sequence, limit.begins, limit.begins)
    entry.add("status", "TENTATIVE" if limit.inferred or len(limit.on) < DAY else "CONFIRMED")
    entry.add("summary", _titled(limit.title, limit.on, knowledge, lang))
    said = fill(limit.says.say(lang), knowledge, lang, today or limit.seen).text
    by = until(limit, knowledge, lang)
    parts = (f"{by[:1].upper()}{by[1:]}.", said, after(limit, knowledge, lang, today) if today else "")
    entry.add("description", "\n".join(filter(None, parts)))
    if limit.sources and (address := shown(limit.sources, knowledge, limit.says.es).address):
        entry.add("url", address)
    if limit.topics:
        entry.add("categories", [knowledge.calendar_words[topic].name.say(lang) for topic in limit.topics])
    _alarm(entry, limit.title.say(lang))
    return entry


def _alarm(entry: Entry, words: str) -> None:
    for before in ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", words)
        alarm.add("trigger", before)
        entry.add_component(alarm)


def _is_sure(event: Event) -> bool:
    """Whether a source confirms its days; what was only announced may not have been held so."""
    return event.exact and event.status is Status.CONFIRMED


def _description(event: Event, knowledge: Knowledge, lang: Lang) -> str:
    said = when(event, knowledge, lang)
    parts = [f"{said[:1].upper()}{said[1:]}."]
    parts += [words.say(lang) for words in (event.take_part, event.notes) if words is not None]
    parts += [event.deadline.says.say(lang)] if event.deadline else []
    return "\n".join([*parts, *(other_dates(other, lang) for other in event.other_dates)])
