"""Events by the name of their forum: the editions that were asked for, else the next one known, else the last."""

from collections.abc import Callable
from datetime import date

from bot.dialogue.calendar.evidence import HOME_GROUND, SINCE, places_of
from bot.dialogue.calendar.found import Found, Search, fits, meant
from bot.dialogue.calendar.words import GENERIC, Asked
from knowledge.calendar import in_order, newest_first
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event

MAIN = frozenset({"forum", "summit", "assembly", "deadline", "delegation"})


def by_name(search: Search, knowledge: Knowledge) -> Found:
    """Of each forum that is named, the editions meant."""
    asked = search.asked
    groups = [[knowledge.events[e]] for e in asked.editions] or [
        [e for e in meant(asked, knowledge) if e.series == s] for s in asked.series
    ]
    groups = _narrowed(_without_deadlines(_unique(groups), asked), asked, knowledge)
    if asked.editions:
        return _editions(search, groups, knowledge)
    return _in_series(search, groups)


def _in_series(search: Search, groups: list[list[Event]]) -> Found:
    asked = search.asked
    results = [_of_series(search, group) for group in groups]
    shown = [result for result in results if result.events]
    if not shown and asked.places and "next" not in asked.asks:
        # A forum of 2018 at its place: that it is over is meant.
        held = tuple(event for group in groups for event in group if set(asked.places) & set(event.where))
        if held:
            return Found(held, "", past=True)
    if not shown:
        beside = tuple(event for result in results for event in result.beside)
        return Found(note="history" if beside else "empty", beside=beside)
    exact = [result for result in shown if not result.note]
    chosen = exact if exact and len(asked.series) > len(groups) else shown
    events = tuple(dict.fromkeys(e for result in chosen for e in result.events))
    if len(chosen) > 1:
        events = search.ordered(events)
    return Found(events, "" if exact else "elsewhen", search.past)


def _of_series(search: Search, group: list[Event]) -> Found:
    """The editions of one forum that were asked for; else the next one known, else the last."""
    fitting = [event for event in group if search.in_time(event)]
    if not search.asked.kinds or set(search.asked.kinds) <= GENERIC:
        fitting = _main_first(search, fitting)
    else:
        fitting = list(search.ordered(fitting))
    recent = [event for event in group if not event.history]
    coming = in_order((e for e in recent if e.ends is None or e.ends >= search.today), search.today)
    gone = newest_first(e for e in recent if e.ends is not None and e.ends < search.today)
    if {"past", "next"} <= search.asked.asks and not search.asked.dates.year_said and coming:
        return Found((*gone[:1], coming[0]))
    if not search.asked.dates.spans and "next" not in search.asked.asks:
        fitting.sort(key=lambda event: not _goes_on(event, search.today))
    if fitting:
        if "next" in search.asked.asks and not search.past and not search.asked.dates.spans:
            later = [event for event in fitting if not (event.exact and event.begins and event.begins <= search.today)]
            fitting = later[:1] or fitting[:1]
        return Found(tuple(fitting))
    if over := [event for event in group if any(fits(event, span, search.today) for span in search.asked.dates.spans)]:
        return Found(tuple(over))
    nearest = [*gone[:1], *coming[:1]] if "past" in search.asked.asks else coming[:1] or gone[:1]
    if nearest:
        return Found(tuple(nearest), "elsewhen" if search.asked.dates.spans else "")
    return Found(beside=tuple(group))


def _goes_on(event: Event, today: date) -> bool:
    return event.exact and event.begins is not None and event.ends is not None and event.begins <= today <= event.ends


def _editions(search: Search, groups: list[list[Event]], knowledge: Knowledge) -> Found:
    """Editions that are named, and forums besides that are named without one: `la COP32 o la CSW`."""
    events = [event for group in groups for event in group]
    if search.asked.dates.year_said and (fitting := [e for e in events if search.in_time(e)]):
        events = fitting
    known = {event.series for event in events}
    besides = [[e for e in knowledge.events.values() if e.series == s] for s in search.asked.series if s not in known]
    events += _in_series(search, besides).events if besides else ()
    main = [event for event in events if event.kind in MAIN]
    others = [event for event in events if event.kind not in MAIN]
    return Found((*in_order(main, search.today), *in_order(others, search.today)), "", search.past)


def _without_deadlines(groups: list[list[Event]], asked: Asked) -> list[list[Event]]:
    """`el foro FPD del ECOSOC`: a forum beside it, unless they are compared."""
    forums = [group for group in groups if any(event.kind != "deadline" for event in group)]
    return groups if "next" in asked.asks else forums or groups


def _unique(groups: list[list[Event]]) -> list[list[Event]]:
    seen: set[str] = set()
    result = []
    for group in groups:
        fresh = [event for event in group if event.id not in seen]
        seen.update(event.id for event in fresh)
        result.append(fresh)
    return [group for group in result if group]


def _narrowed(groups: list[list[Event]], asked: Asked, knowledge: Knowledge) -> list[list[Event]]:
    """By topic, place and kind, where that leaves something."""
    tests: list[Callable[[Event], bool]] = [
        lambda event: bool(set(asked.topics) & set(event.topics)),
        lambda event: bool(set(asked.places) & places_of(event, knowledge)),
        lambda event: event.kind in asked.kinds,
    ]
    wanted = (asked.topics, asked.places, [kind for kind in asked.kinds if kind not in GENERIC])
    for test, named in zip(tests, wanted, strict=True):
        fewer = [[event for event in group if test(event)] for group in groups]
        if named and any(fewer) and not _only_history(asked, fewer, groups):
            groups = [group for group in fewer if group]
    return groups


def _only_history(asked: Asked, fewer: list[list[Event]], groups: list[list[Event]]) -> bool:
    """Whether it would leave 2018 alone, where that was not asked for and there is something newer."""
    if "past" in asked.asks or any(span.first.year < SINCE for span in asked.dates.spans):
        return False
    if set(asked.places) - HOME_GROUND and "next" not in asked.asks:
        return False  # each edition has a city of its own: "el foro de Marrakech"
    return all(e.history for group in fewer for e in group) and any(not e.history for group in groups for e in group)


def _main_first(search: Search, events: list[Event]) -> list[Event]:
    ordered = search.ordered(events)
    return [e for e in ordered if e.kind in MAIN] + [e for e in ordered if e.kind not in MAIN]
