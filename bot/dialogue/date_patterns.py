"""The table of phrases that mean dates: a pattern over canonical words (see dates), and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.dialogue.date_words import NUMBERS, PARTS, SEASON_BEGINS
from bot.dialogue.spans import (
    ImpossibleDateError,
    Span,
    ahead,
    checked_year,
    day_of,
    halves_of_month,
    months,
    moved,
    part_of,
    unit_at,
    week_of,
    year_span,
)

Match = re.Match[str]


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
        if re.search(r"pasado|O-1", place):
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
            if (month, day) == (2, 29) and not _leap(year):
                continue
            found = day_of(year, month, day)
            if (found <= self.today) if self.past else (found >= self.today):
                return Span(found, found)
        raise ImpossibleDateError("day", f"{day:02d}-{month:02d}")


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


_YEAR_PLACE = (
    r"(?:(?:el |the )?(?:este|this|proximo|siguiente|next|pasado|O-1|presente) Uyear(?: que viene| en curso)?"
    r"|(?:el )?Uyear (?:que viene|que entra|entrante|proximo|siguiente|pasado|anterior|en curso))"
)
_YEAR = rf"(?: (?:de |del |of |in |en )?(?:el |the |Uyear )?(?P<y>\d{{4}}|{_YEAR_PLACE})| del (?P<yy>\d\d)(?= ))?"
_DAY = r"(?:Uday )?(?:el )?(?P<{0}>O1|\d{{1,2}})"
_DE = r"(?: de| of| del| Uday)?"
_TO = r"(?: al| a| y| e| hasta| hasta el| al Uday| to| and| through| thru| until| till)(?: el| the)?"
_ENDS = r"antes (?:de que (?:se )?(?:acabe|termine|finalice|cierre)|de(?:l)? (?:fin|final|cierre)|de (?:acabar|terminar|cerrar))"
_NUM = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"


def _said_year(match: Match) -> str | None:
    found = match.groupdict()
    return found.get("y") or found.get("yy")


def _int_day(word: str) -> int:
    return 1 if word == "O1" else int(word)


def _days_of_month(match: Match, context: Context) -> Span:
    first, last, month = _int_day(match["d"]), _int_day(match["e"]), int(match["m"])
    begins = context.day(first, month, _said_year(match))
    year = begins.first.year
    ends = day_of(year, month, last)
    if ends < begins.first:
        raise ImpossibleDateError("order", f"{first}-{last}")
    return Span(begins.first, ends, begins.year_said)


def _days_of_months(match: Match, context: Context) -> Span:
    own, said = match["y1"], match["y2"]
    ends = context.day(_int_day(match["e"]), int(match["n"]), said)
    year = context.year(own) or ends.first.year - (int(match["m"]) > int(match["n"]))
    begins = day_of(year, int(match["m"]), _int_day(match["d"]))
    return Span(begins, ends.first, bool(own or said))


def _months_between(match: Match, context: Context) -> Span:
    first, last = int(match["m"]), int(match["n"])
    own, said = match["y1"], match["y2"]
    if said or own:
        end_year = context.year(said) or (context.year(own) or context.today.year) + (first > last)
        begin_year = context.year(own) or end_year - (first > last)
        return Span(months(begin_year, first).first, months(end_year, last).last, year_said=True)
    begins = context.month(first)
    if not context.past and last < first and context.month(last).last < begins.first and context.today.month <= last:
        begins = months(context.today.year - 1, first)
    return Span(begins.first, months(begins.first.year + (first > last), last).last)


def _years(match: Match, context: Context) -> Span:
    return Span(year_span(int(match["a"])).first, year_span(int(match["b"])).last, year_said=True)


def _part(match: Match, context: Context) -> Span:
    return part_of(_whole(match, context), PARTS[match["p"]])


def _whole(match: Match, context: Context) -> Span:
    """The month or the year that something is a part of."""
    found = match.groupdict()
    if month := found.get("m"):
        return context.month(int(month), _said_year(match), match.group())
    if found.get("here"):
        return unit_at("month", context.today, 0)
    if said := found.get("y2"):
        return year_span(context.year(said) or context.today.year)
    return year_span(context.today.year, said=False)


def _half_of_month(match: Match, context: Context) -> Span:
    return halves_of_month(_month(match, context))[match["o"] == "O2"]


def _quarter(match: Match, context: Context) -> Span:
    number = int(match["q"].lstrip("Oqt"))
    return _piece(number, 3, match, context)


def _half(match: Match, context: Context) -> Span:
    number = int(match["h"].lstrip("Ohs"))
    return _piece(number, 6, match, context)


def _piece(number: int, size: int, match: Match, context: Context) -> Span:
    """A quarter or half-year: of the year that is said, or the next that is not over, or the last that has begun."""
    number = 12 // size if number == -1 else number
    if not 1 <= number <= 12 // size:
        raise ImpossibleDateError("day", str(number))
    said, year = _said_year(match), context.today.year
    if said:
        return months(context.year(said) or year, (number - 1) * size + 1, size, said=True)
    span = months(year, (number - 1) * size + 1, size)
    if context.past:
        return span if span.first <= context.today else months(year - 1, (number - 1) * size + 1, size)
    return span if span.last >= context.today else months(year + 1, (number - 1) * size + 1, size)


def _season(match: Match, context: Context) -> Span:
    begins = SEASON_BEGINS[match["s"]]
    said, place = _said_year(match), match.group()
    year = context.year(said) or context.today.year
    span = _season_from(year, begins, said=said is not None)
    if said:
        return span
    if context.past or "pasado" in place or "O-1" in place:
        return span if span.last < context.today else _season_from(year - 1, begins)
    return span if span.last >= context.today else _season_from(year + 1, begins)


def _season_from(year: int, begins: tuple[int, int], *, said: bool = False) -> Span:
    first = date(checked_year(year), *begins)
    return Span(first, moved(first, "month", 3) - timedelta(days=1), said)


def _one_of_month(match: Match, context: Context) -> Span:
    """`primera semana de marzo`, `segunda quincena de abril`."""
    month, number = _whole(match, context), int(match["o"][1:])
    if match["u"] == "fortnight":
        if number not in (1, 2, -1):
            raise ImpossibleDateError("day", str(number))
        return halves_of_month(month)[1 if number in (2, -1) else 0]
    if number == -1:
        return Span(month.last - timedelta(days=6), month.last, month.year_said)
    first = month.first + timedelta(days=7 * (number - 1))
    return Span(first, min(first + timedelta(days=6), month.last), month.year_said)


def _week_with(match: Match, context: Context) -> Span:
    return week_of(context.day(_int_day(match["d"]), int(match["m"]), _said_year(match)).first)


def _weekend(match: Match, context: Context) -> Span:
    week = week_of(context.today + timedelta(weeks=1 if re.search(r"proximo|viene|next", match.group()) else 0))
    return Span(week.first + timedelta(days=5), week.last)


def _month(match: Match, context: Context) -> Span:
    return context.month(int(match["m"]), _said_year(match), match.group())


def _weekday_date(match: Match, context: Context) -> Span:
    span = context.day(_int_day(match["d"]), int(match["m"]), _said_year(match))
    if (name := match.groupdict().get("w")) and span.first.weekday() != int(name):
        raise ImpossibleDateError("weekday", span.first.isoformat())
    return span


def _weekday(match: Match, context: Context) -> Span:
    days = (int(match["w"]) - context.today.weekday()) % 7 or 7
    if re.search(r"pasado|O-1", match.group()):
        days -= 7 if days < 7 or context.today.weekday() != int(match["w"]) else 14
    day = context.today + timedelta(days=days)
    return Span(day, day)


def _unit(match: Match, context: Context) -> Span:
    words = match.group()
    past = re.search(r"pasado|pasada|O-1|anterior", words)
    now = re.search(r"\b(?:este|esta|this|presente|curso|ahora)\b", words)
    offset = -1 if past else 0 if now else 1
    unit = match["u"] or match["v"]
    span = unit_at(unit, context.today, offset)
    # This year is no year said: it is answered from today on.
    return Span(span.first, span.last, unit == "year" and offset != 0)


def _next_units(match: Match, context: Context) -> Span:
    count = _number(match["n"].strip()) if match["n"] else {"day": 7, "week": 4, "month": 3}.get(match["u"], 2)
    if re.search(r"O-1|ultim|pasad|past", match.group()):
        return Span(moved(context.today, match["u"], -count), context.today)
    return ahead(match["u"], count, context.today)


def _distance(sign: int) -> Callable[[Match, Context], Span]:
    def read(match: Match, context: Context) -> Span:
        day = moved(context.today, match["u"], sign * _number(match["n"]))
        if match["u"] == "year":
            return year_span(day.year)
        return {"month": lambda: months(day.year, day.month), "week": lambda: week_of(day)}.get(
            match["u"], lambda: Span(day, day)
        )()

    return read


def _rest_of(match: Match, context: Context) -> Span:
    span = unit_at(match["u"], context.today, 0)
    return Span(context.today, span.last)


def _days_from_now(days: int) -> Callable[[Match, Context], Span]:
    return lambda match, context: unit_at("day", context.today, days)


def _bare_year(match: Match, context: Context) -> Span:
    return year_span(int(match["y"]))


def _nothing(match: Match, context: Context) -> None:
    return None


_M, _N = r"M(?P<m>\d\d)", r"M(?P<n>\d\d)"
_OWN = r"(?:(?: de| del| of)? (?P<y{0}>\d{{4}}|" + _YEAR_PLACE + "))?"
_D, _E = _DAY.format("d"), r"(?:el )?(?P<e>\d{1,2})"
_ON = r"(?:(?: of| de| del)? (?P<y>\d{4}))?(?= )"
_FROM = r"(?:entre |del |de |desde |from |between )?(?:el |the )?"
_NEXT = r"(?:proxim[oa]s?|siguientes?|next|coming|following)"
_LAST = r"(?:pasad[oa]|O-1|anterior)"
_THIS = r"(?:este|esta|this|presente)"
_AFTER = r"(?: que viene| que entra| entrante| proxim[oa]| siguiente| pasad[oa]| anterior| en curso)"
_UNIT = r"U(?P<u>day|week|fortnight|month|quarter|half|year)"
_CURRENT = r"(?:el |the )?(?:este |this |presente )?Umonth"
_IN_PART = rf"(?:{_M}{_YEAR}|(?P<here>{_CURRENT})|(?:el |the |Uyear )?(?P<y2>\d{{4}}|{_YEAR_PLACE})|(?:el |the )?Uyear)"
_PIECE = rf"(?: de| of| del)?{_YEAR}"

_TABLE: tuple[tuple[str, Callable[[Match, Context], Span | None]], ...] = (
    (r"(?:en|por|de|in|during) (?:la|the) (?:manana|morning)", _nothing),
    (r"hoy en Uday", _nothing),
    # From one day, month or year to another
    (rf"{_FROM}{_D}{_DE} {_M}{_OWN.format(1)}{_TO} {_E}{_DE} {_N}{_OWN.format(2)}", _days_of_months),
    (rf"{_FROM}{_M} {_D}{_OWN.format(1)}{_TO} {_N} {_E}{_OWN.format(2)}", _days_of_months),
    (rf"{_FROM}{_D}(?:{_TO})? {_E}{_DE} {_M}{_YEAR}", _days_of_month),
    (rf"{_FROM}{_M} {_D}(?:{_TO})? {_E}{_ON}", _days_of_month),
    # Weeks and parts of a month
    (rf"(?:la |the )?Uweek (?:del |of )(?:the )?{_D}{_DE} {_M}{_YEAR}", _week_with),
    (rf"(?:la |the )?Uweek of {_M} {_D}{_ON}", _week_with),
    (rf"(?P<o>O1|O2|O3|O4|O-1) U(?P<u>week|fortnight)(?: de| of| del| in)? {_M}{_YEAR}", _one_of_month),
    (rf"(?P<o>O1|O2) (?:Uhalf|mitad) (?:de|of) {_M}{_YEAR}", _half_of_month),
    # What is left of the year
    (rf"{_ENDS}(?: el| de| del| de el)? U(?P<u>month|year)", _rest_of),
    (r"(?:before|by) (?:the )?(?:end of )?(?:the )?U(?P<u>month|year)(?: ends?| is over| is out)?", _rest_of),
    (r"(?:queda|resta|falta)(?: del| de| de este| del presente) U(?P<u>week|month|quarter|half|year)", _rest_of),
    (r"(?:el )?resto (?:del|de este) U(?P<u>week|month|quarter|half|year)", _rest_of),
    (r"(?:rest|remainder|left) (?:of |in )?(?:the |this )?U(?P<u>week|month|quarter|year)", _rest_of),
    # Parts of a month or a year
    (rf"(?:a |en |at |in )?(?:the )?(?P<p>{'|'.join(PARTS)})(?: de| del| of| in)? {_IN_PART}", _part),
    (r"(?:este |proximo |this |next )?(?:fin de Uweek|weekend)(?: proximo| que viene)?", _weekend),
    (rf"(?P<q>O[1-4]|O-1) Uquarter{_PIECE}", _quarter),
    (rf"(?P<q>[qt][1-4]){_PIECE}", _quarter),
    (rf"(?P<h>O[12]|O-1) (?:Uhalf|mitad)(?: de| of| del)?(?: el| the)?(?: Uyear)?{_YEAR}", _half),
    (rf"(?P<h>[hs][12]){_PIECE}", _half),
    (rf"(?:{_NEXT} |{_THIS} |{_LAST} )?X(?P<s>\w+)(?: que viene| {_LAST})?{_YEAR}", _season),
    # A day, a month
    (rf"(?:el )?(?:W(?P<w>\d) )?{_D}{_DE} {_M}{_YEAR}", _weekday_date),
    (rf"(?:on )?(?:W(?P<w>\d) )?{_M} (?:the )?{_D}{_ON}", _weekday_date),
    (rf"{_FROM}{_M}{_OWN.format(1)}{_TO} {_N}{_OWN.format(2)}", _months_between),
    (rf"(?:{_NEXT} |{_LAST} |{_THIS} )?{_M}(?: que viene| {_LAST}| entrante| {_NEXT}(?! Uyear))?{_YEAR}", _month),
    # Counted from today
    (rf"(?:{_NEXT}|O-1|ultim[oa]s|past) (?P<n>{_NUM} ){_UNIT}s?", _next_units),
    (rf"(?P<n>{_NUM} )(?:{_NEXT}) {_UNIT}s", _next_units),
    (rf"(?:{_NEXT}|O-1|ultim[oa]s|past)(?P<n>) {_UNIT}s", _next_units),
    (r"pasado manana|(?:the )?Uday after tomorrow", _days_from_now(2)),
    (r"antier|anteayer|antes de ayer|(?:the )?Uday before yesterday", _days_from_now(-2)),
    (r"manana|tomorrow", _days_from_now(1)),
    (r"hoy|today", _days_from_now(0)),
    (r"ayer|yesterday", _days_from_now(-1)),
    (rf"(?:dentro de|de aqui a|within|in|en) (?P<n>{_NUM}) {_UNIT}s?", _distance(1)),
    (rf"hace (?P<n>{_NUM}) {_UNIT}s?", _distance(-1)),
    (rf"(?P<n>{_NUM}) {_UNIT}s? (?:ago|atras)", _distance(-1)),
    (rf"(?:{_NEXT}|{_LAST}|{_THIS}) {_UNIT}(?P<v>)(?:{_AFTER})?", _unit),
    (rf"(?P<u>)U(?P<v>week|fortnight|month|quarter|half|year){_AFTER}", _unit),
    (rf"(?:el|este|on|this|{_NEXT}|{_LAST}) W(?P<w>\d)(?: que viene| proximo| pasado)?", _weekday),
    # Years
    (r"(?:en |in |from )?(?P<a>(?:19|20)\d\d)(?: al?| y| to| and| hasta)? (?P<b>(?:19|20)\d\d)", _years),
    (r"(?:en|de|del|in|of|for|para|Uyear)(?: el| Uyear)? (?P<y>[12]\d{3})", _bare_year),
    (r"(?P<y>(?:19|20)\d\d|2999)", _bare_year),
)
"""The first that fits takes its words; so the longer stand before the shorter."""

PATTERNS = tuple((re.compile(rf"(?<= )(?:{pattern})(?= )"), read) for pattern, read in _TABLE)
