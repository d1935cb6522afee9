"""Nobody is left without something to do next."""

from collections.abc import Iterator
from datetime import date

from knowledge.freshness import is_withdrawn
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.schema.base import Confidence
from knowledge.schema.flows import Flow

RULE = "dead_end"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """A topic leads on and names somebody who can be reached; an option says, does or asks something."""
    for topic in knowledge.topics.values():
        spot = Spot("topics", topic.id)
        if topic.id in topic.next:
            yield spot.at("next").problem(knowledge, RULE, "leads to itself")
        elif not topic.next and not topic.card:
            yield spot.problem(knowledge, RULE, "offers no next topic", Severity.WARNING)
        if not any(_reachable(contact, knowledge, today) for contact in topic.ask):
            yield spot.at("ask").problem(knowledge, RULE, "nobody here can be reached (confidence low, or ended)")
    for flow in knowledge.flows.values():
        for steps in _silent_ends(flow):
            yield Spot("flows", flow.id, steps).problem(knowledge, RULE, "chosen, it says, does and asks nothing")


def _reachable(contact_id: str, knowledge: Knowledge, today: date) -> bool:
    contact = knowledge.contacts.get(contact_id)
    if contact is None:
        return True  # unknown_reference says so
    return contact.confidence is not Confidence.LOW and not is_withdrawn(contact, today)


def _silent_ends(flow: Flow) -> Iterator[tuple[str | int, ...]]:
    for q, question in enumerate(flow.questions):
        for o, option in enumerate(question.options):
            # A later question may still be asked; only this answer is known here.
            later = flow.questions[q + 1 :]
            asked = any(next_one.needs.get(question.id, option.id) == option.id for next_one in later)
            if option.say is None and option.effect is None and not asked:
                yield "questions", q, "options", o
