"""Phones, fees, percentages, addresses and dates come from the registers, with source and date; nobody types them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.lint.spots import our_texts
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.render import PLACEHOLDER

RULE = "typed_number"

_NAMES = (
    ("enero", "febrero", "marzo", "abril", "mayo", "junio",
     "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ("January", "February", "March", "April", "May", "June",
     "July", "August", "September", "October", "November", "December"),
)  # fmt: skip
_NUMBERS = {name: number for names in _NAMES for number, name in enumerate(names, 1)} | {"setiembre": 9}
"""The months, as they are written."""
_MESES = "(?:" + "|".join(name for name in _NUMBERS if name.islower()) + ")"
_MONTHS = "(?-i:" + "|".join(name for name in _NUMBERS if not name.islower()) + ")"
_MONEY = r"(?:USD|MXN|CAD|EUR|pesos?|d[óo]lar(?:es)?|dollars?|cents?|centavos?|euros?)"
_YEAR = r"(?:19|20)\d\d"
_AMOUNT = r"\d[\d.,]*(?:\s+(?:mil|thousand|millones|million))?"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_ERRORS = (
    ("an e-mail address", _pattern(r"\S+@\S+\.\w+")),
    ("a web address", _pattern(r"https?://", r"\bwww\.", r"\b[\w-]+\.(?:com|org|gob|gov|net|edu|info|mx|us)\b")),
    ("a percentage", _pattern(rf"{_AMOUNT}\s*(?:%|por ciento\b|per ?cent\b)")),
    ("an amount of money", _pattern(r"[$€£]\s*\d", rf"{_AMOUNT}\s*(?:de\s+)?{_MONEY}\b")),
    (
        "a date",
        _pattern(
            rf"\b\d{{1,2}}\.?[ºo]?\s+de\s+{_MESES}\b",
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}\b",
            rf"\b{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?\b",
            r"\b\d{1,2}/\d{1,2}/\d{2,4}\b",
            rf"\b\d{{1,2}}/{_YEAR}\b",
            rf"\b{_YEAR}-\d\d\b(?!\d)",
        ),
    ),
    ("a phone number", _pattern(rf"(?<!\d)(?!{_YEAR}\D+{_YEAR}\b)\+?\d(?:[\s().-]{{0,2}}\d){{6,}}")),
    ("a number", _pattern(rf"(?<![\w-])(?!{_YEAR}\b)(?:\d{{3,}}|\d{{1,3}}(?:[.,]\d{{3}})+)(?!\w)")),
)
ARTICLE = _pattern(r"\b(?:art[íi]culos?|articles?|art\.)\s+\d+(?:\s*(?:,|y|and|al?|to|-)\s*\d+)*")
"""The article of a law is its name, not a value."""
_MONTH = _pattern(rf"\b(?P<month>{_MESES}|{_MONTHS})\s+(?:de\s+|del\s+|of\s+)?(?P<year>{_YEAR})\b")


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Years, counts of up to two digits and past months may be typed; a month to come is a warning: it ages."""
    for spot, text in our_texts(knowledge):
        bare = ARTICLE.sub("…", PLACEHOLDER.sub("…", text))
        for typed, severity in ((_first(_ERRORS, bare), Severity.ERROR), (_to_come(bare, today), Severity.WARNING)):
            if typed:
                message = f"{typed} is typed; put it into a register and write {{id}}"
                yield spot.problem(knowledge, RULE, message, severity)


def _first(kinds: Iterable[tuple[str, re.Pattern[str]]], text: str) -> str:
    found = ((what, pattern.search(text)) for what, pattern in kinds)
    return next((f"{what} ({match.group().strip()!r})" for what, match in found if match), "")


def _to_come(text: str, today: date) -> str:
    """The first month after that of `today`: what is said of it will be wrong one day."""
    for match in _MONTH.finditer(text):
        month = _NUMBERS.get(match["month"]) or _NUMBERS[match["month"].lower()]
        if (int(match["year"]), month) > (today.year, today.month):
            return f"a month to come ({match.group()!r})"
    return ""
