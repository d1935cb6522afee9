"""Acronyms in our own answers, in plain words where they are first met."""

import re
from functools import lru_cache

from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.glossary import Term

_EXPLAINED = r"\((?:el |la |the )?{0}\b|\b{0} \(|\b{0}, (?:que|el|la|los|las|de la|which|the|an?|of|agencia)\b"
"""`migración (INM)`, `INM (migración)`, `ACNUR, la agencia de la ONU`."""


def in_plain_words(text: str, head: str, knowledge: Knowledge, lang: Lang) -> str:
    """The text with a few words behind each acronym that neither it nor its head explains; once each."""
    for acronym, bare, explained, term in _short(knowledge):
        if acronym not in text:
            continue
        whole = f"{head}\n{text}"
        words = term.short.say(lang) if term.short else ""
        said = fold(whole)
        if explained.search(whole) or fold(words) in said or fold(term.name.say(lang)) in said:
            continue
        text = bare.sub(f"{acronym} ({words})", text, count=1)
    return text


@lru_cache(maxsize=4)
def _short(knowledge: Knowledge) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str], Term], ...]:
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
