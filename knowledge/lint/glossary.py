"""The glossary: a term stands once, its sentence says it, and it leads to a topic."""

from collections.abc import Iterator
from datetime import date

from knowledge.frames import fold
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.schema.base import LANGS
from knowledge.schema.glossary import Term

RULE = "glossary"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Terms that stand twice or are ambiguous; sentences without the term; topics that are gone or do not fit."""
    homes = {
        fold(phrase): f"ambiguous.yaml, {one.id}" for one in knowledge.ambiguous.values() for phrase in one.phrases
    }
    named = _named(knowledge)
    for term in knowledge.glossary.values():
        spot = Spot("glossary", term.id)
        for number, name in enumerate(term.terms):
            if (first := homes.setdefault(fold(name), term.id)) != term.id:
                yield spot.at("terms", number).problem(knowledge, RULE, f"{name!r} stands already in {first}")
        for lang in LANGS:
            said = f" {fold(term.says.say(lang))} "
            if not any(f" {fold(name)} " in said for name in (*term.terms, term.name.say(lang))):
                yield spot.at("says", lang).problem(knowledge, RULE, "does not say the term")
        if message := _wrong_topic(term, knowledge):
            yield spot.at("topic").problem(knowledge, RULE, message)
        if elsewhere := _better(term, named):
            message = f"{', '.join(sorted(elsewhere))} bears this name: better go on there"
            yield spot.at("topic").problem(knowledge, RULE, message, Severity.WARNING)


def _named(knowledge: Knowledge) -> dict[str, set[str]]:
    """Folded names, and the topics that bear them."""
    named: dict[str, set[str]] = {}
    for topic in knowledge.topics.values():
        for names in topic.names.values():
            for name in names:
                named.setdefault(fold(name), set()).add(topic.id)
    return named


def _better(term: Term, named: dict[str, set[str]]) -> set[str]:
    """The topics called by the term, where it leads to none of them."""
    homes = {home for name in term.terms for home in named.get(fold(name), ())}
    return set() if term.topic in homes or term.section else homes


def _wrong_topic(term: Term, knowledge: Knowledge) -> str:
    topic = knowledge.topics.get(term.topic)
    if topic is None:
        return f"no topic is called {term.topic!r}"
    if term.section is not None and topic.section(term.section) is None:
        return f"the topic has no section {term.section!r}"
    names = {fold(name) for names in topic.names.values() for name in names}
    if term.own and term.section is None and names.isdisjoint(map(fold, term.terms)):
        return "own is true, but the topic has none of the terms among its names"
    return ""
