"""One query over the events: what must hold and what may be left out, when, in which order, how many."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from bot.dates.spans import Span
from bot.dates.tokens import tokens
from bot.dialogue.signals.calendar.reading import Reading
from bot.dialogue.signals.calendar.vocabulary import EVENT, Meaning, meanings_of, singular
from knowledge.calendar import in_order, newest_first
from knowledge.model import Knowledge
from knowledge.schema.calendar import Access, Event, Status, WordKind

WHOLE_YEAR = 300
"""Days of a span from which an event of which only the year is known is in it."""
ADMITTED = {"access": (Access.OPEN, Access.SPECIAL), "status": (Access.STATUS,)}
"""Where who may come is asked of all forums: which ones are meant."""
ASSEMBLY = ("assembly",)
"""The one general noun that narrows a search where nothing else does."""

FIRM = 3
"""Tests that are never left out: the kind of list, whose it is, and the surest of what was said."""

Test = Callable[[Event], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """The events that answer; `elsewhen`: they are not when it was asked for; `beside`: what only 2018 knows."""

    events: tuple[Event, ...] = ()
    elsewhen: bool = False
    beside: tuple[Event, ...] = ()


def find(asked: Reading, knowledge: Knowledge, today: date) -> Found:
    """All that was said of them, then less of it; of a forum that is named at least the edition nearest to it."""
    tests, found = _tests(asked, knowledge), Found()
    if "until" in asked.asks and not asked.named:
        closing = (event for event in knowledge.events.values() if event.closes)  # as if on the last day to register
        limits = [one.model_copy(update={**dict.fromkeys(("end", "usual")), "start": one.closes}) for one in closing]
        found = Found(_in_time(_all_of(limits, tests), asked, today))
        if found.events or not (asked.topics or asked.places):
            return found
    for many in range(len(tests), min(len(tests), FIRM) - 1, -1):
        pool = _all_of(knowledge.events.values(), tests[:many])
        if asked.named:
            found = _named(pool, asked, today)
        elif events := _in_time(pool, asked, today) or _known(pool, asked, today):
            several = asked.signs & {"plural"} or asked.organisers or asked.dates.spans or asked.asks & {"list"}
            alone = "next" in asked.asks and not (several or "online" in asked.places)  # not all to come
            found = Found(_title_first(events, asked)[: 1 if alone else None])
        if found.events:
            break
    return found


def _tests(asked: Reading, knowledge: Knowledge) -> Sequence[Test]:
    """What was said of an event, the surest first: it must hold, and what stands last is the first to be left out."""
    of, forum = meanings_of(knowledge), "forum" in asked.kinds and not asked.named
    numbered = {knowledge.events[one].series for one in asked.editions}
    series = {(WordKind.SERIES, one) for one in asked.series if one not in numbered}
    topics = {(WordKind.TOPIC, one) for one in asked.topics}
    ours = asked.kinds or "organisation" in asked.signs or asked.asks.isdisjoint({"when", "until"})
    apart = {(WordKind.TOPIC, one) for one in asked.groups["apart"] if ours}
    admitted = next((access for ask, access in ADMITTED.items() if ask in asked.asks and asked.kinds), ())

    def any_of(named: Set[Meaning]) -> Test | None:
        return (lambda event: not named.isdisjoint(of[event.id])) if named else None

    tests = (
        lambda event: not (forum and event.kind == "deadline"),
        lambda event: event.id in asked.editions or apart.isdisjoint(of[event.id]),
        any_of(series | {(EVENT, one) for one in asked.editions}),
        any_of(topics),
        any_of({(WordKind.ORGANISER, one) for one in asked.organisers}),
        (lambda event: asked.without.isdisjoint(of[event.id])) if asked.without else None,
        any_of({(WordKind.PLACE, one) for one in asked.places}),
        any_of({(WordKind.KIND, one) for one in (ASSEMBLY if asked.kinds == ASSEMBLY else asked.narrowing)}),
        (lambda event: event.access in admitted) if admitted else None,
    )
    said = [test for test in tests if test is not None]
    return said if len(said) > 2 else [*said, lambda event: event.begins is not None]


def _all_of(events: Iterable[Event], tests: Sequence[Test]) -> list[Event]:
    return [event for event in events if all(test(event) for test in tests)]


def fits(event: Event, span: Span, today: date) -> bool:
    """Whether an event, as far as its date is known, is in those days; of which no day is known: not in a week."""
    begins, ends = event.begins, event.ends
    if begins is None or ends is None:
        return span.last >= today and span.days >= WHOLE_YEAR
    length = min((ends - begins).days, WHOLE_YEAR)
    needed = 1 if (event.exact or event.status is not Status.UNKNOWN) and length < WHOLE_YEAR else length
    return span.days >= needed and span.first <= ends and begins <= span.last


def _in_time(pool: Sequence[Event], asked: Reading, today: date) -> tuple[Event, ...]:
    """What is to come before what is over, past ones newest first unless a time was said, else each by its day."""
    spans, told = asked.dates.spans, "past" in asked.asks
    past = all(one.first <= today if told else one.last < today for one in spans) and (told or bool(spans))
    ahead = [e for e in pool if not e.history and (e.ends is None or e.ends >= today)]
    over = [e for e in pool if e.ends is not None and e.ends <= today]
    if not spans:
        back = past and not ("next" in asked.asks and ahead)
        return tuple(newest_first(over) if back else in_order(ahead, today))
    said = [event for event in pool if any(fits(event, span, today) for span in spans)]
    still = [event for event in said if event in (over if past else ahead)]
    whole = asked.dates.year_said or "whole" in asked.asks
    found = in_order(said if whole or not still else still, today)
    return tuple(sorted(found, key=lambda e: bool(e.exact and e.begins and e.begins < spans[0].first)))


def _known(pool: Sequence[Event], asked: Reading, today: date) -> tuple[Event, ...]:
    """Where no time was said and none answers, what is to come, or what was; of 2018 nothing."""
    if asked.dates.spans:
        return ()
    recent = [event for event in pool if not event.history]
    return tuple(in_order((e for e in recent if e.ends is None or e.ends >= today), today) or newest_first(recent))


def _named(pool: Sequence[Event], asked: Reading, today: date) -> Found:
    """The editions that were named; of each forum besides those asked for, else the last and the next one known."""
    editions = [event for event in pool if event.id in asked.editions]
    dated = [e for e in editions if any(span.year_said and fits(e, span, today) for span in asked.dates.spans)]
    series = {one: [e for e in pool if e.series == one and e not in editions] for one in asked.series}
    results = [_of_series(group, asked, today) for group in series.values() if group]
    events = [event for one in results for event in one.events]
    if editions:
        events = _forums_first(in_order([*events, *(dated or editions)], today), asked)
    elsewhen = bool(events) and not editions and all(one.elsewhen for one in results if one.events)
    beside = () if events else tuple(event for one in results for event in one.beside)
    return Found(_title_first(events, asked), elsewhen, beside)


def _of_series(group: Sequence[Event], asked: Reading, today: date) -> Found:
    recent = [event for event in group if not event.history]
    coming = in_order((e for e in recent if e.ends is None or e.ends >= today), today)
    gone = newest_first(e for e in recent if e.ends is not None and e.ends < today)
    nearest = (*gone[:1], *coming[:1])
    if asked.asks >= {"past", "next"} and not asked.dates.year_said and coming:
        return Found(nearest)
    if fitting := _forums_first(_in_time(group, asked, today), asked):
        alone = "next" in asked.asks and not asked.dates.spans
        return Found(tuple(fitting[:1] if alone else fitting))
    return Found(nearest, bool(asked.dates.spans)) if nearest else Found(beside=tuple(group))


def _forums_first(events: Iterable[Event], asked: Reading) -> list[Event]:
    """In their order, what is held before a forum behind it."""
    return sorted(events, key=lambda event: event.kind not in asked.groups["main"])


def _title_first(events: Sequence[Event], asked: Reading) -> tuple[Event, ...]:
    """Of rows of 2018 the one whose title was said most goes first."""
    if not any(event.history for event in events) or (asked.dates.spans and not (asked.named or asked.kinds)):
        return tuple(events)
    titles = (tokens(f"{event.title.es} {event.title.en}") for event in events)
    said = [len({singular(word) for word in title if len(word) > 3} & {*asked.words}) for title in titles]
    first = events[said.index(max(said))] if said.count(max(said)) == 1 else events[0]
    return tuple(sorted(events, key=lambda event: event is not first))
