"""Places of help: what they name exists; a shelter publishes its own address, a refuge for women has none."""

from collections.abc import Iterator
from datetime import date

from knowledge.freshness import is_fresh
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.schema.base import Confidence
from knowledge.schema.directory import CONSULATE, HelpPlace, PlaceKind
from knowledge.schema.facts import ContactKind, Fact

RULE = "places"
Wrong = Iterator[tuple[str, str, Severity]]


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Kinds, then their places; sections and words belong to one kind each."""
    held: dict[str, str] = {}
    if knowledge.consulates and CONSULATE not in knowledge.place_kinds:
        yield Problem("places", RULE, "no kind is called consulate")
    for kind in knowledge.place_kinds.values():
        spot = Spot("place_kinds", kind.id)
        for name, values in (("answers", kind.answers), ("asked", (*kind.asked, *kind.done))):
            for value in values:
                if held.setdefault(value, kind.id) != kind.id:
                    yield spot.at(name).problem(knowledge, RULE, f"{value!r} is {held[value]}'s already")
        for answer in (*kind.answers, *(one.section for one in kind.instead)):
            if knowledge.section(answer) is None and kind.id != CONSULATE:
                yield spot.at("answers").problem(knowledge, RULE, f"no section is called {answer!r}")
        if kind.instead and kind.places:
            yield spot.at("places").problem(knowledge, RULE, "what is told by sections instead is never listed")
        for number, place in enumerate(kind.places):
            for name, message, severity in _wrong(place, kind, knowledge, today):
                yield spot.at("places", number, name).problem(knowledge, RULE, message, severity)


def _wrong(place: HelpPlace, kind: PlaceKind, knowledge: Knowledge, today: date) -> Wrong:
    for name in place.sources:
        if name not in knowledge.facts or knowledge.facts[name].valid_until is not None:
            yield "sources", f"no fact is called {name!r}, or it ends", Severity.ERROR
    if place.more and place.more not in knowledge.topics:
        yield "more", f"no topic is called {place.more!r}", Severity.ERROR
    for what in ("address", "hours"):
        if (told := getattr(place, what)) is not None:
            fact = knowledge.facts.get(told)
            if fact is None or fact.value is None or fact.confidence is Confidence.LOW:
                yield what, f"no fact of good confidence with a value is called {told!r}", Severity.ERROR
    if place.phone is not None:
        contact = knowledge.contacts.get(place.phone)
        if contact is None or contact.kind is not ContactKind.PHONE or contact.confidence is Confidence.LOW:
            yield "phone", f"no phone of good confidence is called {place.phone!r}", Severity.ERROR
    if place.refuge_for_women and place.address is not None:
        yield "address", "a refuge for women has no address", Severity.ERROR
    if kind.fresh_months is not None:
        yield from _of_shelter(place, kind.fresh_months, knowledge, today)


def _of_shelter(place: HelpPlace, months: int, knowledge: Knowledge, today: date) -> Wrong:
    """Where people sleep: an address is its own to publish, and is said while it is new."""
    if not place.call_first:
        yield "call_first", "nobody is sent to a shelter without asking first", Severity.ERROR
    fact: Fact | None = knowledge.facts.get(place.address or "")
    if fact is None:
        return
    if not all(source.startswith(place.own_pages) for source in fact.sources):
        yield "address", "only the shelter's own pages tell its address", Severity.ERROR
    if not is_fresh(fact, months, today):
        yield "address", f"no longer said: its source is undated or older than {months} months", Severity.WARNING
