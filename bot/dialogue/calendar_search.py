"""From what was asked to the events that answer it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.dialogue.calendar_words import GENERIC, Asked
from bot.dialogue.spans import Span
from knowledge.calendar import in_order, newest_first
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event, Status, first_day, last_day

WHOLE_YEAR = 300
"""Days of a span from which an event of which only the year is known is in it."""
Note = Literal["", "elsewhen", "empty", "history"]
"""`elsewhen`: what is shown is not when it was asked for; `history`: only 2018 knows it."""
MAIN = frozenset({"forum", "summit", "assembly", "deadline", "delegation"})


@dataclass(frozen=True, slots=True)
class Found:
    """The events that answer, in the order in which they are shown."""

    events: tuple[Event, ...] = ()
    note: Note = ""
    past: bool = False
    beside: tuple[Event, ...] = ()
    """What may be offered where nothing answers."""


def find(asked: Asked, knowledge: Knowledge, today: date) -> Found:
    """By name where one is named, else by topic, place, kind and date."""
    search = _Search(asked, today, _is_past(asked, today))
    if not search.past and not asked.dates.year_said:
        # An edition of 2018 is meant by its number alone ("COP24"), not by words that others have too.
        asked = replace(asked, editions=tuple(e for e in asked.editions if _is_plain(knowledge.events[e])))
        search = replace(search, asked=asked)
    if asked.named:
        return _by_name(search, knowledge)
    if "until" in asked.asks and not search.past:
        return _deadlines(search, knowledge)
    return _by_subject(search, knowledge)


def _is_plain(event: Event) -> bool:
    return not event.history or any(c.isdigit() for name in event.names for c in name)


def _is_past(asked: Asked, today: date) -> bool:
    spans = asked.dates.spans
    if spans:
        return all(span.last < today for span in spans)
    return "past" in asked.asks


@dataclass(frozen=True, slots=True)
class _Search:
    asked: Asked
    today: date
    past: bool

    def in_time(self, event: Event) -> bool:
        """In the spans that were said; without any, from today on, or up to today."""
        spans = self.asked.dates.spans
        if self.past and event.begins is None:
            return False
        if not spans:
            return self._open(event)
        if not self.asked.dates.year_said and not self._open(event):
            return False
        return any(_fits(event, span, self.today) for span in spans)

    def _open(self, event: Event) -> bool:
        ends = event.ends
        if self.past:
            return ends is not None and ends < self.today
        return not event.history and (ends is None or ends >= self.today)

    def ordered(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """What is coming by its day; what is past by its day where a time was said, else the newest first."""
        found = list(events)
        if self.past and not self.asked.dates.spans:
            return tuple(newest_first(found))
        ordered = in_order(found, self.today)
        if spans := self.asked.dates.spans:
            # What began before goes last.
            ordered.sort(key=lambda event: event.exact and (event.begins or spans[0].first) < spans[0].first)
        return tuple(ordered)


def _fits(event: Event, span: Span, today: date) -> bool:
    begins, ends = event.begins, event.ends
    if begins is None or ends is None:
        return span.last >= today and span.days >= WHOLE_YEAR
    if event.exact or event.status is not Status.UNKNOWN:
        needed = WHOLE_YEAR if (ends - begins).days >= WHOLE_YEAR else 1
    else:
        # Nobody knows the day: it is in a month or a year, never in a week.
        needed = min((ends - begins).days, WHOLE_YEAR)
    return span.days >= needed and span.first <= ends and begins <= span.last


def _by_name(search: _Search, knowledge: Knowledge) -> Found:
    asked = search.asked
    groups = [[knowledge.events[e]] for e in asked.editions] or [
        [e for e in knowledge.events.values() if e.series == s] for s in asked.series
    ]
    groups = _narrowed(_unique(groups), asked, knowledge)
    if asked.editions:
        return _editions(search, groups, knowledge)
    return _in_series(search, groups)


def _in_series(search: _Search, groups: list[list[Event]]) -> Found:
    asked = search.asked
    results = [_of_series(search, group) for group in groups]
    shown = [result for result in results if result.events]
    if not shown:
        beside = tuple(event for result in results for event in result.beside)
        return Found(note="history" if beside else "empty", beside=beside)
    exact = [result for result in shown if not result.note]
    chosen = exact if exact and len(asked.series) > len(groups) else shown
    events = tuple(dict.fromkeys(e for result in chosen for e in result.events))
    if len(chosen) > 1:
        events = search.ordered(events)
    return Found(events, "" if exact else "elsewhen", search.past)


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
        lambda event: bool(set(asked.places) & _places(event, knowledge)),
        lambda event: event.kind in asked.kinds,
    ]
    wanted = (asked.topics, asked.places, [kind for kind in asked.kinds if kind not in GENERIC])
    for test, named in zip(tests, wanted, strict=True):
        fewer = [[event for event in group if test(event)] for group in groups]
        if named and any(fewer):
            groups = [group for group in fewer if group]
    return groups


def _editions(search: _Search, groups: list[list[Event]], knowledge: Knowledge) -> Found:
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


def _of_series(search: _Search, group: list[Event]) -> Found:
    """The editions of one forum that were asked for; else the next one known, else the last."""
    fitting = [event for event in group if search.in_time(event)]
    if not search.asked.kinds or set(search.asked.kinds) <= GENERIC:
        fitting = _main_first(search, fitting)
    else:
        fitting = list(search.ordered(fitting))
    if fitting:
        if "next" in search.asked.asks and not search.past and not search.asked.dates.spans:
            later = [event for event in fitting if not (event.exact and event.begins and event.begins <= search.today)]
            fitting = later[:1] or fitting[:1]
        return Found(tuple(fitting))
    recent = [event for event in group if not event.history]
    coming = in_order((e for e in recent if e.ends is None or e.ends >= search.today), search.today)
    gone = newest_first(e for e in recent if e.ends is not None and e.ends < search.today)
    nearest = [*gone[:1], *coming[:1]] if "past" in search.asked.asks else coming[:1] or gone[:1]
    if nearest:
        return Found(tuple(nearest), "elsewhen" if search.asked.dates.spans else "")
    return Found(beside=tuple(group))


def _main_first(search: _Search, events: list[Event]) -> list[Event]:
    ordered = search.ordered(events)
    return [e for e in ordered if e.kind in MAIN] + [e for e in ordered if e.kind not in MAIN]


def _deadlines(search: _Search, knowledge: Knowledge) -> Found:
    """What can still be registered for, soonest first."""

    def in_time(event: Event) -> bool:
        on = event.deadline.on if event.deadline else None
        if on is None:
            return False
        span = Span(*_whole(on))
        if search.asked.dates.spans:
            return any(span.meets(said) for said in search.asked.dates.spans)
        return span.last >= search.today

    found = [e for e in _matching(search.asked, knowledge) if e.deadline and in_time(e)]
    found.sort(key=lambda event: (_deadline_day(event), event.kind != "deadline", event.id))
    return Found(tuple(found), "" if found else "empty")


def _whole(partial: str) -> tuple[date, date]:
    return first_day(partial), last_day(partial)


def _deadline_day(event: Event) -> date:
    return _whole(event.deadline.on)[1] if event.deadline and event.deadline.on else date.max


def _by_subject(search: _Search, knowledge: Knowledge) -> Found:
    asked = search.asked
    matching = _matching(asked, knowledge)
    found = search.ordered(event for event in matching if search.in_time(event))
    subject = asked.topics or asked.places
    if not subject:
        found = tuple(event for event in found if event.begins is not None)
    if not found and search.past and not asked.dates.year_said and asked.dates.spans:
        found = _same_days_of_history(search, matching)
    if "when" in asked.asks and "deadline" not in asked.kinds and asked.dates.spans and not search.past and not subject:
        found = (*found, *(e for e in _deadlines(search, knowledge).events if e not in found))
    if "next" in asked.asks and not asked.plural and not asked.dates.spans and all(e.begins for e in found):
        found = found[:1]
    return Found(found, "" if found else "empty", search.past)


def _same_days_of_history(search: _Search, matching: Iterable[Event]) -> tuple[Event, ...]:
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
    events = [
        event
        for event in knowledge.events.values()
        if (not asked.topics or set(asked.topics) & set(event.topics))
        and (not asked.places or set(asked.places) & _places(event, knowledge))
        and (not kinds or event.kind in kinds)
    ]
    if "forum" in asked.kinds and not kinds:
        events = [event for event in events if event.kind != "deadline"]
    # Of two topics the events of both, where there are any: "cambio climático y agua" else means either.
    both = [event for event in events if set(asked.topics) <= set(event.topics)]
    return both or events


def _places(event: Event, knowledge: Knowledge) -> set[str]:
    """Where it is, with country and regions."""
    found: set[str] = set()
    waiting = list(event.where)
    while waiting:
        place = waiting.pop()
        found.add(place)
        word = knowledge.calendar_words.get(place)
        waiting.extend(word.within if word else ())
    return found
