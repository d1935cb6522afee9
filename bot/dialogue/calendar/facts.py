"""What one event says of itself, a line each: when, where, who, until when, and where today stands to that."""

from datetime import date

from bot.dialogue.hearing import Hearing
from bot.texts import say
from knowledge import calendar
from knowledge.schema.base import Lang
from knowledge.schema.calendar import Event, last_day

DAY = 10
"""Characters of a date that is a day."""


def when(event: Event, hearing: Hearing) -> str:
    """Its dates as far as they are known, and where today stands to them."""
    lang = hearing.lang
    said = say("calendar.when", lang, when=calendar.when(event, hearing.knowledge, lang))
    if event.history:
        return said  # that 2018 is past need not be said
    exact = event.exact and event.begins is not None
    return " ".join(filter(None, (said, tense(event.begins if exact else None, event.ends, hearing))))


def where(event: Event, hearing: Hearing) -> str:
    """Its place, or that no source says it."""
    lang = hearing.lang
    return say("calendar.where", lang, where=event.place.say(lang)) if event.place else say("calendar.no_place", lang)


def organiser(event: Event, hearing: Hearing) -> str:
    """Who calls it together; empty where no source says so."""
    lang = hearing.lang
    return say("calendar.organiser", lang, who=event.organiser.say(lang)) if event.organiser else ""


def tense(first: date | None, last: date | None, hearing: Hearing) -> str:
    """Whether it is over, goes on, or how many days are left; `first` is None where the day is not known."""
    today, lang = hearing.today, hearing.lang
    if last is not None and last < today:
        return say("calendar.over", lang)
    if first is None or last is None:
        return ""
    if first > today:
        left = (first - today).days
        return say("calendar.tomorrow" if left == 1 else "calendar.days_left", lang, days=left)
    if last > today:
        return say("calendar.going_on", lang)
    return say("calendar.is_today" if first == last else "calendar.ends_today", lang)


def local_time(event: Event, hearing: Hearing) -> str:
    """How far the place's clock is from Mexico City's."""
    ahead = calendar.hours_ahead(event)
    if ahead is None:
        return ""
    key = "calendar.clock_ahead" if ahead > 0 else "calendar.clock_behind"
    return say(key, hearing.lang, hours=f"{abs(ahead):g}")


def taking_part(event: Event, lang: Lang) -> str:
    """How organisations take part, or that no source says so."""
    if event.take_part is None:
        return say("calendar.no_way", lang)
    return say("calendar.take_part", lang, how=event.take_part.say(lang))


def deadline(event: Event, hearing: Hearing) -> str:
    """Until when, and whether that is over; a day that is only a pattern is called so."""
    limit, lang = event.deadline, hearing.lang
    if limit is None:
        return say("calendar.no_deadline", lang)
    if limit.on is None:
        return say("calendar.deadline", lang, deadline=limit.says.say(lang))
    key = "calendar.deadline_likely" if limit.inferred else "calendar.deadline_on"
    said = say(key, lang, date=calendar.days(limit.on, None, lang), deadline=limit.says.say(lang))
    last = last_day(limit.on)
    return " ".join(filter(None, (said, tense(last if len(limit.on) == DAY else None, last, hearing))))
