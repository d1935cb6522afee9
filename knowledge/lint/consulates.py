"""The directory: every value sourced, every number in full, every page the ministry's, every name of a town once."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from knowledge.lint.digits import blocked_in
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.schema.base import Confidence
from knowledge.schema.directory import Consulate, Listed

RULE = "consulates"
NUMBER = re.compile(r"\+1[2-9]\d{9}")
MINISTRY = "sre.gob.mx"
VALUES = ("page", "address", "phone", "guard", "email", "covers")


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Consulates one by one, then what the words of the directory lead to."""
    said: dict[str, str] = {}
    for consulate in knowledge.consulates.values():
        spot = Spot("consulates", consulate.id)
        for name in consulate.said:
            if said.setdefault(name, consulate.id) != consulate.id:
                yield spot.at("said").problem(knowledge, RULE, f"{name!r} is {said[name]} already")
        if consulate.region not in knowledge.regions:
            yield spot.at("region").problem(knowledge, RULE, f"no region is called {consulate.region!r}")
        for name, message in _wrong(consulate, knowledge):
            yield spot.at(name).problem(knowledge, RULE, message)
    yield from _leads(knowledge)


def _wrong(consulate: Consulate, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for name in VALUES:
        listed: Listed | None = getattr(consulate, name)
        if listed is None:
            continue
        if not listed.sources and listed.confidence is not Confidence.LOW:
            yield name, "a value without a source is low"
        if name in ("phone", "guard"):
            if not NUMBER.fullmatch(listed.value):
                yield name, f"{listed.value!r} is no number of the United States or Canada in full (+1…)"
            # Also where it is low and so never said: somebody will raise it one day.
            yield from (
                (name, f"{one.value} is blocked: {one.why}") for one in blocked_in(listed.value, knowledge.blocked)
            )
    host = urlsplit(consulate.page.value).hostname or ""
    if not consulate.page.value.startswith("https://") or not f".{host}".endswith(f".{MINISTRY}"):
        yield "page", f"{consulate.page.value!r} is no page of {MINISTRY}"


def _leads(knowledge: Knowledge) -> Iterator[Problem]:
    words, spot = knowledge.directory, Spot("directory", "directory")
    for name in ("abroad", "credit"):
        fact = knowledge.facts.get(getattr(words, name))
        if fact is None or fact.value is None:
            yield spot.at(name).problem(knowledge, RULE, "no fact with a value is called so")
    if words.covers not in knowledge.catalogue:
        yield spot.at("covers").problem(knowledge, RULE, f"the catalogue has no {words.covers!r}")
    for topic in (words.appointments, words.refuge, words.in_mexico, *words.business, *words.others_consulates):
        if topic not in knowledge.topics:
            message = f"no topic is called {topic!r} yet; it is left out"
            yield spot.problem(knowledge, RULE, message, Severity.WARNING)
