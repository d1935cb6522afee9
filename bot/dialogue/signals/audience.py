"""For whom an answer is: what ends at a door which is not this person's."""

from itertools import chain
from typing import Literal

from bot.conversation import Conversation
from bot.dialogue.person.audience import is_for
from bot.dialogue.person.told import told_by
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.render import PLACEHOLDER
from knowledge.schema.facts import Serves
from knowledge.schema.topics import People, Section, Topic

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
