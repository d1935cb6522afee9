"""From what was asked to the events that answer it, in the order in which they are shown."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.dates.spans import Span
from bot.dates.tokens import tokens
from bot.dialogue.signals.calendar.reading import Reading
from bot.dialogue.signals.calendar.vocabulary import EVENT, places_of, singular
from knowledge.calendar import in_order, newest_first
from knowledge.model import Knowledge
from knowledge.schema.calendar import Access, Event, Status, WordKind, first_day, last_day

WHOLE_YEAR = 300  # days of a span from which an event of which only the year is known is in it
SINCE = 2026  # the calendar has the years from then on, and 2018
ADMITTED = {"access": (Access.OPEN, Access.SPECIAL), "status": (Access.STATUS,)}
"""Where who may come is asked of all forums: which ones are meant."""
INSTITUTION = ("assembly",)  # the one general noun that narrows a search where nothing else does


@dataclass(frozen=True, slots=True)
class Found:
    """The events that answer; `elsewhen`: they are not when it was asked for; `beside`: what only 2018 knows."""

    events: tuple[Event, ...] = ()
    elsewhen: bool = False
    beside: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, when, and whether it is over."""

    asked: Reading
    knowledge: Knowledge
    today: date
    past: bool

    def in_time(self, event: Event) -> bool:
        """In the days that were said; without any, from today on, or up to today."""
        spans = self.asked.dates.spans
        either = self.asked.dates.year_said or "whole" in self.asked.asks
        if not (spans and either) and not self._open(event):
            return False
        return not spans or any(fits(event, span, self.today) for span in spans)

    def _open(self, event: Event) -> bool:
        if self.past:
            return event.ends is not None and event.ends <= self.today
        return not event.history and (event.ends is None or event.ends >= self.today)

    def ordered(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """What is past the newest first, unless a time was said; all else by its day, what began before it last."""
        since = self.asked.dates.spans[0].first if self.asked.dates.spans else None
        if self.past and since is None:
            return tuple(newest_first(events))
        found = in_order(events, self.today)
        return tuple(sorted(found, key=lambda e: bool(since and e.exact and e.begins and e.begins < since)))


def as_of(asked: Reading, knowledge: Knowledge, today: date) -> Reading:
    """The reading without editions of 2018 that no number and no time names: "mujeres indígenas" was one of them."""
    if asked.dates.year_said or _is_past(asked, today):
        return asked
    events = (knowledge.events[one] for one in asked.editions)
    return replace(asked, editions=tuple(e.id for e in events if not e.history or e.edition is not None))


def find(asked: Reading, knowledge: Knowledge, today: date) -> Found:
    """By name where one is named, else by subject, place, kind and days; with less of what was said where need be."""
    past, found = _is_past(asked, today), Found()
    for less in _relaxed(asked):
        found = _found(Search(less, knowledge, today, past))
        if found.events:
            break
    return replace(found, events=_title_first(found.events, asked))


def _relaxed(asked: Reading) -> Iterator[Reading]:
    """What was asked, then less of it: where they are is not where the forum is, a call stands under its delegation."""
    yield asked
    if asked.topics and asked.places:
        yield replace(asked, places=())
    if asked.topics or asked.places:
        yield replace(asked, kinds=())
    if asked.without and not asked.named:
        yield replace(asked, without=frozenset())


def _found(search: Search) -> Found:
    asked = search.asked
    if asked.named:
        return _by_name(search)
    if "until" in asked.asks:
        limits = _deadlines(search)
        if limits or not (search.past or asked.topics or asked.places):
            return Found(limits)
    return Found(_by_subject(search))


def _is_past(asked: Reading, today: date) -> bool:
    spans = asked.dates.spans
    if "past" in asked.asks:
        return all(span.first <= today for span in spans)
    return bool(spans) and all(span.last < today for span in spans)


def fits(event: Event, span: Span, today: date) -> bool:
    """Whether an event, as far as its date is known, is in those days; of which no day is known: not in a week."""
    begins, ends = event.begins, event.ends
    if begins is None or ends is None:
        return span.last >= today and span.days >= WHOLE_YEAR
    length = min((ends - begins).days, WHOLE_YEAR)
    known = event.exact or event.status is not Status.UNKNOWN
    needed = 1 if known and length < WHOLE_YEAR else length
    return span.days >= needed and span.first <= ends and begins <= span.last


def _by_name(search: Search) -> Found:
    """Of each forum that is named the editions meant; editions by number with forums named beside them."""
    asked, known = search.asked, search.knowledge.events.values()
    if not asked.editions:
        return _of_all([[e for e in _not_excluded(search) if e.series == one] for one in asked.series], search)
    events = [search.knowledge.events[one] for one in asked.editions]
    events = next(iter(_narrowed([events], search)), [])
    events = [e for e in events if asked.dates.year_said and search.in_time(e)] or events
    others = [one for one in asked.series if one not in {e.series for e in events}]
    if others:
        events += _of_all([[e for e in known if e.series == one] for one in others], search).events
    return Found(tuple(_forums_first(in_order(events, search.today), asked)))


def _forums_first(events: Iterable[Event], asked: Reading) -> list[Event]:
    """In their order, what is held before a forum behind it."""
    return sorted(events, key=lambda event: event.kind not in asked.groups["main"])


def _of_all(groups: list[list[Event]], search: Search) -> Found:
    results = [_of_series(group, search) for group in _narrowed(groups, search)]
    shown = [one for one in results if one.events]
    if not shown:
        return Found(beside=tuple(e for one in results for e in one.beside))
    events = tuple(dict.fromkeys(e for one in shown for e in one.events))
    return Found(events, elsewhen=all(one.elsewhen for one in shown))


def _of_series(group: Sequence[Event], search: Search) -> Found:
    """The editions of one forum that were asked for; else the next one known, else the last."""
    asked, today = search.asked, search.today
    fitting = _forums_first(search.ordered(e for e in group if search.in_time(e)), asked)
    recent = [event for event in group if not event.history]
    coming = in_order((e for e in recent if e.ends is None or e.ends >= today), today)
    gone = newest_first(e for e in recent if e.ends is not None and e.ends < today)
    if asked.asks >= {"past", "next"} and not asked.dates.year_said and coming:
        return Found((*gone[:1], coming[0]))
    if "next" in asked.asks and not (search.past or asked.dates.spans):
        fitting = fitting[:1]
    over = [event for event in group if any(fits(event, span, today) for span in asked.dates.spans)]
    nearest = (*gone[:1], *coming[:1])
    if fitting or over:
        return Found(tuple(fitting or over))
    return Found(nearest, bool(asked.dates.spans)) if nearest else Found(beside=tuple(group))


def _narrowed(groups: list[list[Event]], search: Search) -> list[list[Event]]:
    """By subject, place and kind, where that leaves something."""
    asked, knowledge = search.asked, search.knowledge
    kinds = asked.narrowing
    tests: tuple[tuple[object, Callable[[Event], bool]], ...] = (
        (asked.topics, lambda event: bool(set(asked.topics) & set(event.topics))),
        (asked.places, lambda event: bool(set(asked.places) & places_of(event, knowledge))),
        (kinds, lambda event: event.kind in kinds),
    )
    for named, test in tests:
        fewer = [[event for event in group if test(event)] for group in groups]
        if named and any(fewer):
            groups = fewer
    return groups


def _not_excluded(search: Search) -> list[Event]:
    """All events but those that the message says are not meant."""
    without = search.asked.without
    return [
        event
        for event in search.knowledge.events.values()
        if without.isdisjoint(
            {
                (EVENT, event.id),
                (WordKind.SERIES, event.series or ""),
                *((WordKind.TOPIC, topic) for topic in event.topics),
                *((WordKind.PLACE, place) for place in places_of(event, search.knowledge)),
            }
        )
    ]


def _matching(search: Search) -> list[Event]:
    """By subject, place, organiser and kind."""
    asked, knowledge = search.asked, search.knowledge
    kinds = {*INSTITUTION} if asked.kinds == INSTITUTION else asked.narrowing
    return [
        event
        for event in _not_excluded(search)
        if (not asked.topics or set(asked.topics) & set(event.topics))
        and (not asked.places or set(asked.places) & places_of(event, knowledge))
        and (not asked.organisers or any(_calls(one, event, knowledge) for one in asked.organisers))
        and (event.kind in kinds if kinds else "forum" not in asked.kinds or event.kind != "deadline")
    ]


def _calls(organiser: str, event: Event, knowledge: Knowledge) -> bool:
    """Whether what an event says of its organiser names this one."""
    said = f" {' '.join(tokens(f'{event.organiser.es} {event.organiser.en}'))} " if event.organiser else ""
    return any(f" {' '.join(tokens(name))} " in said for name in knowledge.calendar_words[organiser].names)


def _by_subject(search: Search) -> tuple[Event, ...]:
    asked, today = search.asked, search.today
    matching = _matching(search)
    both = [event for event in matching if set(asked.topics) <= set(event.topics)]
    found = _in(both, search) or _in(matching, search)
    admitted = next((access for ask, access in ADMITTED.items() if ask in asked.asks), None)
    if admitted and asked.kinds:
        found = tuple(event for event in found if event.access in admitted)
    spans = asked.dates.spans
    if asked.topics or asked.places or asked.organisers:
        if spans and not found:
            found = _in(
                both or matching, replace(search, asked=replace(asked, asks=asked.asks | {"whole"}))
            )  # "en Panamá este año": what is over by now
        if search.past and (not found or "next" in asked.asks):
            found = _in(matching, replace(search, past=False)) or found  # "¿ya fue o sigue?"
        if not (found or spans):
            found = tuple(newest_first(event for event in matching if asked.places or not event.history))
    else:
        found = tuple(event for event in found if event.begins is not None)
        if "when" in asked.asks and spans:
            found = tuple(dict.fromkeys((*found, *_deadlines(search))))
    several = asked.signs & {"plural"} or asked.organisers or spans or asked.asks & {"list"} or "online" in asked.places
    if "next" in asked.asks and not several and all(event.begins for event in found):  # the next one, not all to come
        return tuple(sorted(found, key=lambda event: (event.ends == today, event.ends or date.max))[:1])
    return found


def _in(events: Iterable[Event], search: Search) -> tuple[Event, ...]:
    return search.ordered(event for event in events if search.in_time(event))


def _deadlines(search: Search) -> tuple[Event, ...]:
    """What can be registered for until some day, the soonest first."""
    limits = ((event, event.deadline.on) for event in _matching(search) if event.deadline)
    days = [(event, Span(first_day(on), last_day(on))) for event, on in limits if on]
    spans, today = search.asked.dates.spans, search.today
    found = [
        (span.last, event.kind != "deadline", event.id, event)
        for event, span in days
        if (any(span.meets(said) for said in spans) if spans else (span.last < today) == search.past)
    ]
    return tuple(event for *_, event in sorted(found, key=lambda one: one[:3]))


def _title_first(events: tuple[Event, ...], asked: Reading) -> tuple[Event, ...]:
    """Of rows of 2018 the one whose title was said most goes first."""
    if not any(event.history for event in events) or (asked.dates.spans and not (asked.named or asked.kinds)):
        return events
    said = [
        len({singular(w) for w in tokens(e.title.es + " " + e.title.en) if len(w) > 3} & {*asked.words}) for e in events
    ]
    first = events[said.index(max(said))] if said.count(max(said)) == 1 else None
    return tuple(sorted(events, key=lambda event: event is not first)) if first else events
