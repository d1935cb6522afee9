"""Acronyms in plain words: a few behind each that nothing around it explains."""

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.glossary import Term

_EXPLAINED = r"\((?:el |la |the )?{0}\b|\b{0} \(|\b{0}, (?:que|el|la|los|las|de la|which|the|an?|of|agencia)\b"
"""`migración (INM)`, `INM (migración)`, `ACNUR, la agencia de la ONU`."""


def in_plain_words(texts: Sequence[str], head: str, knowledge: Knowledge, lang: Lang) -> list[str]:
    """The texts with a few words behind each acronym that neither they nor their head explain; once each."""
    said = list(texts)
    for acronym, bare, explained, term in _acronyms(knowledge):
        bearing = (n for n, text in enumerate(said) if acronym in text and bare.search(text))
        if (at := next(bearing, None)) is None:
            continue
        whole = "\n".join((head, *said))
        words = term.short.say(lang) if term.short else ""
        folded = fold(whole)
        if explained.search(whole) or fold(words) in folded or fold(term.name.say(lang)) in folded:
            continue
        said[at] = bare.sub(f"{acronym} ({words})", said[at], count=1)
    return said


@lru_cache(maxsize=4)
def _acronyms(knowledge: Knowledge) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str], Term], ...]:
    """Every acronym with words of its own: itself, where it stands bare, where it is explained, its term."""
    return tuple(
        (
            acronym,
            re.compile(rf"(?<![\w\-/.(]){acronym}(?![\w\-'’])"),
            re.compile(_EXPLAINED.format(acronym)),
            term,
        )
        for term in knowledge.glossary.values()
        if term.short
        for acronym in term.terms
        if acronym.isalpha() and acronym[1:2].isupper()
    )
