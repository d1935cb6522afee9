"""For whom an answer is, by what the content declares and what the person said of citizenship and country."""

from collections.abc import Sequence
from itertools import chain
from typing import Literal

from bot.conversation import Conversation
from bot.dialogue.person.told import MEXICO, UNITED_STATES, Told, told_by
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.render import PLACEHOLDER
from knowledge.schema.facts import Serves
from knowledge.schema.topics import People, Section, Topic, Where

MAY_BE_MEXICAN = frozenset({None, MEXICO, UNITED_STATES})
"""Citizenships beside which somebody may be Mexican: nobody said, or of the United States, whose children often are."""
NEAR = frozenset({MEXICO, UNITED_STATES})
"""Countries that no section for elsewhere speaks of."""
NOT_IN_MEXICO: frozenset[Where | None] = frozenset({Where.US, Where.ABROAD})
WHERE = {MEXICO: Where.MEXICO, UNITED_STATES: Where.US, "PR": Where.US}
ANYBODYS = ("immigrant-hotline", "infodigna-web")
"""Who helps people of every country, where those that a topic names serve Mexicans."""


def is_for(topic: Topic, people: frozenset[People] | None) -> bool:
    """Whether a topic, or a section of it, may be for somebody of these groups."""
    return any(_may_be_for(topic, section, people) for section in topic.sections)


def _may_be_for(topic: Topic, section: Section, people: frozenset[People] | None) -> bool:
    declared = topic.people if section.people is None else section.people
    return people is None or not declared or not people.isdisjoint(declared)


def closed(topic: Topic, state: Conversation, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The sections that are surely for others, or for who is elsewhere while another speaks of where they are."""
    told = told_by(state, text, knowledge)
    out = _places_out(topic, told)
    return frozenset(one.id for one in topic.sections if one.where in out or _is_for_others(topic, one, told))


def _is_for_others(topic: Topic, section: Section, told: Told) -> bool:
    """Of a topic that is for others as a whole nothing is: that it is for others is what must be said."""
    if not _may_be_for(topic, section, told.people):
        return is_for(topic, told.people)
    return (section.where or topic.where) is Where.ELSEWHERE and bool(told.places) and told.places <= NEAR


def _places_out(topic: Topic, told: Told) -> frozenset[Where | None]:
    """Where this person is not, of the places that the sections of a topic speak of."""
    held = {one.where for one in topic.sections}
    if told.settled and Where.MEXICO in held:
        return NOT_IN_MEXICO
    return frozenset({Where.MEXICO}) if told.away and held != {Where.MEXICO} else frozenset()


def to_ask(topic: Topic, state: Conversation, text: str, knowledge: Knowledge) -> Sequence[str]:
    """Whom to ask: those of the topic who serve this person and are reached from where they are; else anybody's."""
    told, contacts = told_by(state, text, knowledge), knowledge.contacts
    own = [name for name in topic.ask if serves(name, state, told, knowledge)] or ANYBODYS
    return [name for name in own if {told.home, "*"} & set(contacts[name].works_from)] or own


def serves(name: str, state: Conversation, told: Told, knowledge: Knowledge) -> bool:
    """Whether a contact is there for this person."""
    only = knowledge.contacts[name].serves is Serves.MEXICANS
    return not (only and (told.foreign or state.fears_government))


Closed = Literal["refuge", "foreign"]


def closed_to(topic: Topic, section: str, person: Conversation, text: str, knowledge: Knowledge) -> Closed | None:
    """Why an answer is not for this person: they fear the government it leads to, or it is for Mexicans alone."""
    if person.fears_government and leads_to_government(topic, section, knowledge):
        return "refuge"
    people = told_by(person, text, knowledge).people
    foreign = people is not None and People.MEXICANS not in people and not is_for(topic, people)
    return "foreign" if foreign else None


def leads_to_government(topic: Topic, section_id: str, knowledge: Knowledge) -> bool:
    """Whether an answer's words or its next step name a consulate, or a line for a government's own people."""
    section = topic.section_or_first(section_id)
    people = topic.people if section.people is None else section.people
    if people == (People.FOREIGNERS,) and topic.id not in knowledge.directory.others_consulates:
        return False  # a consulate of Mexico is not their government's
    if people == (People.MEXICANS,):
        return True
    step = (section.do or topic.do).es
    doors = {*knowledge.directory.consulate, *knowledge.directory.embassy}
    if doors & set(fold(f"{topic.title.es} {topic.title.en} {step}").split()):
        return True
    named = chain.from_iterable(PLACEHOLDER.findall(text) for text in (step, *_said(section)))
    contacts = (knowledge.contacts[name] for name in named if name in knowledge.contacts)
    return any(contact.serves is not Serves.EVERYBODY for contact in contacts)


def _said(section: Section) -> list[str]:
    return [words.es for words in (section.text, *section.steps)]
