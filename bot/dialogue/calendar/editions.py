"""Which edition of a forum is meant by its number: `COP31`, `la XXX cumbre`, `octogésima segunda`, `the 57th`."""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.dialogue.dates.tokens import tokens

LARGEST = 120
"""No forum has met more often; what is greater is a year or a quantity."""
BETWEEN = frozenset(
    tokens("numero num no n sesion sesiones periodo edicion session edition number la el the de del of reunion meeting")
)
"""Words between a number and the forum that it counts."""
TEN = 10
APART = 3
"""How many of them at most."""
_ROMAN = re.compile(r"(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SUFFIXED = re.compile(r"(\d{1,3})(?:st|nd|rd|th|a|o|ra|da|er|va|na|ma|ta)?")


def _numbered(first: int, words: str, step: int = 1) -> dict[str, int]:
    return {word: first + n * step for n, word in enumerate(tokens(words))}


_UNITS = {
    **_numbered(1, "primer segund tercer cuart quint sext septim octav noven decim"),
    **_numbered(1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"),
    **_numbered(14, "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"),
    **_numbered(2, "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"),
    **_numbered(2, "two three four five six seven eight nine ten eleven twelve"),
    **_numbered(20, "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 10),
    **{"undecim": 11, "duodecim": 12},
}
_TENS = {
    **_numbered(10, "decim vigesim trigesim cuadragesim quincuagesim sexagesim septuagesim octogesim nonagesim", 10),
    **_numbered(20, "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 10),
    **_numbered(20, "twenty thirty forty fifty sixty seventy eighty ninety", 10),
}


def editions_at(words: Sequence[str], forum: Collection[int]) -> Iterator[tuple[int, frozenset[int]]]:
    """The numbers beside the words of a forum's name, and where they stand."""
    near = min(forum) - APART * 2, max(forum) + APART * 2
    for number, places in _numbers(words):
        if places <= set(forum) or not near[0] <= min(places) <= near[1]:
            continue
        counts = min(places) < max(forum) and words[min(places)] in _CARDINALS  # "tres foros" are three
        if not counts and any(_beside(places, at, words) for at in forum):
            yield number, places


def _beside(places: Collection[int], at: int, words: Sequence[str]) -> bool:
    first, last = sorted((at, min(places, key=lambda place: abs(place - at))))
    between = words[first + 1 : last]
    return len(between) <= APART and all(word in BETWEEN for word in between)


def _numbers(words: Sequence[str]) -> Iterator[tuple[int, frozenset[int]]]:
    at = 0
    while at < len(words):
        value, length = _number_from(words, at)
        if 0 < value <= LARGEST:
            yield value, frozenset(range(at, at + length))
        at += length or 1


def _number_from(words: Sequence[str], at: int) -> tuple[int, int]:
    """The number that begins there and how many words it has; (0, 0) where none does."""
    word = words[at]
    if plain := _SUFFIXED.fullmatch(word):
        return int(plain.group(1)), 1
    if word not in ("", "i", "l") and (roman := _ROMAN.fullmatch(word)):
        return _roman(roman.group()), 1
    tens = _TENS.get(word) or _TENS.get(_stem(word))
    if tens is None:
        unit = _UNITS.get(word) or _UNITS.get(_stem(word))
        return (unit, 1) if unit else (0, 0)
    then = at + 2 if words[at + 1 : at + 2] == ["y"] else at + 1
    unit = _unit(words[then]) if then < len(words) else 0
    return (tens + unit, then + 1 - at) if unit else (tens, 1)


def _unit(word: str) -> int:
    value = _UNITS.get(word) or _UNITS.get(_stem(word)) or {"uno": 1, "un": 1, "one": 1}.get(word, 0)
    return value if value < TEN else 0


_CARDINALS = frozenset(
    tokens("dos tres cuatro cinco seis siete ocho nueve diez once doce two three four five six seven eight nine ten")
    + tokens("eleven twelve")
)


def _stem(word: str) -> str:
    return word[:-1] if word.endswith(("a", "o")) else word


def _roman(word: str) -> int:
    values = [_VALUES[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
