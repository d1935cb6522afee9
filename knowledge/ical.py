"""The calendar as iCalendar (RFC 5545): stable UIDs, all-day events, what is not certain TENTATIVE."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from knowledge.calendar import other_dates, when
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.calendar import Event, Status

PRODUCT = "-//Ventanilla//Forum calendar//"
DOMAIN = "ventanilla.calendar"
REFRESH = timedelta(days=1)


def can_be_entered(event: Event) -> bool:
    """Whether it has a day or a month to stand at; a year alone would fill the calendar."""
    return event.start is not None and len(event.start) > len("2027")


def as_calendar(events: Sequence[Event], knowledge: Knowledge, lang: Lang, name: str) -> bytes:
    """The events that have a date, as a file; in the order given."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT + lang.upper())
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        if can_be_entered(event):
            calendar.add_component(_entry(event, knowledge, lang))
    content: bytes = calendar.to_ical()
    return content


def _entry(event: Event, knowledge: Knowledge, lang: Lang) -> Entry:
    begins, ends = event.begins, event.ends
    if begins is None or ends is None:
        raise ValueError(f"{event.id} has no date")
    entry = Entry()
    entry.add("uid", f"{event.id}@{DOMAIN}")
    entry.add("dtstamp", datetime.combine(event.seen, time(), tzinfo=UTC))
    entry.add("dtstart", begins)
    # The day after the last: DTEND is exclusive.
    entry.add("dtend", ends + timedelta(days=1))
    entry.add("sequence", event.sequence)
    entry.add("status", "CONFIRMED" if _is_sure(event) else "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    entry.add("summary", event.title.say(lang))
    if event.place is not None:
        entry.add("location", event.place.say(lang))
    entry.add("description", _description(event, knowledge, lang))
    if address := next((source for source in event.sources if source.startswith("http")), None):
        entry.add("url", address)
    entry.add("categories", [knowledge.calendar_words[topic].name.say(lang) for topic in event.topics])
    return entry


def _is_sure(event: Event) -> bool:
    return event.exact and event.status in (Status.CONFIRMED, Status.ANNOUNCED)


def _description(event: Event, knowledge: Knowledge, lang: Lang) -> str:
    said = when(event, knowledge, lang)
    parts = [f"{said[:1].upper()}{said[1:]}."]
    parts += [words.say(lang) for words in (event.take_part, event.notes) if words is not None]
    parts += [event.deadline.says.say(lang)] if event.deadline else []
    return "\n".join([*parts, *(other_dates(other, lang) for other in event.other_dates)])
