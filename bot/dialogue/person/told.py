"""What is known of a person: who they are, where, where their matter is; and for whom an answer is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Literal

from bot.conversation import Conversation
from bot.dialogue.person import signals
from bot.dialogue.person.signals import ANOTHER, HERE, MEXICO, UNITED_STATES
from bot.dialogue.words.phrasing import LONGEST_PLACE, REMEMBERED, heard_in, heard_of
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.render import PLACEHOLDER
from knowledge.schema.facts import ContactKind, Serves
from knowledge.schema.topics import People, Section, Topic, Where

SEVERAL = 2
"""Messages in which a matter that was told stays where it was."""


@dataclass(frozen=True, slots=True)
class Told:
    """`people`: the groups that they are of, None where they did not say, or may ask for somebody of another."""

    people: frozenset[People] | None = None
    home: str | None = None
    """The country where they are."""
    places: frozenset[str] = frozenset()
    """The countries of the matter: where the person is, and what they named last as where something is done."""
    settled: bool = False
    """They are in Mexico, and told no matter of the United States."""

    @property
    def foreign(self) -> bool:
        """They are of another country than Mexico, and asked for nobody who is Mexican."""
        return self.people is not None and People.MEXICANS not in self.people

    @property
    def away(self) -> bool:
        """They are outside Mexico, and nothing that was said is done there."""
        return self.home is not None and MEXICO not in self.places


def told_by(state: Conversation, text: str, knowledge: Knowledge) -> Told:
    """What is known with a message, from the conversation so far."""
    said, matter = (text, *(one.text for one in state.heard)), state.situation.matter_country
    recent = matter.value if matter is not None and state.turns - matter.turn < SEVERAL else None
    return Told(
        people=_people(said, state.citizen, knowledge),
        home=state.country,
        places=frozenset(filter(None, (state.country, recent))),
        settled=_is_settled(said, state.country, knowledge),
    )


@lru_cache(maxsize=REMEMBERED)
def _people(said: tuple[str, ...], citizen: str | None, knowledge: Knowledge) -> frozenset[People] | None:
    if citizen is None:
        return None
    if citizen == MEXICO:
        return None if any(signals.speaks_of("kin", one, knowledge) for one in said) else frozenset({People.MEXICANS})
    if any(signals.of_mexicans(one, knowledge, citizen) for one in said):
        return None
    own = {People.AMERICANS} if citizen == UNITED_STATES else set()
    return frozenset({People.FOREIGNERS, *own})


@lru_cache(maxsize=REMEMBERED)
def _is_settled(said: tuple[str, ...], country: str | None, knowledge: Knowledge) -> bool:
    """Whether somebody is in Mexico and no matter of the United States was told: then its offices are no help."""
    # "Me regresaron de Chicago hace un mes" names the past.
    told = (signals.places_named(one, knowledge) for one in said if not signals.is_returned(one, knowledge))
    return country == MEXICO and not any(UNITED_STATES in named for named in told)


def nationality_said(text: str, knowledge: Knowledge) -> str | None:
    """The country that a message says its writer is of, also by a town of it; "no somos mexicanos" is another."""
    said = signals.read_signals(text, knowledge).citizen
    if said == MEXICO and signals.speaks_of("not_mexican", text, knowledge):
        return ANOTHER
    if said not in (None, ANOTHER):
        return said
    origins = {*placed_behind(knowledge.signals.origin, text, knowledge)}
    found = origins - (HERE if said else HERE - {MEXICO})  # "soy de Houston" is no citizenship
    return found.pop() if len(found) == 1 else said


def placed_behind(leads: Sequence[str], text: str, knowledge: Knowledge) -> Iterator[str]:
    """The countries of the places behind such words: "soy de un pueblo de Oaxaca"."""
    origin, ends = heard_of(leads), heard_of(knowledge.signals.origin_ends)
    for part in heard_in(text, knowledge.spelling):
        for tail in (f" {part} "[lead.end :] for lead in origin.find(part)):
            words = f" {tail}"[: end.start if (end := ends.first(tail)) else None].split()
            parts = signals.parts_of(" ".join(("from", *words[:LONGEST_PLACE])), knowledge)
            yield from islice((code for _, code in parts if code), 1)


MAY_BE_MEXICAN = frozenset({None, MEXICO, UNITED_STATES})
"""Citizenships beside which somebody may be Mexican: nobody said, or of the United States, whose children often are."""
NEAR = frozenset({MEXICO, UNITED_STATES})
"""Countries that no section for elsewhere speaks of."""
NOT_IN_MEXICO: frozenset[Where | None] = frozenset(Where) - {Where.MEXICO}
WHERE = {MEXICO: Where.MEXICO, UNITED_STATES: Where.US, "PR": Where.US, "CA": Where.CANADA}
ANYBODYS = ("immigrant-hotline", "infodigna-web")
"""Who helps people of every country, where those that a topic names serve Mexicans."""


def _may_be_for(topic: Topic, section: Section, people: frozenset[People] | None) -> bool:
    declared = topic.people_of(section)
    return people is None or not declared or not people.isdisjoint(declared)


def closed(topic: Topic, state: Conversation, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The sections that are surely for others, or for who is elsewhere while another speaks of where they are."""
    told = told_by(state, text, knowledge)
    out = _places_out(topic, told)
    away = (one for one in topic.sections if (one.where or topic.where) in out or _is_for_others(topic, one, told))
    return frozenset(one.id for one in away)


