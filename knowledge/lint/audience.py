"""For whom an answer is: said once, where it is not for everybody."""

import re
from collections.abc import Iterator
from datetime import date

from knowledge.frames import fold
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.schema.directory import WHOLE
from knowledge.schema.topics import People, Topic

RULE = "audience"
_FOR_FOREIGNERS = re.compile(r"^Para personas (extranjeras|de otro país)\b(?!.*\bmexican)")


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """No audience that is everybody's, none that a section repeats, none that stands in `who` alone."""
    for topic in knowledge.topics.values():
        if {People.MEXICANS, People.FOREIGNERS} <= {*topic.people}:
            yield Spot("topics", topic.id, ("people",)).problem(
                knowledge, RULE, "Mexicans and foreigners are everybody"
            )
        if topic.who is not None and _FOR_FOREIGNERS.match(topic.who.es) and not topic.people:
            yield Spot("topics", topic.id, ("who",)).problem(knowledge, RULE, "needs people: [foreigners]")
        yield from _repeated(topic, knowledge)
        yield from _placeless(topic, knowledge)


def _placeless(topic: Topic, knowledge: Knowledge) -> Iterator[Problem]:
    """Sections for one place whose title names a state: without `places` they answer in every other one."""
    names = {fold(one.name.es) for one in knowledge.regions.values() if one.letters != WHOLE}
    for number, section in enumerate(topic.sections):
        declared = section.places or topic.region or (section.where or topic.where) is None
        title = f" {fold(section.title.es)} " if section.title and not declared else ""
        if any(f" {name} " in title for name in names):
            spot = Spot("topics", topic.id, ("sections", number, "title"))
            yield spot.problem(knowledge, RULE, "names a state: needs places: [its id]")


def _repeated(topic: Topic, knowledge: Knowledge) -> Iterator[Problem]:
    for number, section in enumerate(topic.sections):
        if section.people is not None and {*section.people} == {*topic.people}:
            spot = Spot("topics", topic.id, ("sections", number, "people"))
            yield spot.problem(knowledge, RULE, "says the same as its topic")
        if section.where is not None and section.where is topic.where:
            spot = Spot("topics", topic.id, ("sections", number, "where"))
            yield spot.problem(knowledge, RULE, "says the same as its topic")
