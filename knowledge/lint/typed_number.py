"""Phones, fees, percentages, addresses and dates come from the registers, with source and date; nobody types them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.lint.spots import our_texts
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.render import PLACEHOLDER

RULE = "typed_number"

_MESES = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)"
_MONTHS = r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December)"
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
_ARTICLE = _pattern(r"\b(?:art[íi]culos?|articles?|art\.)\s+\d+(?:\s*(?:,|y|and|al?|to|-)\s*\d+)*")
"""The article of a law is its name, not a value."""
_WARNINGS = (("a month", _pattern(rf"\b(?:{_MESES}|{_MONTHS})\s+(?:de\s+|del\s+|of\s+)?{_YEAR}\b")),)


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Years and counts of up to two digits may be typed; a month with its year is a warning, since it ages."""
    for spot, text in our_texts(knowledge):
        bare = _ARTICLE.sub("…", PLACEHOLDER.sub("…", text))
        for kinds, severity in ((_ERRORS, Severity.ERROR), (_WARNINGS, Severity.WARNING)):
            if typed := _first(kinds, bare):
                message = f"{typed} is typed; put it into a register and write {{id}}"
                yield spot.problem(knowledge, RULE, message, severity)


def _first(kinds: Iterable[tuple[str, re.Pattern[str]]], text: str) -> str:
    found = ((what, pattern.search(text)) for what, pattern in kinds)
    return next((f"{what} ({match.group().strip()!r})" for what, match in found if match), "")
