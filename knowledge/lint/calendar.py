"""The calendar: every word that an event names exists, every date has a source, no guess looks like a fact."""

from collections.abc import Iterator
from datetime import date

from knowledge.institutions import is_address
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.schema.calendar import Event, Status, WordKind

RULE = "calendar"
SURE = (Status.CONFIRMED, Status.CONFIRMED_PLACE, Status.CONFIRMED_MONTH)


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Events against the words and topics; words against one another."""
    for event in knowledge.events.values():
        spot = Spot("events", event.id)
        for message in (*_unknown_words(event, knowledge), *_wrong(event, knowledge)):
            yield spot.problem(knowledge, RULE, message)
        for number, lead in enumerate(event.leads):
            if lead not in knowledge.topics:
                message = f"no topic is called {lead!r} yet; it is left out"
                yield spot.at("leads", number).problem(knowledge, RULE, message, Severity.WARNING)
    for word in knowledge.calendar_words.values():
        for place in word.within:
            if not _is(place, WordKind.PLACE, knowledge):
                yield Spot("calendar_words", word.id).problem(knowledge, RULE, f"no place is called {place!r}")
    for group, names in knowledge.calendar_groups.items():
        for name in names:
            if not any(_is(name, kind, knowledge) for kind in (WordKind.ASK, WordKind.KIND, WordKind.TOPIC)):
                spot = Spot("calendar_groups", group)
                yield spot.problem(knowledge, RULE, f"no ask, kind or topic is called {name!r}")


def _is(name: str, kind: WordKind, knowledge: Knowledge) -> bool:
    word = knowledge.calendar_words.get(name)
    return word is not None and word.kind is kind


def _unknown_words(event: Event, knowledge: Knowledge) -> Iterator[str]:
    named = {
        WordKind.TOPIC: event.topics,
        WordKind.PLACE: event.where,
        WordKind.KIND: (event.kind,),
        WordKind.SERIES: (event.series,) if event.series else (),
    }
    for kind, names in named.items():
        yield from (f"no {kind} is called {name!r}" for name in names if not _is(name, kind, knowledge))


def _wrong(event: Event, knowledge: Knowledge) -> Iterator[str]:
    if not event.topics:
        yield "has no topic"
    if event.status in SURE and not event.sources:
        yield f"{event.status} without a source"
    if event.access is not None and event.take_part is None:
        yield "says who has access, and not how to take part"
    if event.history and event.begins is None:
        yield "history without a date"
    for source in event.sources:
        document, hash_mark, section = source.partition("#")
        known = document in knowledge.documents and hash_mark and section
        if not is_address(source) and not known:
            yield f"{source!r} is no address and no document"
