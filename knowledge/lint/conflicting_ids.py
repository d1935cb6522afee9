"""A fact and a contact with one id: `{id}` would mean either."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.render import EMERGENCY

RULE = "conflicting_ids"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Also the id `emergency`, which is the number of the country where the person is."""
    for name in knowledge.facts.keys() & knowledge.contacts.keys():
        spot = Spot("contacts", name)
        yield spot.problem(knowledge, RULE, f"a fact in {knowledge.place('facts', name)} has this id too")
    for kind, register in (("facts", knowledge.facts), ("contacts", knowledge.contacts)):
        if EMERGENCY in register:
            yield Spot(kind, EMERGENCY).problem(knowledge, RULE, f"{{{EMERGENCY}}} has a meaning of its own")
