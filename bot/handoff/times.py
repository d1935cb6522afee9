"""When a case moves by itself: how long a claim may be silent, when alerts go out, until when it is opened again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.conversation.case import Case
from knowledge.schema.base import Level

ANSWER, ALERT = "answer", "alert"
"""Kinds of timers."""
Ladder = tuple[timedelta, ...]
"""When each rung is reached, from the moment on since when nobody has the case; the last gap repeats."""


def _minutes(*numbers: int) -> Ladder:
    return tuple(timedelta(minutes=number) for number in numbers)


LADDERS: Mapping[Level, Ladder] = {
    Level.CRITICAL: _minutes(0, 2, 5, 10),
    Level.URGENT: _minutes(0, 10, 30, 60),
    Level.PRIORITY: _minutes(15, 60, 180),
}
"""At once, again, whoever is on shift next, the coordinator."""


@dataclass(frozen=True, slots=True)
class Times:
    """What the settings say."""

    answer_within: timedelta = timedelta(minutes=10)
    """A claim without an answer for so long goes back to the queue."""
    reopen_within: timedelta = timedelta(days=3)
    """Who writes so long after a resolve opens the case again."""
    ladders: Mapping[Level, Ladder] = field(default_factory=lambda: LADDERS)


@dataclass(frozen=True, slots=True)
class Due:
    """A timer to set; it replaces the one of its kind."""

    due_at: datetime
    payload: Mapping[str, str | int]


DEFAULT = Times()


def timers(before: Case | None, after: Case, now: datetime, times: Times = DEFAULT) -> Mapping[str, Due | None]:
    """The timers that a change sets, by kind; None: forgotten; a kind that is missing stays as it is."""
    changed: dict[str, Due | None] = {}
    since = after.awaited_since
    if since != (before and before.awaited_since):
        payload = {"case": str(after.id), "since": since.isoformat()} if since else {}
        changed[ANSWER] = Due(since + times.answer_within, payload) if since else None
    waits, waited = after.status == "open", before is not None and before.status == "open"
    if waits and (not waited or (before and after.level.rank < before.level.rank)):
        changed[ALERT] = rung(after, 0, now, times)
    elif waited and not waits:
        changed[ALERT] = None
    return changed


def rung(case: Case, number: int, begun: datetime, times: Times = DEFAULT) -> Due | None:
    """The alert of this rung, counted from when the ladder was begun; None where this level has no ladder."""
    ladder = times.ladders.get(case.level, ())
    if not ladder:
        return None
    last = len(ladder) - 1
    gap = ladder[last] - ladder[last - 1] if last else ladder[0] or timedelta(minutes=10)
    at = ladder[min(number, last)] + max(0, number - last) * gap
    return Due(begun + at, {"case": str(case.id), "rung": number, "begun": begun.isoformat()})
