"""What is said of an event: when, how sure that is, where; and which come first."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton

from knowledge.addresses import put
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.calendar import Event, OtherDates, Status, first_day, last_day
from knowledge.wording import month

HOME = ZoneInfo("America/Mexico_City")
"""Where the days of the calendar are counted from."""
_LOCALES = {"es": "es_MX", "en": "en"}
_YEAR, _DAY = 4, 10
"""Characters of a partial date that is a year, and of one that is a day."""


def days(start: str, end: str | None, lang: Lang) -> str:
    """Partial dates in words: `5–8 de mayo de 2026`, `marzo de 2027`, `2027`."""
    if len(start) < _DAY:
        return month(start, lang)
    first, last = first_day(start), last_day(end or start)
    if first == last:
        skeleton = "d 'de' MMMM 'de' y" if lang == "es" else "d MMMM y"
        return str(format_date(first, skeleton, locale=_LOCALES[lang]))
    said = format_interval(first, last, skeleton="yMMMMd", locale=_LOCALES[lang])
    return str(said).replace("\u2009", "").replace("\u202f", " ")


def span_said(span: str, lang: Lang) -> str:
    """Days as text (`2027-04-01/2027-04-30`) in words: `abril de 2027`, `2027`, `26–28 de febrero de 2018`."""
    first, last = map(date.fromisoformat, span.split("/"))
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if first.day == 1 and last == last_day(f"{first:%Y-%m}"):
        return days(f"{first:%Y-%m}", None, lang)
    return days(first.isoformat(), last.isoformat(), lang)


def short_day(event: Event, lang: Lang) -> str:
    """For a button: `9 nov 2026`, `mar 2027`; empty where nothing is known."""
    moment = event.start or event.usual
    if moment is None:
        return ""
    skeleton = {_YEAR: "y", _DAY: "yMMMd"}.get(len(moment), "yMMM")
    return str(format_skeleton(skeleton, first_day(moment), locale=_LOCALES[lang])).replace(".", "")


def when(event: Event, knowledge: Knowledge, lang: Lang) -> str:
    """The date with how sure it is; an inferred one is never said as certain."""
    dates = days(event.start, event.end, lang) if event.start else days(event.usual, None, lang) if event.usual else ""
    if lang == "es" and event.exact and event.status in (Status.INFERRED, Status.RECOMMENDED):
        dates = ("el " if event.begins == event.ends else "los días ") + dates  # "se espera para …"
    if event.status is Status.UNKNOWN:
        said = knowledge.texts[("event-listed" if event.history else "event-usual") if dates else "event-unknown"].say(
            lang
        )
    else:
        said = knowledge.texts[
            {
                Status.CONFIRMED: "event-confirmed",
                Status.CONFIRMED_PLACE: "event-no-days",
                Status.CONFIRMED_MONTH: "event-no-days",
                Status.ANNOUNCED: "event-planned" if event.history else "event-announced",
                Status.INFERRED: "event-inferred",
                Status.RECOMMENDED: "event-recommended",
            }[event.status]
        ].say(lang)
    return put(said, {"dates": dates})


def other_dates(other: OtherDates, lang: Lang) -> str:
    """`Edición anterior: 15–19 de diciembre de 2025.`"""
    return f"{other.label.say(lang)}: {days(other.start, other.end, lang)}."


def hours_ahead(event: Event) -> float | None:
    """By how many hours the place's clock is ahead of Mexico City's; None where that is not known or nothing."""
    if event.zone is None or event.start is None or len(event.start) == _YEAR:
        return None  # no month, or only the usual one
    first, last = event.begins, event.ends
    if first is None or last is None:
        return None
    zone = ZoneInfo(event.zone)
    found = {_ahead(first + timedelta(days=day), zone) for day in range((last - first).days + 1)}
    # Where the clocks are changed in between, nothing can be said yet.
    return (found.pop() or None) if len(found) == 1 else None


def _ahead(day: date, zone: ZoneInfo) -> float:
    noon = datetime.combine(day, time(12))
    there, here = (noon.replace(tzinfo=each).utcoffset() or timedelta() for each in (zone, HOME))
    return (there - here) / timedelta(hours=1)


def in_order(events: Iterable[Event], today: date) -> list[Event]:
    """What is dated first, by its day; then usual months, years alone, unknown; what ends today goes last."""
    return sorted(events, key=lambda event: (*_place(event, today), event.id))


def _place(event: Event, today: date) -> tuple[bool, int, date]:
    ending = event.exact and event.ends == today and event.begins != today
    # A month stands behind the days in it.
    day = event.begins if event.exact else event.ends
    return ending, _vagueness(event), day or date.max


def _vagueness(event: Event) -> int:
    moment = event.start or event.usual
    if moment is None:
        return 3
    # What nobody has convened is no surer than what is usual.
    return 2 if len(moment) == _YEAR else 0 if event.start and event.status is not Status.RECOMMENDED else 1


def page(events: Sequence[Event], start: int, most: int) -> Sequence[Event]:
    """So many of a list; the last one alone is not kept back."""
    left = len(events) - start
    return events[start : start + (left if left == most + 1 else most)]


def newest_first(events: Iterable[Event]) -> list[Event]:
    """For what is past."""
    return sorted(events, key=lambda event: (event.ends or date.min, event.id), reverse=True)


def upcoming(knowledge: Knowledge, today: date) -> list[Event]:
    """All that is not over and no history, in order."""
    return list(_upcoming(knowledge, today))


@lru_cache(maxsize=8)
def _upcoming(knowledge: Knowledge, today: date) -> tuple[Event, ...]:
    """Kept, as every turn asks."""
    known = (e for e in knowledge.events.values() if not e.history and (e.ends is None or e.ends >= today))
    return tuple(in_order(known, today))


def next_of(topic_id: str, knowledge: Knowledge, today: date) -> Event | None:
    """The next event to which a topic leads first; of a topic that tells of one forum besides, the next of that."""
    coming = [event for event in upcoming(knowledge, today) if topic_id in event.leads]
    first = [event for event in coming if event.leads[0] == topic_id]
    besides = coming if len({event.series for event in coming}) == 1 else []
    return next(iter(first or besides), None)


def editions_before(event: Event, knowledge: Knowledge) -> list[Event]:
    """Earlier events of the same forum, the newest first, without those of 2018."""
    same = (e for e in knowledge.events.values() if e.series and e.series == event.series and not e.history)
    last = event.ends or date.max
    return newest_first(each for each in same if each != event and each.ends is not None and each.ends < last)


def edition_after(event: Event, knowledge: Knowledge, today: date) -> Event | None:
    """The next edition of the same forum, where this one is over or ends today."""
    over = event.series is not None and event.ends is not None and event.ends <= today
    coming = upcoming(knowledge, today) if over else []
    return next((one for one in coming if one.series == event.series and one != event), None)
