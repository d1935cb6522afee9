"""Figures for the coordinator, from what happened to cases. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

LEVELS = ("critical", "urgent", "priority")


class Happened(Protocol):
    """One line of the log; of an opening `detail` is level and category."""

    @property
    def at(self) -> datetime: ...  # noqa: D102

    @property
    def action(self) -> str: ...  # noqa: D102

    @property
    def item(self) -> str: ...  # noqa: D102

    @property
    def detail(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Waiting:
    """Minutes from an opening to its claim, or to its first answer; None where there is none."""

    claims: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one span of time."""

    waiting: Mapping[str, Waiting]
    """Until somebody claimed it, by level."""
    answers: Mapping[str, Waiting]
    """Until a person first answered, by level."""
    by_day: Mapping[date, int]
    """Openings by the desk's day, oldest first; a day without any has 0."""
    counts: Mapping[str, int]
    """opened, reopened, claimed, answered, resolved, lapsed, and `out_of_hours`: opened while nobody was on duty."""
    by_hour: Sequence[int]
    """Openings by hour of the desk's day."""
    by_category: Mapping[str, int]
    """Openings, most first."""


def count(
    entries: Iterable[Happened],
    days: Iterable[date],
    local: Callable[[datetime], datetime],
    on_duty: Callable[[datetime], bool],
) -> Counted:
    """`local` is the desk's time, `days` are those of the span in it; entries oldest first."""
    waits: dict[str, list[float]] = {level: [] for level in LEVELS}
    answers: dict[str, list[float]] = {level: [] for level in LEVELS}
    counts: Counter[str] = Counter()
    hours, categories = [0] * 24, Counter[str]()
    by_day = dict.fromkeys(days, 0)
    open_since: dict[str, tuple[datetime, str]] = {}
    unanswered: dict[str, tuple[datetime, str]] = {}
    for entry in entries:
        counts[entry.action] += 1
        if entry.action in ("opened", "reopened"):
            level, _, category = entry.detail.partition(" ")
            open_since[entry.item] = unanswered[entry.item] = (entry.at, level)
            day = local(entry.at).date()
            by_day[day] = by_day.get(day, 0) + 1
            hours[local(entry.at).hour] += 1
            categories[category] += 1
            counts["out_of_hours"] += not on_duty(entry.at)
        elif entry.action == "claimed" and entry.item in open_since:
            since, level = open_since.pop(entry.item)
            waits.setdefault(level, []).append((entry.at - since).total_seconds() / 60)
        elif entry.action == "answered" and entry.item in unanswered:
            since, level = unanswered.pop(entry.item)
            answers.setdefault(level, []).append((entry.at - since).total_seconds() / 60)
    waiting, answered = ({level: _waiting(found) for level, found in one.items()} for one in (waits, answers))
    return Counted(waiting, answered, dict(sorted(by_day.items())), counts, hours, dict(categories.most_common()))


def _waiting(minutes: list[float]) -> Waiting:
    return Waiting(len(minutes), _part(minutes, 0.5), _part(minutes, 0.9))


def _part(values: list[float], share: float) -> float | None:
    """The smallest value that so many do not exceed."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]
