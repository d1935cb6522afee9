"""A fact and a contact with one id: `{id}` would mean either."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.render import EMERGENCY, TODAY

RULE = "conflicting_ids"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Also the ids `emergency`, the number of the country where the person is, and `today`."""
    for name in knowledge.facts.keys() & knowledge.contacts.keys():
        spot = Spot("contacts", name)
        yield spot.problem(knowledge, RULE, f"a fact in {knowledge.place('facts', name)} has this id too")
    for kind, register in (("facts", knowledge.facts), ("contacts", knowledge.contacts)):
        for own in (EMERGENCY, TODAY):
            if own in register:
                yield Spot(kind, own).problem(knowledge, RULE, f"{{{own}}} has a meaning of its own")
