"""Spans of days and their arithmetic: months, weeks, quarters, seasons, counted from a day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

EARLIEST, LATEST = 1990, 2060
"""Years that a question about forums may mean."""
FAR_AHEAD = 5
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}

ProblemKind = Literal["day", "year", "order", "clash", "weekday", "language", "ambiguous"]


class ImpossibleDateError(ValueError):
    """A date that cannot be meant so; `words` are those that say it."""

    def __init__(self, kind: ProblemKind, words: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.words = words


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`; `year_said`: the year stands in the words."""

    first: date
    last: date
    year_said: bool = False

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ImpossibleDateError("order")

    @property
    def days(self) -> int:
        """How many; both ends count."""
        return (self.last - self.first).days + 1

    def meets(self, other: "Span") -> bool:
        """Whether they share a day."""
        return self.first <= other.last and other.first <= self.last

    def cut(self, other: "Span") -> "Span":
        """The days that both have."""
        said = self.year_said or other.year_said
        return Span(max(self.first, other.first), min(self.last, other.last), said)


def checked_year(year: int) -> int:
    """The year, or ImpossibleDateError for one that no forum is in."""
    if not EARLIEST <= year <= LATEST:
        raise ImpossibleDateError("year", str(year))
    return year


def day_of(year: int, month: int, day: int) -> date:
    """The day, or ImpossibleDateError."""
    try:
        return date(checked_year(year), month, day)
    except ValueError as error:
        if isinstance(error, ImpossibleDateError):
            raise
        raise ImpossibleDateError("day", f"{day:02d}-{month:02d}") from error


def months(year: int, month: int, count: int = 1, *, said: bool = False) -> Span:
    """`count` whole months from one on; months past December go into the next year."""
    at = checked_year(year) * 12 + month - 1
    first, end = date(at // 12, at % 12 + 1, 1), at + count - 1
    last_year, last_month = end // 12, end % 12 + 1
    return Span(first, date(last_year, last_month, monthrange(last_year, last_month)[1]), said)


def year_span(year: int, *, said: bool = True) -> Span:
    """The whole year."""
    return months(year, 1, 12, said=said)


def week_of(day: date) -> Span:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def unit_at(unit: str, today: date, offset: int) -> Span:
    """The current (0), next (1) or last (-1) day, week, fortnight, month, quarter, half-year or year."""
    if unit == "day":
        day = today + timedelta(days=offset)
        return Span(day, day)
    if unit == "week":
        return week_of(today + timedelta(weeks=offset))
    if unit == "fortnight":
        return _fortnight_at(today, offset)
    size = MONTHS_OF[unit]
    at = (today.year * 12 + today.month - 1) // size + offset
    return months(at * size // 12, at * size % 12 + 1, size)


def _fortnight_at(today: date, offset: int) -> Span:
    at = (today.year * 12 + today.month - 1) * 2 + (today.day > 15) + offset
    month = months(at // 24, at // 2 % 12 + 1)
    return halves_of_month(month)[at % 2]


def halves_of_month(month: Span) -> tuple[Span, Span]:
    """The two fortnights: to the 15th, and from the 16th on."""
    middle = month.first.replace(day=15)
    return (
        Span(month.first, middle, month.year_said),
        Span(middle + timedelta(days=1), month.last, month.year_said),
    )


def part_of(whole: Span, part: str) -> Span:
    """`early`, `mid` or `late` of a month (ten days each) or a year (three, four in the middle, three months)."""
    if whole.days > 31:
        year = whole.first.year
        first, count = {"early": (1, 3), "mid": (5, 4), "late": (10, 3)}[part]
        return months(year, first, count, said=whole.year_said)
    first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, whole.last.day)}[part]
    return Span(whole.first.replace(day=first_day), whole.first.replace(day=last_day), whole.year_said)


def ahead(unit: str, count: int, today: date) -> Span:
    """From today, that many units on."""
    return Span(today, moved(today, unit, count))


def moved(day: date, unit: str, count: int) -> date:
    """A day that many units later (or earlier)."""
    if unit in MONTHS_OF:
        at = day.year * 12 + day.month - 1 + MONTHS_OF[unit] * count
        year, month = at // 12, at % 12 + 1
        return day_of(year, month, min(day.day, monthrange(year, month)[1]))
    try:
        return day + timedelta(days={"day": 1, "week": 7, "fortnight": 15}[unit] * count)
    except OverflowError as error:
        raise ImpossibleDateError("year", str(count)) from error
