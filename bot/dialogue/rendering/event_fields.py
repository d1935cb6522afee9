"""What is said of one event: each of its fields in a line or two, as of today; what no source says is said once."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.dialogue.signals import Signals
from bot.texts import say
from knowledge import calendar
from knowledge.addresses import contact_names
from knowledge.citing import source_list
from knowledge.schema.calendar import Event, last_day

DAY = 10
"""Characters of a date that is a day."""
ASK = ("dgvosc-web",)
"""Who may know more."""

Lines = Iterator[str]


def where_to_ask(s: Signals) -> str:
    """The office that may know more."""
    return f"➡ {say('calendar.ask_at', s.lang, contacts=contact_names(ASK, s.knowledge, s.lang, s.today))}"


def tense(first: date | None, last: date | None, s: Signals) -> str:
    """Whether it is over, goes on, or how many days are left; `first` is None where the day is not known."""
    if last is not None and last < s.today:
        return say("calendar.over", s.lang)
    if first is None or last is None:
        return ""
    if first > s.today:
        left = (first - s.today).days
        return say("calendar.tomorrow" if left == 1 else "calendar.days_left", s.lang, days=left)
    if last > s.today:
        return say("calendar.going_on", s.lang)
    return say("calendar.is_today" if first == last else "calendar.ends_today", s.lang)


def when(event: Event, s: Signals) -> str:
    """Its dates as far as they are known, and where today stands to them; that 2018 is past need not be said."""
    said = say("calendar.when", s.lang, when=calendar.when(event, s.knowledge, s.lang))
    passing = "" if event.history else tense(event.begins if event.exact else None, event.ends, s)
    return f"{said} {passing}".strip()


def where(event: Event, s: Signals) -> str:
    """Its place, or that no source says it."""
    return (
        say("calendar.where", s.lang, where=event.place.say(s.lang))
        if event.place
        else say("calendar.no_place", s.lang)
    )


def organiser(event: Event, s: Signals) -> str:
    """Who calls it together; empty where no source says so."""
    return say("calendar.organiser", s.lang, who=event.organiser.say(s.lang)) if event.organiser else ""


def local_time(event: Event, s: Signals) -> str:
    """How far the place's clock is from Mexico City's."""
    ahead = calendar.hours_ahead(event)
    key = "calendar.clock_ahead" if ahead and ahead > 0 else "calendar.clock_behind"
    return say(key, s.lang, hours=f"{abs(ahead):g}") if ahead else ""


def taking_part(event: Event, s: Signals) -> str:
    """How organisations take part, or that no source says so."""
    how = event.take_part
    return say("calendar.take_part", s.lang, how=how.say(s.lang)) if how else say("calendar.no_way", s.lang)


def deadline(event: Event, s: Signals) -> str:
    """Until when, and whether that is over; a day that is only a pattern is called so."""
    limit = event.deadline
    if limit is None:
        return say("calendar.no_deadline", s.lang)
    if limit.on is None:
        return say("calendar.deadline", s.lang, deadline=limit.says.say(s.lang))
    key = "calendar.deadline_likely" if limit.inferred else "calendar.deadline_on"
    said = say(key, s.lang, date=calendar.days(limit.on, None, s.lang), deadline=limit.says.say(s.lang))
    last = last_day(limit.on)
    return f"{said} {tense(last if len(limit.on) == DAY else None, last, s)}".strip()


def earlier(event: Event, s: Signals) -> Lines:
    """The edition before, as an event of its own or as a date beside this one."""
    for each in calendar.editions_before(event, s.knowledge)[:1]:
        moment = calendar.when(each, s.knowledge, s.lang)
        yield say("calendar.before", s.lang, title=each.title.say(s.lang), when=moment)
    yield from (calendar.other_dates(other, s.lang) for other in event.other_dates)


def _until(event: Event, s: Signals) -> Lines:
    yield deadline(event, s)
    if event.deadline is None or event.deadline.on is None:
        yield from (when(event, s), where_to_ask(s))


def _past(event: Event, s: Signals) -> Lines:
    """Whether it was: with the edition before, or the one that comes where it is over."""
    if event.begins is None or event.begins > s.today:
        yield from (say("calendar.not_yet", s.lang), when(event, s), *earlier(event, s))
        return
    yield when(event, s)
    over = event.series is not None and event.ends is not None and event.ends <= s.today
    coming = (one for one in calendar.upcoming(s.knowledge, s.today) if one.series == event.series and one != event)
    for later in (one for one, _ in zip(coming, range(over), strict=False)):
        moment = calendar.when(later, s.knowledge, s.lang)
        yield say("calendar.coming", s.lang, title=later.title.say(s.lang), when=moment)


def _attendance(event: Event, s: Signals) -> Lines:
    """Where one takes part; whether also from afar no event says."""
    yield where(event, s)
    if "online" not in event.where:
        yield from (say("calendar.no_online", s.lang), where_to_ask(s))


def _or_ask(told: str, key: str, s: Signals) -> Lines:
    yield from (told,) if told else (say(key, s.lang), where_to_ask(s))


def _unsaid(key: str) -> Callable[[Event, Signals], Lines]:
    return lambda event, s: _or_ask("", key, s)


FIELDS: Mapping[str, Callable[[Event, Signals], Lines]] = {
    "when": lambda event, s: iter((when(event, s), local_time(event, s))),
    "where": lambda event, s: iter((where(event, s), "" if event.place else where_to_ask(s))),
    "until": _until,
    "past": _past,
    "attendance": _attendance,
    "organiser": lambda event, s: _or_ask(organiser(event, s), "calendar.no_organiser", s),
    "before": lambda event, s: _or_ask("\n".join(earlier(event, s)), "calendar.no_before", s),
    "next": lambda event, s: iter((say("calendar.no_next", s.lang), when(event, s), where_to_ask(s))),
    "source": lambda event, s: iter((source_list((event.id,), s.knowledge, s.lang),)),
    "theme": lambda event, s: _or_ask(event.notes.say(s.lang) if event.notes else "", "calendar.no_theme", s),
    **{name: _unsaid(f"calendar.no_{name}") for name in ("fee", "expenses", "visa", "people", "language", "side")},
}
"""What may be asked of one event, and the lines that answer it."""
