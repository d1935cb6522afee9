"""What a date is read against: today, whether the past is meant, and the language."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date

from bot.dates.spans import ImpossibleDateError, Span, checked_year, day_of, months


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read against."""

    today: date
    past: bool = False
    english: bool = False

    def year(self, said: str | None) -> int | None:
        """The year that is said, in figures or by its place; None where none is."""
        if not said:
            return None
        if figures := re.search(r"\d{4}|\b\d\d\b", said):
            return checked_year(int(figures.group()) + (2000 if len(figures.group()) == 2 else 0))
        if re.search(r"pasado|O-1|anterior", said):
            return self.today.year - 1
        return self.today.year + (0 if re.search(r"este|this|presente|en curso", said) else 1)

    def month(self, month: int, said: str | None = None, place: str = "") -> Span:
        """A month: of the year that is said, or the next one, or the last."""
        if year := self.year(said):
            return months(year, month, said=True)
        year = self.today.year
        if re.search(r"pasado|O-1|anterior|pasar|paso", place):
            return months(year - (month >= self.today.month), month)
        if re.search(r"proximo|next|viene|entrante|siguiente|coming", place):
            return months(year + (month <= self.today.month), month)
        if self.past:
            return months(year - (month > self.today.month), month)
        return months(year + (month < self.today.month), month)

    def day(self, day: int, month: int, said: str | None = None) -> Span:
        """A day: of the year that is said, or the next one, or the last."""
        if year := self.year(said):
            found = day_of(year, month, day)
            return Span(found, found, year_said=True)
        step = -1 if self.past else 1
        for year in (self.today.year + step * n for n in range(9)):
            if (month, day) == (2, 29) and not isleap(year):
                continue
            found = day_of(year, month, day)
            if (found <= self.today) if self.past else (found >= self.today):
                return Span(found, found)
        raise ImpossibleDateError("day", f"{day:02d}-{month:02d}")
