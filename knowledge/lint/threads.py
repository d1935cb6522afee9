"""Threads name topics and sections that exist, and no message is two things to the same topic."""

from collections.abc import Iterator
from datetime import date

from knowledge.frames import fold
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.schema.taught import Bearing, Thread

RULE = "threads"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Stray topics and sections, and words that teach both ways."""
    taught: dict[tuple[str, str], Bearing] = {}
    for field, one in knowledge.threads.items():
        for number, thread in enumerate(one.threads):
            yield from _check(thread, Spot("threads", field, ("threads", number)), taught, knowledge)


def _check(
    thread: Thread, spot: Spot, taught: dict[tuple[str, str], Bearing], knowledge: Knowledge
) -> Iterator[Problem]:
    opened = knowledge.topics.get(thread.opens)
    if opened is None:
        yield spot.at("opens").problem(knowledge, RULE, f"no topic is called {thread.opens!r}")
    for number, message in enumerate(thread.then):
        at = spot.at("then", number)
        before = opened.id if opened else ""
        if taught.setdefault((before, fold(message.text)), message.bearing) is not message.bearing:
            yield at.problem(knowledge, RULE, f"{message.text!r} is something else elsewhere")
        if message.topic is not None:
            opened = knowledge.topics.get(message.topic)
            if opened is None or opened.id == before:
                yield at.problem(knowledge, RULE, f"{message.topic!r} is no other topic")
        if message.section is not None and opened is not None and opened.section(message.section) is None:
            yield at.problem(knowledge, RULE, f"{opened.id} has no section {message.section!r}")
