"""Months, countries and lists in words, by Babel."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list

from knowledge.frames import fold
from knowledge.schema.base import Lang

_WITH_ARTICLE = frozenset({"US", "GB", "NL", "PH", "DO", "AE"})
"""English says "from the United States"."""

_EASED = {False: ("y", "e", "i", ("hie", "hia", "i ")), True: ("o", "u", "o", ("hue",))}
"""In Spanish what joins a list, what stands for it before this vowel, also behind an h, and before what it does not."""


@cache
def _locale(lang: Lang) -> Locale:
    return Locale.parse("es_MX" if lang == "es" else "en")


def month(partial: str, lang: Lang) -> str:
    """A partial date as year or month and year: `2018`, `agosto de 2025`, `August 2025`."""
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 1:
        return partial
    return str(format_skeleton("yMMMM", date(parts[0], parts[1], 1), locale=_locale(lang)))


def country(code: str, lang: Lang, *, article: bool = False) -> str:
    """The name of an ISO country; `article` for running text in English."""
    name = str(_locale(lang).territories.get(code, code))
    return f"the {name}" if article and lang == "en" and code in _WITH_ARTICLE else name


def listed(words: Iterable[str], lang: Lang, *, either: bool = False) -> str:
    """`a, b y c`; `either`: `a, b o c`; in Spanish `a e identificación`, `a u otro`."""
    every = list(words)
    said = format_list(every, style="or" if either else "standard", locale=_locale(lang))
    join, eased, sound, unless = _EASED[either]
    last = fold(every[-1]) if lang == "es" and len(every) > 1 else ""
    if not last.removeprefix("h").startswith(sound) or last.startswith(unless):
        return said
    return f"{said.removesuffix(f' {join} {every[-1]}')} {eased} {every[-1]}"
