"""An age or a number of years that somebody tells, and how near a sentence of ours speaks to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import fold
from knowledge.model import Knowledge

_IN_WORDS = {
    1: ("uno", "one"),
    2: ("dos", "two"),
    3: ("tres", "three"),
    4: ("cuatro", "four"),
    5: ("cinco", "five"),
    6: ("seis", "six"),
    7: ("siete", "seven"),
    8: ("ocho", "eight"),
    9: ("nueve", "nine"),
    10: ("diez", "ten"),
    12: ("doce", "twelve"),
    15: ("quince", "fifteen"),
    18: ("dieciocho", "eighteen"),
    20: ("veinte", "twenty"),
    60: ("sesenta", "sixty"),
}
NUMBERS = {word: str(number) for number, words in _IN_WORDS.items() for word in words}
ADULT, OLD, OLDEST = 18, 60, 120
"""From when one is of age, and an older person."""
TENTH = 10
"""Years from a bound at which a sentence speaks half as near to an age."""
ABOVE = 0.4
"""What a year above "from 60" counts: whoever is 80 is meant, too."""
MISSED = 3
"""Years by which a bound may be missed and still decide."""
RIGHT, COARSE = 0.95, 0.5
"""How near a range speaks to an age in it; the same for a sentence of minors, or of older people, without a number."""
_UNIT = r"(?: (?:anos?|years?|yrs?|yo|y o))"
_ENDS = r"(?= (?:y|e|o|pero|and|but|el|la|mi|su|he|she|it|my|his|her)\b|$)"
_OLD = re.compile(
    r"\b(?:tiene|tengo|tenia|cumple|cumplio|cumpli|cumplo|cumplira|is|am|im|hes|shes|turns|turned|turning|aged)"
    rf" (?:ya |como |apenas |casi |de |only |almost |about |now )*(\d{{1,3}})"
    rf"(?:{_UNIT}(?: (?:old|de edad))?{_ENDS}|{_ENDS})"
    rf"|\b(\d{{1,3}}) (?:anos de edad|years old|year old)"
)
_OF = re.compile(rf"(\S+) de (?:como )?(\d{{1,2}})(?:{_UNIT}{_ENDS}|{_ENDS})")
"""`mi hijo de 15`, where the word before is one for a person."""
_CHILD = re.compile(r"(?:ch[iy][qk][ui]*it\w*|peque\w*|menor|mayor|grande|chic[oa]|little|young\w*|old\w*)$")
_LONG = re.compile(r"(?<!hace )(?<!hace como )\b(\d{1,2})(?: o mas)? (?:anos|years|yrs)\b(?! (?:ago|old|de edad))")
_ANY = re.compile(
    r"\b(?:cualquier edad|la edad que sea|no hay (?:edad limite|limite de edad)|sin (?:importar la edad|limite de edad)"
    r"|any age|no age limit|whatever (?:the|your|their) age)\b"
)
_NO_OTHER = r"(?! (?:dias|semanas|meses|usd|mxn|dolares|pesos|horas|minutos|days|weeks|months|hours|minutes|dollars))"
_RANGE = re.compile(
    rf"\b(?:de|entre|from|between|aged)(?: los)? (\d{{1,2}}) (?:a|y|to|and)(?: los)? (\d{{1,2}})\b{_NO_OTHER}"
)
_UNDER = re.compile(
    r"\b(?:menor(?:es)? de|antes de cumplir|hasta los|under|younger than|before (?:turning|age|they turn))"
    rf"(?: los)? (\d{{1,2}})\b{_NO_OTHER}"
)
_FROM = re.compile(
    r"\b(?:mayor(?:es)? de|(?:desde|a partir de|cumplid\w*|cumplir) (?:los|las)|over|at least|from(?: age)?)"
    rf"(?: los)? (\d{{1,2}})\b(?:{_UNIT})?{_NO_OTHER}"
    rf"|\b(\d{{1,2}})(?:{_UNIT})?(?: o mas| or (?:older|over)| and over)\b"
)
_MINORS = re.compile(r"\b(?:menor(?:es)?|minors?)\b(?! (?:de )?\d)")
_ELDERLY = re.compile(r"\b(?:adult[oa]s? mayor(?:es)?|personas? mayor(?:es)?|older (?:people|adults|person)|elderly)\b")
_NEEDED = re.compile(
    r"\b(?:trabaj|labor|viv|resid|cotiz|aport|permane|estuv|al menos|por lo menos|minimo|mas de|menos de|work|lived"
    r"|at least|more than|less than)\w*(?: \S+){0,4}? (\d{1,2}) (?:anos|years)\b"
)


class Of(StrEnum):
    """What a number of years is of."""

    AGE = "age"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Years:
    """A number of years that was told."""

    of: Of
    number: int

    def nearness(self, text: str) -> float:
        """How near a sentence, with its values, speaks to it: 0 to 1."""
        said = " ".join(NUMBERS.get(word, word) for word in fold(text).split())
        return max(_to_age(self.number, said) if self.of is Of.AGE else _to_length(said), default=0.0)


@lru_cache(maxsize=64)
def years_in(text: str, knowledge: Knowledge) -> Years | None:
    """The age that a message tells, else how long something went on; not how long ago it was."""
    said = spell_out(text, knowledge.spelling)
    if found := _OLD.search(said):
        return _age(found.group(1) or found.group(2))
    for one in _OF.finditer(said):
        if one.group(1) in people_in(knowledge) or _CHILD.match(one.group(1)):
            return _age(one.group(2))
    long = _LONG.search(said)
    return Years(Of.LENGTH, int(long.group(1))) if long else None


@lru_cache(maxsize=4)
def people_in(knowledge: Knowledge) -> frozenset[str]:
    """The words for people of one's own."""
    return frozenset(word for kin in knowledge.follow_ups.kin for word in kin.said)


def _age(number: str) -> Years | None:
    return Years(Of.AGE, int(number)) if int(number) <= OLDEST else None


def _to_age(age: int, said: str) -> Iterator[float]:
    if _ANY.search(said):
        yield 1.0
    for first, last in _RANGE.findall(said):
        if int(first) <= age <= int(last):
            yield RIGHT
    for under in map(int, _UNDER.findall(said)):
        if age < under + MISSED:
            yield _near(under - age)
    for one, other in _FROM.findall(said):
        if age > int(one or other) - TENTH:
            bound = int(one or other)
            yield _near((age - bound) * (ABOVE if age > bound else 1))
    if (age < ADULT and _MINORS.search(said)) or (age >= OLD and _ELDERLY.search(said)):
        yield COARSE


def _to_length(said: str) -> Iterator[float]:
    if _NEEDED.search(said):
        yield RIGHT


def _near(years: float) -> float:
    return 1 / (1 + abs(years) / TENTH)
