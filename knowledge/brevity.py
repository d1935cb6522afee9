"""How long a section is, in words and sentences, and its short form: what the linter holds and the engine says."""

import re
from collections.abc import Iterator
from itertools import accumulate, takewhile

from knowledge.addresses import PLACEHOLDER
from knowledge.schema.base import Lang
from knowledge.schema.topics import Section

SHORT = 35
"""Words of a short form."""
ANSWER = 90
"""Words before the next step."""
SENTENCE = 20
"""Words of a sentence."""
BESIDE_DANGER, BESIDE_FIRST = 45, 30
"""Words of an answer to what is asked beside an open danger (P9)."""
LINES = 3
"""Steps that a short form gives, a line each; where there are more it has to do without them."""
_SENTENCES = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][)”\"»]))(?<!\bEE\.)(?<!\bSr\.)(?<!\bSra\.)(?<!\bDr\.)(?<!\bMa\.)"
    r"\s+(?![A-Z]\.)(?=[A-ZÁÉÍÓÚÑ¿¡“\"({0-9])|\n+"
)
_WORD = re.compile(r"\w[\w.,:/@'’%+-]*")


def words(text: str) -> int:
    """How many words a text has; a value counts as one."""
    return len(_WORD.findall(PLACEHOLDER.sub("x", text)))


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [one for one in _SENTENCES.split(text) if one]


def said(section: Section, lang: Lang) -> str:
    """All that is said before the next step."""
    return "\n".join(one.say(lang) for one in (section.text, *section.steps))


def long_sentences(section: Section, lang: Lang) -> list[str]:
    """The sentences over SENTENCE words."""
    return [one for one in sentences(said(section, lang)) if words(one) > SENTENCE]


def short_form(section: Section, lang: Lang) -> str:
    """What its editor wrote for it; else its first sentences, as many as SHORT words hold. Few steps are lines."""
    steps = section.steps if len(section.steps) <= LINES else ()
    return "\n".join((shortest(section, lang), *(f"{n}. {step.say(lang)}" for n, step in enumerate(steps, 1))))


def shortest(section: Section, lang: Lang) -> str:
    """Its short form without steps."""
    return section.short.say(lang) if section.short else " ".join(fitting(sentences(section.text.say(lang))))


def beside_danger(section: Section, lang: Lang, step: str, most: int = BESIDE_DANGER) -> tuple[str, str]:
    """Its short form and what comes next, as much of both as fits beside an open danger."""
    whole, bare = short_form(section, lang), shortest(section, lang)
    forms = ((whole, step), (whole, ""), (bare, step))
    return next((one for one in forms if words(" ".join(one)) <= most), (bare, ""))


def fitting(found: list[str]) -> Iterator[str]:
    """The first sentence, and those behind it that fit."""
    counts = accumulate(words(one) for one in found)
    fitting = sum(1 for _ in takewhile(lambda count: count <= SHORT, counts))
    yield from found[: max(1, fitting)]