def _is_for_others(topic: Topic, section: Section, told: Told) -> bool:
    """Of a topic that is for others as a whole nothing is: that it is for others is what must be said."""
    if not _may_be_for(topic, section, told.people):
        return any(_may_be_for(topic, one, told.people) for one in topic.sections)
    near = told.places <= NEAR if (section.where or topic.where) is Where.ELSEWHERE else False
    return bool(told.places) and (told.places.isdisjoint(section.countries) if section.countries else near)


def _places_out(topic: Topic, told: Told) -> frozenset[Where | None]:
    """Where this person is not, of the places that the sections of a topic speak of."""
    held = {one.where or topic.where for one in topic.sections}
    if told.settled and Where.MEXICO in held:
        return NOT_IN_MEXICO
    out = {Where.MEXICO} if told.away and held != {Where.MEXICO} else set[Where]()
    if told.home in WHERE and WHERE[told.home] in held:
        out |= {Where.US, Where.CANADA} - {WHERE.get(one) for one in told.places}
    return frozenset(out)


def reachable(
    names: Sequence[str], state: Conversation, text: str, knowledge: Knowledge, *, dialled: bool = False
) -> Sequence[str]:
    """Those of these contacts, else of anybody's, that this person reaches from where they are; `dialled`: by phone."""
    told, contacts = told_by(state, text, knowledge), knowledge.contacts
    own = [name for name in names if serves(name, state, told, knowledge)] or ANYBODYS
    may = [name for name in own if told.home and contacts[name].kind is not ContactKind.WEB] if dialled else own
    return [name for name in may if {told.home, "*"} & set(contacts[name].works_from)] or own


def serves(name: str, state: Conversation, told: Told, knowledge: Knowledge) -> bool:
    """Whether a contact is there for this person."""
    only = knowledge.contacts[name].serves is Serves.MEXICANS
    return not (only and (told.foreign or state.fears_government))


Closed = Literal["refuge", "foreign"]


def closed_to(topic: Topic, section: str, person: Conversation, text: str, knowledge: Knowledge) -> Closed | None:
    """Why an answer is not for this person: they fear the government it leads to, or it is for Mexicans alone."""
    if person.fears_government and leads_to_government(topic, section, knowledge):
        return "refuge"
    told = told_by(person, text, knowledge)
    theirs = told.foreign and not _may_be_for(topic, topic.section_or_first(section), told.people)
    return "foreign" if theirs else None


def of_foreigners(topic: Topic, section_id: str) -> bool:
    """Whether a section is for people of other countries than Mexico alone."""
    return topic.people_of(topic.section_or_first(section_id)) == (People.FOREIGNERS,)


def leads_to_government(topic: Topic, section_id: str, knowledge: Knowledge) -> bool:
    """Whether an answer's words or its next step name a consulate, or a line for a government's own people."""
    section = topic.section_or_first(section_id)
    people = topic.people_of(section)
    if people == (People.FOREIGNERS,) and topic.id not in knowledge.directory.others_consulates:
        return False  # a consulate of Mexico is not their government's
    if people == (People.MEXICANS,):
        return True
    step = (section.do or topic.do).es
    doors = {*knowledge.directory.consulate, *knowledge.directory.embassy}
    if doors & set(fold(f"{topic.title.es} {topic.title.en} {step}").split()):
        return True
    said = (words.es for words in (section.text, *section.steps))
    named = chain.from_iterable(PLACEHOLDER.findall(text) for text in (step, *said))
    contacts = (knowledge.contacts[name] for name in named if name in knowledge.contacts)
    return any(contact.serves is not Serves.EVERYBODY for contact in contacts)
