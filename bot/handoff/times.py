"""When a case moves by itself: how long a claim may be silent, when alerts go out, until when it is opened again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.conversation.case import Case
from bot.handoff.window import closes_at
from knowledge.schema.base import Level

ANSWER, ALERT, WINDOW, CALL_BACK = "answer", "alert", "window", "call_back"
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
    remind_before: timedelta = timedelta(hours=2)
    """So long before WhatsApp stops taking free words, whoever has the case is reminded."""
    ladders: Mapping[Level, Ladder] = field(default_factory=lambda: LADDERS)


@dataclass(frozen=True, slots=True)
class Due:
    """A timer to set; it replaces the one of its kind."""

    due_at: datetime
    payload: Mapping[str, str | int]


DEFAULT = Times()


def timers(
    before: Case | None, after: Case, now: datetime, times: Times = DEFAULT, *, channel: str = ""
) -> Mapping[str, Due | None]:
    """The timers that a change sets, by kind; None: forgotten; a kind that is missing stays as it is."""
    changed: dict[str, Due | None] = {}
    since = after.awaited_since
    if since != (before and before.awaited_since):
        payload = {"case": str(after.id), "since": since.isoformat()} if since else {}
        changed[ANSWER] = Due(since + times.answer_within, payload) if since else None
    waits, waited = _calls(after), before is not None and _calls(before)
    if waits and (not waited or (before and after.level.rank < before.level.rank)):
        changed[ALERT] = rung(after, 0, now, times)
    elif waited and not waits:
        changed[ALERT] = None
    return {**changed, **_reminders(before, after, times, channel)}


def _calls(case: Case) -> bool:
    """Whether somebody is called for it: nobody has it, and it stands in the queue by itself."""
    return case.status == "open" and case.grouped_under is None


def _reminders(before: Case | None, after: Case, times: Times, channel: str) -> Mapping[str, Due | None]:
    """Before the window closes, and at the hour of a call-back."""
    changed: dict[str, Due | None] = {}
    closes = closes_at(channel, after.heard_at)
    if after.status == "resolved":
        changed[WINDOW] = None
    elif closes and after.heard_at and (before is None or before.heard_at != after.heard_at):
        payload = {"case": str(after.id), "heard": after.heard_at.isoformat()}
        changed[WINDOW] = Due(closes - times.remind_before, payload)
    at = after.call_back_at
    if at != (before and before.call_back_at):
        changed[CALL_BACK] = Due(at, {"case": str(after.id), "at": at.isoformat()}) if at else None
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
