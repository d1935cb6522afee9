"""The table of phrases that mean dates: a pattern over canonical words (see dates), and what reads it."""

import re
from collections.abc import Callable

from bot.dates.context import Context
from bot.dates.readers import (
    Match,
    read_bare_year,
    read_days_from_now,
    read_days_of_month,
    read_days_of_months,
    read_distance,
    read_edge,
    read_feast,
    read_half,
    read_half_of_month,
    read_month,
    read_months_between,
    read_next_units,
    read_no_such_piece,
    read_nothing,
    read_numbered_month,
    read_numbered_week,
    read_one_of_month,
    read_part,
    read_quarter,
    read_rest_of,
    read_rest_of_year,
    read_season,
    read_unit,
    read_week_with,
    read_weekday,
    read_weekday_date,
    read_weekend,
    read_years,
)
from bot.dates.spans import Span
from bot.dates.words import FEASTS, NUMBERS, PARTS, PAST_FOURTH

_YEAR_PLACE = (
    r"(?:(?:el |the )?(?:este|this|proximo|siguiente|otro|next|pasado|O-1|presente) Uyear(?: que viene| en curso)?"
    r"|(?:el )?Uyear (?:que viene|que entra|entrante|proximo|siguiente|pasado|anterior|en curso))"
)
_YEAR = rf"(?: (?:de |del |of |in |en )?(?:el |the |Uyear )?(?P<y>\d{{4}}|{_YEAR_PLACE})| del (?P<yy>\d\d)(?= ))?"
_DAY = r"(?:Uday )?(?:el )?(?P<{0}>O[1-4]|\d{{1,2}})"
_DE = r"(?: de| of| del| Uday)?"
_TO = r"(?: al| a| y| e| hasta| hasta el| al Uday| to| and| through| thru| until| till)(?: el| the)?"
_ENDS = (
    r"antes (?:de que (?:se )?(?:acabe|termine|finalice|cierre)"
    r"|de(?:l)? (?:fin|final|cierre)|de (?:acabar|terminar|cerrar))"
)
_NUM = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
_M, _N = r"M(?P<m>\d\d)", r"M(?P<n>\d\d)"
_OWN = r"(?:(?: de| del| of)? (?P<y{0}>\d{{4}}|" + _YEAR_PLACE + "))?"
_D, _E = _DAY.format("d"), r"(?:el |the )?(?P<e>O[1-4]|\d{1,2})"
_ON = r"(?:(?: of| de| del)? (?P<y>\d{4}))?(?= )"
_FROM = r"(?:entre |del |de |desde |from |between )?(?:el |the )?"
_NEXT = r"(?:proxim[oa]s?|siguientes?|next|coming|following)"
_OTHER = r"(?:el )?otro U(?P<v>year)(?P<u>)"
_LAST = r"(?:pasad[oa]|O-1|anterior|que acaba de pasar|que paso|que ya paso)"
_THIS = r"(?:este|esta|this|presente)"
_AFTER = r"(?: que viene| que entra| entrante| proxim[oa]| siguiente| pasad[oa]| anterior| en curso)"
_UNIT = r"U(?P<u>day|week|fortnight|month|quarter|half|year)"
_CURRENT = r"(?:el |the )?(?:este |this |presente )?Umonth"
_EDGE = r"primer[oa]s?|O1|ultim[oa]s?|O-1"
_IN_PART = rf"(?:{_M}{_YEAR}|(?P<here>{_CURRENT})|(?:el |the |Uyear )?(?P<y2>\d{{4}}|{_YEAR_PLACE})|(?:el |the )?Uyear)"
_PIECE = rf"(?: de| of| del)?{_YEAR}"

