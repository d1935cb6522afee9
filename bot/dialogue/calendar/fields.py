"""One field of an event in a line or two: what is past is said to be past, what nobody says is said once."""

from collections.abc import Callable, Mapping

from bot.dialogue.calendar import facts, replies
from bot.dialogue.hearing import Hearing
from bot.texts import say
from knowledge import calendar
from knowledge.citing import source_list
from knowledge.schema.calendar import Event

Lines = tuple[str, ...]


def when(hearing: Hearing, event: Event) -> Lines:
    """When it is, and how far that is from today."""
    return (facts.when(event, hearing), facts.local_time(event, hearing))


def where(hearing: Hearing, event: Event) -> Lines:
    """Where it is, else who may know."""
    return (facts.where(event, hearing), *(() if event.place else (_ask(hearing),)))


def organiser(hearing: Hearing, event: Event) -> Lines:
    """Who calls it together, else who may know."""
    said = facts.organiser(event, hearing)
    return (said,) if said else (say("calendar.no_organiser", hearing.lang), _ask(hearing))


def before(hearing: Hearing, event: Event) -> Lines:
    """The edition before, else who may know."""
    return _earlier(hearing, event) or (say("calendar.no_before", hearing.lang), _ask(hearing))


def _earlier(hearing: Hearing, event: Event) -> Lines:
    """The edition before, as an event of its own or as a date beside this one."""
    lang, told = hearing.lang, []
    for each in calendar.editions_before(event, hearing.knowledge)[:1]:
        moment = calendar.when(each, hearing.knowledge, lang)
        told.append(say("calendar.before", lang, title=each.title.say(lang), when=moment))
    return (*told, *(calendar.other_dates(other, lang) for other in event.other_dates))


def until(hearing: Hearing, event: Event) -> Lines:
    """Its deadline, whether that is over, and, where none is known, when the event itself is."""
    if event.deadline is not None and event.deadline.on is not None:
        return (facts.deadline(event, hearing),)
    return (facts.deadline(event, hearing), facts.when(event, hearing), _ask(hearing))


def past(hearing: Hearing, event: Event) -> Lines:
    """Whether it was, with the edition before, or the one that comes where it is over."""
    today, lang, said = hearing.today, hearing.lang, facts.when(event, hearing)
    if event.begins is None or event.begins > today:
        return (say("calendar.not_yet", lang), said, *_earlier(hearing, event))
    if event.ends is None or event.ends > today or not event.series:
        return (said,)
    coming = (each for each in replies.coming(hearing) if each.series == event.series and each != event)
    told = ((each.title.say(lang), calendar.when(each, hearing.knowledge, lang)) for each in coming)
    return (said, *(say("calendar.coming", lang, title=title, when=moment) for title, moment in list(told)[:1]))


def attendance(hearing: Hearing, event: Event) -> Lines:
    """Where one takes part; whether also from afar no event says."""
    online = "online" in event.where
    return (
        facts.where(event, hearing),
        *(() if online else (say("calendar.no_online", hearing.lang), _ask(hearing))),
    )


def theme(hearing: Hearing, event: Event) -> Lines:
    """What the event's notes say, where its theme stands or is missed; who may know."""
    notes = event.notes.say(hearing.lang) if event.notes else say("calendar.no_theme", hearing.lang)
    return (notes, _ask(hearing))


def _unsaid(key: str) -> Callable[[Hearing, Event], Lines]:
    return lambda hearing, _event: (say(key, hearing.lang), _ask(hearing))


def _ask(hearing: Hearing) -> str:
    return f"➡ {replies.where_to_ask(hearing)}"


FIELDS: Mapping[str, Callable[[Hearing, Event], Lines]] = {
    "when": when,
    "where": where,
    "until": until,
    "past": past,
    "attendance": attendance,
    "organiser": organiser,
    "before": before,
    "next": lambda hearing, event: (say("calendar.no_next", hearing.lang), facts.when(event, hearing), _ask(hearing)),
    "source": lambda hearing, event: (source_list((event.id,), hearing.knowledge, hearing.lang),),
    "fee": _unsaid("calendar.no_fee"),
    "expenses": _unsaid("calendar.no_expenses"),
    "visa": _unsaid("calendar.no_visa"),
    "people": _unsaid("calendar.no_people"),
    "language": _unsaid("calendar.no_language"),
    "side": _unsaid("calendar.no_side"),
    "theme": theme,
}
