"""From what was asked to the events that answer it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.dialogue.calendar.evidence import HOME_GROUND, places_of
from bot.dialogue.calendar.found import Found, Search, meant
from bot.dialogue.calendar.rows import HISTORY, sole, told_apart
from bot.dialogue.calendar.series import by_name
from bot.dialogue.calendar.vocabulary import EVENT, singular
from bot.dialogue.calendar.words import GENERIC, Asked
from bot.dialogue.dates.spans import Span
from bot.dialogue.dates.tokens import tokens
from knowledge.calendar import in_order, newest_first
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event, WordKind, first_day, last_day

MONTH = 7
"""Letters of a partial date that has a month."""
INSTITUTION = ("assembly",)
"""The one noun of them all that narrows a search where nothing else does."""
TELLING = 3
"""Letters of a word of a title beyond which it tells one event from another."""


def find(asked: Asked, knowledge: Knowledge, today: date) -> Found:
    """By name where one is named, else by topic, place, kind and date."""
    search = Search(asked, today, _is_past(asked, today))
    if not search.past and not asked.dates.year_said:
        # An edition of 2018 is meant by its number alone ("COP24"), not by words that others have too.
        asked = replace(asked, editions=tuple(e for e in asked.editions if _is_plain(knowledge.events[e], asked)))
        search = replace(search, asked=asked)
    found = _found(search, knowledge)
    if not found.events and asked.places and asked.topics and set(asked.places) <= HOME_GROUND:
        # "Somos de Tijuana": where they are, not where the forum is.
        found = _found(replace(search, asked=replace(asked, places=())), knowledge)
    if not found.events and asked.kinds and (asked.topics or asked.places) and not search.past:
        # The call for the youth delegation stands under the delegation.
        found = _found(replace(search, asked=replace(asked, kinds=())), knowledge)
    if _in_history(asked) and (not found.events or (found.note == "elsewhen" and asked.topics)):
        less = _with_less(search, knowledge)
        found = less if less.events or not found.events else found
    events = told_apart(_with_told(found.events, search, knowledge), asked.telling, knowledge)
    listed = asked.dates.spans and not (asked.named or asked.kinds)
    return replace(found, events=events if listed else _by_title(events, asked))


def _with_told(events: tuple[Event, ...], search: Search, knowledge: Knowledge) -> tuple[Event, ...]:
    """A row that a word names by itself goes before those of its forum: "Espinosa de la CMNUCC"."""
    rows = sole(search.asked.telling, knowledge)
    if not rows or search.asked.editions or rows & {event.id for event in events}:
        return events
    named = tuple(knowledge.events[row] for row in sorted(rows))
    return tuple(event for event in named if not search.asked.dates.spans or search.in_time(event)) or events


def _in_history(asked: Asked) -> bool:
    return any(span.year_said and span.first.year == HISTORY for span in asked.dates.spans)


def _with_less(search: Search, knowledge: Knowledge) -> Found:
    """A row of 2018 by less than was said of it: "the session for the Lima summit" was not in Lima."""
    nowhere = replace(search.asked, places=())
    of_any_kind = replace(nowhere, kinds=())
    for fewer in (nowhere, of_any_kind, replace(of_any_kind, series=(), editions=())):
        said = fewer.named or fewer.topics or fewer.organisers or fewer.kinds or fewer.telling
        found = _found(replace(search, asked=fewer), knowledge) if said else Found()
        if found.events and found.note != "elsewhen":
            return found
    return Found(note="empty")


def _found(search: Search, knowledge: Knowledge) -> Found:
    asked = search.asked
    if asked.named:
        return by_name(search, knowledge)
    if "until" in asked.asks:
        limits = _deadlines(search, knowledge)
        if limits.events or not (search.past or asked.topics or asked.places):
            return limits
    return _by_subject(search, knowledge)


def _by_title(events: tuple[Event, ...], asked: Asked) -> tuple[Event, ...]:
    """One of many whose title was said goes first."""
    if not any(event.history for event in events):
        return events
    said = [len(_title(event) & asked.words) for event in events]
    best = max(said, default=0)
    if said.count(best) != 1:
        return events
    first = events[said.index(best)]
    return (first, *(event for event in events if event is not first))


def _title(event: Event) -> set[str]:
    words = {singular(word) for title in (event.title.es, event.title.en) for word in tokens(title)}
    return {word for word in words if len(word) > TELLING}


def _is_plain(event: Event, asked: Asked) -> bool:
    if event.series is None and event.kind in asked.kinds and event.kind not in GENERIC:
        return True  # a workshop or a book that was once, and no other like it
    return not event.history or event.edition is not None or any(c.isdigit() for name in event.names for c in name)


def _is_past(asked: Asked, today: date) -> bool:
    spans = asked.dates.spans
    if "until" in asked.asks and not spans:
        return False  # "¿ya abrió el registro?"
    if "past" in asked.asks:
        return all(span.first <= today for span in spans)
    return bool(spans) and all(span.last < today for span in spans)


def _deadlines(search: Search, knowledge: Knowledge) -> Found:
    """What can still be registered for, soonest first."""

    def in_time(event: Event) -> bool:
        on = event.deadline.on if event.deadline else None
        if on is None:
            return False
        span = Span(*_whole(on))
        if search.asked.dates.spans:
            return any(span.meets(said) for said in search.asked.dates.spans)
        return (span.first <= search.today) if search.past else (span.last >= search.today)

    found = [e for e in _matching(search.asked, knowledge) if e.deadline and in_time(e)]
    found.sort(key=lambda event: (_deadline_day(event), event.kind != "deadline", event.id))
    return Found(tuple(found), "" if found else "empty")


def _whole(partial: str) -> tuple[date, date]:
    return first_day(partial), last_day(partial)


def _deadline_day(event: Event) -> date:
    return _whole(event.deadline.on)[1] if event.deadline and event.deadline.on else date.max


def _by_subject(search: Search, knowledge: Knowledge) -> Found:
    asked = search.asked
    matching = _matching(asked, knowledge)
    # Of two topics the events of both, where there are any: "cambio climático y agua" else means either.
    both = [event for event in matching if set(asked.topics) <= set(event.topics)]
    in_both = search.ordered(event for event in both if search.in_time(event))
    found = in_both or search.ordered(event for event in matching if search.in_time(event))
    if asked.without and "next" in asked.asks and not asked.topics:
        found = _after(found, asked, knowledge)
    subject = asked.topics or asked.places or asked.organisers
    if subject and not found and not search.past and any(s.first <= search.today for s in asked.dates.spans):
        # "En Panamá este año": what is over by now, where nothing is still to come.
        whole = replace(search, asked=replace(asked, asks=asked.asks | {"whole"}))
        found = whole.ordered(event for event in both or matching if whole.in_time(event))
    if subject and search.past and not asked.dates.spans and (not found or "next" in asked.asks):
        # "¿Ya fue o sigue?": what is not over yet answers too.
        found = (
            replace(search, past=False).ordered(e for e in matching if replace(search, past=False).in_time(e)) or found
        )
    if subject and not found and not search.past and not asked.dates.spans:
        found = tuple(newest_first(event for event in matching if not event.history))
    if not subject:
        found = tuple(event for event in found if event.begins is not None)
    if not found and search.past and not asked.dates.year_said and asked.dates.spans:
        found = _same_days_of_history(search, matching)
    if "when" in asked.asks and "deadline" not in asked.kinds and asked.dates.spans and not search.past and not subject:
        found = (*found, *(e for e in _deadlines(search, knowledge).events if e not in found))
    if _is_one_sought(asked) and all(event.begins for event in found):
        found = _soonest(found, search.today)
    return Found(found, "" if found else "empty", search.past)


def _is_one_sought(asked: Asked) -> bool:
    """Whether the next one is asked for, and not all that is to come."""
    several = asked.plural or asked.organisers or "list" in asked.asks or "online" in asked.places
    return "next" in asked.asks and not several and not asked.dates.spans


def _soonest(events: tuple[Event, ...], today: date) -> tuple[Event, ...]:
    """The first by its month, though its day is only usual; where the year alone is known, or it ends today, last."""

    def place(event: Event) -> tuple[bool, date]:
        return _is_vague(event) or event.ends == today, event.ends or date.max

    return tuple(sorted(events, key=place)[:1])


def _is_vague(event: Event) -> bool:
    """Whether not even its month is known."""
    return len(event.start or event.usual or "") < MONTH


def _after(events: tuple[Event, ...], asked: Asked, knowledge: Knowledge) -> tuple[Event, ...]:
    """`Después de la CSW, ¿cuál sigue?`: what begins once that is over."""
    kinds = {EVENT: "id", WordKind.SERIES: "series"}
    named = [
        event.ends
        for event in knowledge.events.values()
        for kind, name in asked.without
        if kind in kinds and getattr(event, kinds[kind]) == name and event.ends and not event.history
    ]
    last = min(named, default=None)
    later = [event for event in events if last is None or (event.ends is not None and event.ends > last)]
    return tuple(sorted(later, key=lambda event: (event.ends or date.max, _is_vague(event), event.id)))


def _same_days_of_history(search: Search, matching: Iterable[Event]) -> tuple[Event, ...]:
    """`qué hubo en marzo`: where the last March had nothing, the March of the programme."""
    spans = search.asked.dates.spans
    history = [event for event in matching if event.history and event.begins]
    return tuple(
        in_order(
            (e for e in history if any(e.begins and s.first.month <= e.begins.month <= s.last.month for s in spans)),
            search.today,
        )
    )


def _matching(asked: Asked, knowledge: Knowledge) -> list[Event]:
    """By topic, place and kind."""
    kinds = [kind for kind in asked.kinds if kind not in GENERIC]
    if asked.kinds == INSTITUTION and not (asked.topics or asked.places or asked.organisers):
        kinds = list(INSTITUTION)
    events = [
        event
        for event in meant(asked, knowledge)
        if (not asked.topics or set(asked.topics) & set(event.topics))
        and (not asked.places or set(asked.places) & places_of(event, knowledge))
        and (not asked.organisers or any(_calls(organiser, event, knowledge) for organiser in asked.organisers))
        and (not kinds or event.kind in kinds)
    ]
    if "forum" in asked.kinds and not kinds:
        events = [event for event in events if event.kind != "deadline"]
    return events


def _calls(organiser: str, event: Event, knowledge: Knowledge) -> bool:
    """Whether what an event says of its organiser names this one."""
    if event.organiser is None:
        return False
    said = f" {' '.join(tokens(f'{event.organiser.es} {event.organiser.en}'))} "
    return any(f" {' '.join(tokens(name))} " in said for name in knowledge.calendar_words[organiser].names)
