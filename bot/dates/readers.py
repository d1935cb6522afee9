"""What a phrase of the table in patterns means: from its match to a span of days."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.dates.context import Context
from bot.dates.spans import (
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
from bot.dates.words import FEASTS, NUMBERS, PARTS, SEASON_BEGINS

Match = re.Match[str]
SOME = {"day": 7, "week": 4, "month": 6}
"""How many are meant where none is said: who plans by "the coming months" plans for half a year."""


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _said_year(match: Match) -> str | None:
    found = match.groupdict()
    return found.get("y") or found.get("yy")


def _int_day(word: str) -> int:
    return int(word.lstrip("O"))


def read_days_of_month(match: Match, context: Context) -> Span:
    """`del 4 al 8 de mayo`."""
    first, last, month = _int_day(match["d"]), _int_day(match["e"]), int(match["m"])
    begins = context.day(first, month, _said_year(match))
    year = begins.first.year
    ends = day_of(year, month, last)
    if ends < begins.first:
        raise ImpossibleDateError("order", f"{first}-{last}")
    return Span(begins.first, ends, begins.year_said)


def read_days_of_months(match: Match, context: Context) -> Span:
    """`del 28 de febrero al 4 de marzo`."""
    own, said = match["y1"], match["y2"]
    ends = context.day(_int_day(match["e"]), int(match["n"]), said)
    year = context.year(own) or ends.first.year - (int(match["m"]) > int(match["n"]))
    begins = day_of(year, int(match["m"]), _int_day(match["d"]))
    return Span(begins, ends.first, bool(own or said))


def read_months_between(match: Match, context: Context) -> Span:
    """`entre marzo y mayo`."""
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


def read_years(match: Match, context: Context) -> Span:
    """`de 2026 a 2027`."""
    return Span(year_span(int(match["a"])).first, year_span(int(match["b"])).last, year_said=True)


def read_part(match: Match, context: Context) -> Span:
    """`a principios de marzo`, `late 2027`."""
    return part_of(_whole(match, context), PARTS[match["p"]])


def read_feast(match: Match, context: Context) -> Span:
    """`antes de Navidad`: the next one."""
    return context.day(*FEASTS[match["f"]])


def read_edge(match: Match, context: Context) -> Span:
    """`los primeros diez días de febrero`, `the last two months of 2027`."""
    whole, count, unit = _whole(match, context), _number(match["n"]), match["u"]
    if re.match(r"O-1|ultim", match["p"]):
        return replace(whole, first=max(whole.first, moved(whole.last + timedelta(days=1), unit, -count)))
    return replace(whole, last=min(whole.last, moved(whole.first, unit, count) - timedelta(days=1)))


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


def read_half_of_month(match: Match, context: Context) -> Span:
    """`first half of March`."""
    return halves_of_month(read_month(match, context))[match["o"] == "O2"]


def read_quarter(match: Match, context: Context) -> Span:
    """`primer trimestre`, `Q1 2027`."""
    number = int(match["q"].lstrip("Oqt"))
    return _piece(number, 3, match, context)


def read_half(match: Match, context: Context) -> Span:
    """`segundo semestre`, `H1 2027`."""
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


def read_no_such_piece(match: Match, context: Context) -> Span:
    """`quinto trimestre`, `tercer semestre de 2027`: asked about."""
    raise ImpossibleDateError("day", match.group().split()[0])


def read_numbered_week(match: Match, context: Context) -> Span:
    """`semana 12 de 2027`, `week 48`."""
    said, week = _said_year(match), int(match["n"])
    try:
        spans = [week_of(date.fromisocalendar(context.year(said) or context.today.year + n, week, 1)) for n in (0, 1)]
    except ValueError as error:
        raise ImpossibleDateError("day", match["n"]) from error
    if said:
        return replace(spans[0], year_said=True)
    return spans[0] if spans[0].last >= context.today or context.past else spans[1]


def read_season(match: Match, context: Context) -> Span:
    """`verano de 2027`."""
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


def read_one_of_month(match: Match, context: Context) -> Span:
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


def read_week_with(match: Match, context: Context) -> Span:
    """`la semana del 8 de marzo`."""
    return week_of(context.day(_int_day(match["d"]), int(match["m"]), _said_year(match)).first)


def read_weekend(match: Match, context: Context) -> Span:
    """`este fin de semana`."""
    week = week_of(context.today + timedelta(weeks=1 if re.search(r"proximo|viene|next", match.group()) else 0))
    return Span(week.first + timedelta(days=5), week.last)


def read_month(match: Match, context: Context) -> Span:
    """`abril`, `febrero próximo`, `marzo de 2018`."""
    return context.month(int(match["m"]), _said_year(match), match.group())


def read_numbered_month(match: Match, context: Context) -> Span:
    """`el mes 3 de 2027`."""
    if not 1 <= int(match["m"]) <= 12:
        raise ImpossibleDateError("day", match["m"])
    return context.month(int(match["m"]), _said_year(match))


def read_weekday_date(match: Match, context: Context) -> Span:
    """`lunes 5 de abril de 2027`."""
    span = context.day(_int_day(match["d"]), int(match["m"]), _said_year(match))
    if (name := match.groupdict().get("w")) and span.first.weekday() != int(name):
        raise ImpossibleDateError("weekday", span.first.isoformat())
    return span


def read_weekday(match: Match, context: Context) -> Span:
    """`el próximo lunes`."""
    days = (int(match["w"]) - context.today.weekday()) % 7 or 7
    if re.search(r"pasado|O-1", match.group()):
        days -= 7 if days < 7 or context.today.weekday() != int(match["w"]) else 14
    day = context.today + timedelta(days=days)
    return Span(day, day)


def read_unit(match: Match, context: Context) -> Span:
    """`este mes`, `el año que viene`, `last week`."""
    words = match.group()
    past = re.search(r"pasado|pasada|O-1|anterior", words)
    now = re.search(r"\b(?:este|esta|this|presente|curso|ahora)\b", words)
    offset = -1 if past else 0 if now else 1
    unit = match["u"] or match["v"]
    span = unit_at(unit, context.today, offset)
    # This year is no year said: it is answered from today on.
    return Span(span.first, span.last, unit == "year" and offset != 0)


def read_next_units(match: Match, context: Context) -> Span:
    """`los próximos 3 meses`, `los últimos 6 meses`."""
    count = _number(match["n"].strip()) if match["n"] else SOME.get(match["u"], 2)
    if re.search(r"O-1|ultim|pasad|past", match.group()):
        return Span(moved(context.today, match["u"], -count), context.today)
    return ahead(match["u"], count, context.today)


def read_distance(sign: int) -> Callable[[Match, Context], Span]:
    """`dentro de dos meses` (1), `hace dos meses` (-1)."""

    def read(match: Match, context: Context) -> Span:
        day = moved(context.today, match["u"], sign * _number(match["n"]))
        if match["u"] == "year":
            return year_span(day.year)
        return {"month": lambda: months(day.year, day.month), "week": lambda: week_of(day)}.get(
            match["u"], lambda: Span(day, day)
        )()

    return read


def read_rest_of(match: Match, context: Context) -> Span:
    """`antes de que acabe el año`."""
    span = unit_at(match["u"], context.today, 0)
    return Span(context.today, span.last)


def read_rest_of_year(match: Match, context: Context) -> Span:
    """`lo que resta de 2026`."""
    span = year_span(int(match["y"]))
    return Span(max(span.first, min(context.today, span.last)), span.last, year_said=True)


def read_days_from_now(days: int) -> Callable[[Match, Context], Span]:
    """`pasado mañana`."""
    return lambda match, context: unit_at("day", context.today, days)


def read_bare_year(match: Match, context: Context) -> Span:
    """`en 2018`."""
    return year_span(int(match["y"]))


def read_nothing(match: Match, context: Context) -> None:
    """Words that only look like a date: `por la mañana`."""
    return
