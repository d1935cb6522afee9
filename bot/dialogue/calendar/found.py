"""When an event is in the time asked for, and the order in which events are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.dialogue.calendar.evidence import places_of
from bot.dialogue.calendar.vocabulary import EVENT
from bot.dialogue.calendar.words import Asked
from bot.dialogue.dates.spans import Span
from knowledge.calendar import in_order, newest_first
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event, Status, WordKind

WHOLE_YEAR = 300
"""Days of a span from which an event of which only the year is known is in it."""
Note = Literal["", "elsewhen", "empty", "history"]
"""`elsewhen`: what is shown is not when it was asked for; `history`: only 2018 knows it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The events that answer, in the order in which they are shown."""

    events: tuple[Event, ...] = ()
    note: Note = ""
    past: bool = False
    beside: tuple[Event, ...] = ()
    """What may be offered where nothing answers."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, when, and whether it is over."""

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
        if not self.asked.dates.year_said and "whole" not in self.asked.asks and not self._open(event):
            return False
        return any(fits(event, span, self.today) for span in spans)

    def _open(self, event: Event) -> bool:
        begins, ends = event.begins, event.ends
        if self.past:
            return begins is not None and ends is not None and (ends if not event.exact else begins) <= self.today
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


def fits(event: Event, span: Span, today: date) -> bool:
    """Whether an event, as far as its date is known, is in those days."""
    begins, ends = event.begins, event.ends
    if begins is None or ends is None:
        return span.last >= today and span.days >= WHOLE_YEAR
    if event.exact or event.status is not Status.UNKNOWN:
        needed = WHOLE_YEAR if (ends - begins).days >= WHOLE_YEAR else 1
    else:
        # Nobody knows the day: it is in a month or a year, never in a week.
        needed = min((ends - begins).days, WHOLE_YEAR)
    return span.days >= needed and span.first <= ends and begins <= span.last


def meant(asked: Asked, knowledge: Knowledge) -> list[Event]:
    """All events but those that the message says are not meant."""
    without = asked.without
    return [
        event
        for event in knowledge.events.values()
        if not without
        or not (
            without & {(EVENT, event.id), (WordKind.SERIES, event.series or "")}
            or without & {(WordKind.TOPIC, topic) for topic in event.topics}
            or without & {(WordKind.PLACE, place) for place in places_of(event, knowledge)}
        )
    ]