_TABLE: tuple[tuple[str, Callable[[Match, Context], Span | None]], ...] = (
    (r"(?:en|por|de|in|during) (?:la|the) (?:manana|morning)", read_nothing),
    (r"hoy en Uday", read_nothing),
    # From one day, month or year to another
    (rf"{_FROM}{_D}{_DE} {_M}{_OWN.format(1)}{_TO} {_E}{_DE} {_N}{_OWN.format(2)}", read_days_of_months),
    (rf"{_FROM}{_M} {_D}{_OWN.format(1)}{_TO} {_N} {_E}{_OWN.format(2)}", read_days_of_months),
    (rf"{_FROM}{_D}(?:{_TO})? {_E}{_DE} {_M}{_YEAR}", read_days_of_month),
    (rf"{_FROM}{_M} {_D}(?:{_TO})? {_E}{_ON}", read_days_of_month),
    # Weeks and parts of a month
    (rf"(?:la |the )?Uweek (?:del |of )(?:the )?{_D}{_DE} {_M}{_YEAR}", read_week_with),
    (rf"(?:la |the )?Uweek of {_M} {_D}{_ON}", read_week_with),
    (rf"(?P<o>O1|O2|O3|O4|O-1) U(?P<u>week|fortnight)(?: de| of| del| in)? {_M}{_YEAR}", read_one_of_month),
    (rf"(?P<o>O1|O2) (?:Uhalf|mitad) (?:de|of) {_M}{_YEAR}", read_half_of_month),
    # What is left of the year
    (rf"{_ENDS}(?: el| de| del| de el)? U(?P<u>month|year)", read_rest_of),
    (r"(?:before|by) (?:the )?(?:end of )?(?:the )?U(?P<u>month|year)(?: ends?| is over| is out)?", read_rest_of),
    (r"(?:queda|resta|falta)(?: del| de| de este| del presente) U(?P<u>week|month|quarter|half|year)", read_rest_of),
    (r"(?:el )?resto (?:del|de este) U(?P<u>week|month|quarter|half|year)", read_rest_of),
    (r"(?:rest|remainder|left) (?:of |in )?(?:the |this )?U(?P<u>week|month|quarter|year)", read_rest_of),
    (
        r"(?:queda|resta|falta|resto|rest|remainder|left)(?: por haber| on the calendar| in the calendar)?"
        r"(?: de| del| of| in| for| en)? (?P<y>\d{4})",
        read_rest_of_year,
    ),
    (rf"(?P<h>O[12]|O-1) (?:Uhalf|mitad)(?: de| of| del)?(?: el| the)?(?: Uyear)?{_YEAR}", read_half),
    # Parts of a month or a year
    (rf"(?:a |en |at |in )?(?:the )?(?P<p>{'|'.join(PARTS)})(?: de| del| of| in)? {_IN_PART}", read_part),
    (rf"(?:los |las |the )?(?P<p>{_EDGE}) (?P<n>{_NUM}) {_UNIT}s?(?: de| del| of| in)? {_IN_PART}", read_edge),
    (r"(?:este |proximo |this |next )?(?:fin de Uweek|weekend)(?: proximo| que viene)?", read_weekend),
    (rf"(?P<q>O[1-4]|O-1) Uquarter{_PIECE}", read_quarter),
    (rf"(?:la |the )?Uweek (?:numero |number )?(?P<n>\d{{1,3}}){_PIECE}", read_numbered_week),
    (rf"(?P<q>[qt][1-4]){_PIECE}", read_quarter),
    (rf"(?P<h>[hs][12]){_PIECE}", read_half),
    (rf"(?:{_NEXT} |{_THIS} |{_LAST} )?X(?P<s>\w+)(?: que viene| {_LAST})?{_YEAR}", read_season),
    # A day, a month
    (rf"(?:el )?(?:W(?P<w>\d) )?{_D}{_DE} {_M}{_YEAR}", read_weekday_date),
    (rf"(?:on )?(?:W(?P<w>\d) )?{_M} (?:the )?{_D}{_ON}", read_weekday_date),
    (rf"{_FROM}{_M}{_OWN.format(1)}{_TO} {_N}{_OWN.format(2)}", read_months_between),
    (rf"(?:{_NEXT} |{_LAST} |{_THIS} )?{_M}(?: que viene| {_LAST}| entrante| {_NEXT}(?! Uyear))?{_YEAR}", read_month),
    (rf"(?:en |de |del |el |the |in )*Umonth (?P<m>\d{{1,2}}){_YEAR}", read_numbered_month),
    (rf"(?:la |the )?(?P<f>{'|'.join(FEASTS)})", read_feast),
    # Counted from today
    (rf"(?:{_NEXT}|O-1|ultim[oa]s|past) (?P<n>{_NUM} ){_UNIT}s?", read_next_units),
    (rf"(?P<n>{_NUM} )(?:{_NEXT}) {_UNIT}s", read_next_units),
    (rf"(?:{_NEXT}|O-1|ultim[oa]s|past)(?P<n>) {_UNIT}s", read_next_units),
    (r"pasado manana|(?:the )?Uday after tomorrow", read_days_from_now(2)),
    (r"antier|anteayer|antes de ayer|(?:the )?Uday before yesterday", read_days_from_now(-2)),
    (r"manana|tomorrow", read_days_from_now(1)),
    (r"hoy|today", read_days_from_now(0)),
    (r"ayer|yesterday", read_days_from_now(-1)),
    (rf"(?:dentro de|de aqui a|within|in|en) (?P<n>{_NUM}) {_UNIT}s?", read_distance(1)),
    (rf"hace (?P<n>{_NUM}) {_UNIT}s?", read_distance(-1)),
    (rf"(?P<n>{_NUM}) {_UNIT}s? (?:ago|atras)", read_distance(-1)),
    # "The last day" is no day that was, but the one until which.
    (rf"(?!O-1 Uday)(?:{_NEXT}|{_LAST}|{_THIS}) {_UNIT}(?P<v>)(?:{_AFTER})?", read_unit),
    (rf"(?P<u>)U(?P<v>week|fortnight|month|quarter|half|year){_AFTER}", read_unit),
    (rf"(?:el|este|on|this|{_NEXT}|{_LAST}) W(?P<w>\d)(?: que viene| proximo| pasado)?", read_weekday),
    (_OTHER, read_unit),
    # Years
    (r"(?:en |in |from )?(?P<a>(?:19|20)\d\d)(?: al?| y| to| and| hasta)? (?P<b>(?:19|20)\d\d)", read_years),
    (r"(?:en|de|del|in|of|for|para|Uyear)(?: el| Uyear)? (?P<y>[12]\d{3})", read_bare_year),
    (r"(?:en |de |del |of |in |the |el )*Uyear (?P<y>\d{3,4}|0)", read_bare_year),
    (r"(?P<y>(?:19|20)\d\d|2999)", read_bare_year),
    # A piece that no year has, once the year is checked
    (rf"(?:{'|'.join(PAST_FOURTH)}) Uquarter", read_no_such_piece),
    (rf"(?:{'|'.join(PAST_FOURTH)}|O[34]) (?:Uhalf|mitad)(?= (?:de |del |of )?·)", read_no_such_piece),
)
"""The first that fits takes its words; so the longer stand before the shorter."""

TELLING = frozenset(
    ["manana", "morning", "hoy", "today", "tomorrow", "ayer", "antier", "anteayer", "yesterday", "weekend", *FEASTS]
)
"""Words that make a phrase a date beside figures and what is written in capitals (`_CANONICAL`)."""
PATTERNS = tuple((re.compile(rf"(?<= )(?:{pattern})(?= )"), read) for pattern, read in _TABLE)
