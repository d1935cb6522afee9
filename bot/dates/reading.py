"""Words to spans of days, by a table of ours. Day first in Spanish; today is an argument; never a wrong date."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.dates.context import Context
from bot.dates.patterns import PATTERNS, TELLING
from bot.dates.spans import FAR_AHEAD, ImpossibleDateError, ProblemKind, Span, day_of, months
from bot.dates.tokens import tokens
from bot.dates.words import (
    FOREIGN_BESIDE_DATE,
    FOREIGN_MONTHS,
    LEADS_TO_DATE,
    MONTHS,
    NUMBERED,
    ORDINALS,
    SEASONS,
    SHORT_MONTHS,
    UNITS,
    WEEKDAYS,
)

CONSUMED = "·"
YEAR = 4
"""Figures of a year."""

_DATE_WORD = re.compile(r"[MF]\d\d|[WO]-?\d|[XU][a-z]+|\d.*")
_NUMERIC_MARK = re.compile(r"[/.-]")
_LIST = frozenset({"y", "e", "o", "u", "ni", "and", "or"})
_BEFORE = (("antes", "de"), ("antes", "del"), ("before",), ("previo", "a"), ("prior", "to"))
_UNTIL = (
    *(("hasta",), ("until",), ("till",), ("by",), ("a", "mas", "tardar"), ("de", "aqui", "a"), ("entre", "hoy", "y")),
    *(("from", "now", "to"), ("from", "now", "through"), ("between", "now", "and"), ("entre", "ahora", "y")),
)
_AFTER = (("despues", "de"), ("despues", "del"), ("after",), ("pasado",))
_FROM = (("a", "partir", "de"), ("a", "partir", "del"), ("desde",), ("since",), ("starting",))

_CANONICAL = {
    **{word: f"M{month:02d}" for word, month in MONTHS.items()},
    **{word: f"F{month:02d}" for word, month in FOREIGN_MONTHS.items()},
    **{word: f"W{day}" for word, day in WEEKDAYS.items()},
    **{word: f"O{place}" for word, place in ORDINALS.items()},
    **{word: f"X{season}" for word, season in SEASONS.items()},
    **{word: f"U{unit}" + ("s" if word.endswith("s") and word != "mes" else "") for word, unit in UNITS.items()},
}
"""`M05` a month, `F05` one in another language, `W0` a day of the week, `O1` an ordinal, `Xspring`, `Uweek`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A date that was said and cannot be: it is asked about, never guessed."""

    kind: ProblemKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """The spans that a text names (any of them is meant), or why none can be said; `rest`: the other words."""

    spans: tuple[Span, ...] = ()
    problem: Problem | None = None
    rest: tuple[str, ...] = ()

    @property
    def year_said(self) -> bool:
        """Whether a year stands in the words."""
        return any(span.year_said for span in self.spans)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    span: Span


def dates_in(text: str, today: date, *, past: bool = False, english: bool = False) -> Dates:
    """Read a text. `past`: a month without a year is the last one, not the next."""
    words = tokens(text)
    canonical = [_canonical(words, at) for at in range(len(words))]
    context = Context(today, past, english)
    try:
        found, line = _find(canonical, context)
        spans = _together(found, canonical, context)
        problem = None
    except ImpossibleDateError as error:
        spans, problem = (), Problem(error.kind, error.words)
        line = [CONSUMED if _DATE_WORD.fullmatch(word) else word for word in canonical]
    rest = tuple(word if mark != CONSUMED else CONSUMED for word, mark in zip(words, line, strict=True))
    return Dates(spans, problem, rest)


def _canonical(words: list[str], at: int) -> str:
    """The word as the table of phrases reads it; `N24`: the number of an edition."""
    word = words[at]
    if at and word.isdigit() and len(word) < YEAR and words[at - 1] in NUMBERED:
        return f"N{word}"
    if word in SHORT_MONTHS and _beside_date(words, at):
        return f"M{SHORT_MONTHS[word]:02d}"
    if word in FOREIGN_BESIDE_DATE and _before_year(words, at):
        return f"F{FOREIGN_BESIDE_DATE[word]:02d}"
    if word in _CANONICAL or word.isalpha():
        return _CANONICAL.get(word, word)
    ordinal = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|ro|o)", word)
    return ordinal.group(1) if ordinal else word


def _before_year(words: list[str], at: int) -> bool:
    after = [word for word in words[at + 1 : at + 3] if word not in ("de", "of")]
    return bool(after) and re.fullmatch(r"(?:19|20)\d\d", after[0]) is not None


def _beside_date(words: list[str], at: int) -> bool:
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if after[:1].isdigit() or before[:1].isdigit():
        return True
    return before in LEADS_TO_DATE and words[at] not in ("mar", "ago", "set") and after not in ("i", "we", "be")


def _find(canonical: list[str], context: Context) -> tuple[list[_Found], list[str]]:
    """Every span with its place, and the words with those marked that were read."""
    line, found = list(canonical), []
    for at, word in enumerate(canonical):
        if word[0].isdigit() and _NUMERIC_MARK.search(word):
            found.append(_Found(at, at + 1, _numeric(word, context)))
            line[at] = CONSUMED
    said = " ".join(["", *line, ""])
    # Most messages have no word without which no phrase is a date.
    telling = any(word in TELLING or not (word.isalpha() and word.islower()) for word in line)
    for pattern, read in PATTERNS if telling else ():
        while match := pattern.search(said):
            start = said[: match.start()].count(" ") - 1
            end = start + len(match.group().split())
            span = read(match, context)
            if span is not None:
                found.append(_Found(start, end, span))
            line[start:end] = [CONSUMED] * (end - start)
            said = " ".join(["", *line, ""])
    if foreign := next((word for word in line if re.fullmatch(r"F\d\d", word)), None):
        raise ImpossibleDateError("language", foreign[1:])
    return sorted(found, key=lambda one: one.start), line


def _numeric(word: str, context: Context) -> Span:
    """`2027-05-04`, `4/5/2027`, `4/5`, `05/2027`, `2027-05`."""
    parts = [int(part) for part in _NUMERIC_MARK.split(word)]
    if len(parts) == 2 and max(parts) > 31:
        year, month = max(parts), min(parts)
        if not 1 <= month <= 12:
            raise ImpossibleDateError("day", word)
        return months(year, month, said=True)
    if len(parts) == 3 and parts[0] > 99:
        day = day_of(*parts)
        return Span(day, day, year_said=True)
    first, second = parts[:2]
    if context.english:
        if first <= 12 and second <= 12 and first != second:
            raise ImpossibleDateError("ambiguous", word)
        if second > 12:
            first, second = second, first
    if not 1 <= second <= 12:
        raise ImpossibleDateError("day", word)
    if len(parts) == 2:
        return context.day(first, second)
    year = parts[2] + 2000 if parts[2] < 100 else parts[2]
    day = day_of(year, second, first)
    return Span(day, day, year_said=True)


def _together(found: list[_Found], canonical: list[str], context: Context) -> tuple[Span, ...]:
    """One list: what is joined by "and" adds, what overlaps narrows, what contradicts is asked about."""
    result: list[Span] = []
    end = 0
    for one in found:
        between = canonical[end : one.start] if result else []
        span = _with_limit(one, canonical, context)
        if not result or (between and between[-1] in _LIST):
            result.append(span)
        elif result[-1].meets(span):
            result[-1] = result[-1].cut(span)
        elif _adjacent(between) and not (_is_month(result[-1]) and _is_month(span)):
            raise ImpossibleDateError("clash")
        else:
            result.append(span)
        end = one.end
    return tuple(_in_one_year(result))


def _in_one_year(spans: list[Span]) -> list[Span]:
    """`abril, mayo y junio de 2018`: the year is said once, behind the last month."""
    result: list[Span] = []
    for span in reversed(spans):
        after = result[0] if result else None
        if after and after.year_said and not span.year_said and _is_month(span) and _is_month(after):
            span = months(after.first.year - (span.first.month > after.first.month), span.first.month, said=True)
        result.insert(0, span)
    return result


def _is_month(span: Span) -> bool:
    return span.first.day == 1 and span.last == months(span.first.year, span.first.month).last


def _adjacent(between: list[str]) -> bool:
    return len(between) <= 2


def _with_limit(one: _Found, canonical: list[str], context: Context) -> Span:
    """`antes de marzo`, `hasta mayo`, `después del 5 de junio`, `a partir de 2027`."""
    for leads, limit in _LIMITS:
        for lead in leads:
            before = [word for word in canonical[: one.start] if word not in ("el", "la", "the")]
            if tuple(before[-len(lead) :]) == lead:
                return limit(one.span, context.today)
    return one.span


def _up_to(last: date, span: Span, today: date) -> Span:
    return Span(min(today, last) if last >= today else last.replace(month=1, day=1), last, span.year_said)


def _on_from(first: date, span: Span) -> Span:
    return replace(span, first=first, last=first + timedelta(days=365 * FAR_AHEAD))


_LIMITS: tuple[tuple[tuple[tuple[str, ...], ...], Callable[[Span, date], Span]], ...] = (
    (_BEFORE, lambda span, today: _up_to(span.first - timedelta(days=1), span, today)),
    (_UNTIL, lambda span, today: _up_to(span.last, span, today)),
    (_AFTER, lambda span, today: _on_from(span.last + timedelta(days=1), span)),
    (_FROM, lambda span, today: _on_from(span.first, span)),
)
