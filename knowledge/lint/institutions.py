"""Whose page every source is: no bare host is ever named, and no enforcement agency stands under an answer."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from knowledge.addresses import put
from knowledge.citing import shown
from knowledge.institutions import host, whose
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.registers import FILES
from knowledge.schema.base import LANGS
from knowledge.schema.institutions import SourceKind

RULE = "institutions"
_UNFIT = {
    SourceKind.ENFORCEMENT: (Severity.ERROR, "no source but an enforcement agency's: find another"),
    SourceKind.PAGE: (Severity.WARNING, "shows a page of nobody known: find the page of somebody"),
}
"""What should not stand under an answer."""
_REST = re.compile(r"[?&](?:utm_\w+|pk_\w+|_ga|partner|outputType|amp|noamp|intcmp|oref|eType|itlk|tab)=")
"""Parts of a query that are none of the page: whence somebody came, for which screen."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Addresses of nobody, a place of two kinds, and sections under which nobody or an enforcement agency stands."""
    for kind, register in (("facts", knowledge.facts), ("contacts", knowledge.contacts), ("events", knowledge.events)):
        for item in register.values():
            spot = Spot(kind, item.id, ("sources",))
            for address in (one for one in item.sources if "://" in one and whose(one, knowledge) is None):
                yield spot.problem(knowledge, RULE, f"nobody says whose page {host(address)} is")
            for rest in filter(None, map(_REST.search, item.sources)):
                yield spot.problem(knowledge, RULE, f"cut {rest.group()} from {host(rest.string)}: no part of the page")
    twice = Counter(place for places in knowledge.institutions.values() for place in places)
    for place in (one for one, times in twice.items() if times > 1):
        yield Problem(FILES["institutions"][0], RULE, f"{place}: stands under two kinds")
    for place in _copies_that_say_so(knowledge):
        yield Problem(FILES["institutions"][0], RULE, f"{place}: its kind already says that it is a copy")
    for topic in knowledge.topics.values():
        for number, section in enumerate(topic.sections):
            sound = _sound(section.sources, knowledge)
            if sound and (unfit := _UNFIT.get(shown(section.sources, knowledge, section.text.es).kind)):
                severity, message = unfit
                spot = Spot("topics", topic.id, ("sections", number, "sources"))
                yield spot.problem(knowledge, RULE, message, severity)


def _copies_that_say_so(knowledge: Knowledge) -> Iterator[str]:
    """Copies whose name holds the word that the source line adds to it, so that people would read it twice."""
    added = {lang: put(knowledge.texts["source-copy"].say(lang), {"name": ""}).strip(" ()") for lang in LANGS}
    for place, named in knowledge.institutions.get(SourceKind.COPY, {}).items():
        if any(added[lang] in re.findall(r"\w+", named.say(lang)) for lang in LANGS):
            yield place


def _sound(sources: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether every source is known and leads to one itself; others are for the rules of references and sources."""
    items = [knowledge.dated(source) for source in sources]
    origins = [(source,) if item is None else item.sources for source, item in zip(sources, items, strict=True)]
    named = [origin for each in origins for origin in each]
    return all(origins) and all("://" in one or one.partition("#")[0] in knowledge.documents for one in named)
