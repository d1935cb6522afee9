"""Which facts and contacts the content refers to."""

from collections.abc import Iterator
from typing import get_args

from knowledge.lint.spots import Spot, our_texts
from knowledge.model import Knowledge
from knowledge.render import EMERGENCY, EMERGENCY_CONTACT, PLACEHOLDER
from knowledge.schema.directory import Told
from knowledge.schema.procedures import Procedure


def placeholders(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """Every `{name}` in our texts."""
    for spot, text in our_texts(knowledge):
        for name in dict.fromkeys(PLACEHOLDER.findall(text)):
            yield spot, name


def cited(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """Every source that a section or a definition names."""
    for topic in knowledge.topics.values():
        for number, section in enumerate(topic.sections):
            for place, source in enumerate(section.sources):
                yield Spot("topics", topic.id, ("sections", number, "sources", place)), source
    for term in knowledge.glossary.values():
        for place, source in enumerate(term.sources):
            yield Spot("glossary", term.id, ("sources", place)), source
    for procedure in knowledge.procedures.values():
        for spot, sources in sources_of(procedure):
            yield from ((spot.at("sources", place), source) for place, source in enumerate(sources))


def sources_of(procedure: Procedure) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    """Each list of sources in a procedure, behind the spot of what they back."""
    spot = Spot("procedures", procedure.id)
    yield spot, procedure.sources
    for name in ("steps", "papers", "deadlines", "letters"):
        yield from ((spot.at(name, number), item.sources) for number, item in enumerate(getattr(procedure, name)))


def contacts_named(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """Every contact named as such: to ask, elsewhere, and for a name that stands for another one in each country."""
    for topic in knowledge.topics.values():
        for number, contact in enumerate(topic.ask):
            yield Spot("topics", topic.id, ("ask", number)), contact
    for one in knowledge.contacts.values():
        if one.elsewhere is not None:
            yield Spot("contacts", one.id, ("elsewhere",)), one.elsewhere
    for procedure in knowledge.procedures.values():
        spot = Spot("procedures", procedure.id)
        yield from ((spot.at("ask", number), contact) for number, contact in enumerate(procedure.ask))
        for n, step in enumerate(procedure.steps):
            yield from ((spot.at("steps", n, "ask", number), contact) for number, contact in enumerate(step.ask))
    for name, by_country in knowledge.triage.numbers.items():
        yield from ((Spot("triage", "triage", ("numbers", name)), contact) for contact in by_country.values())


def of_directory(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """What the directory says of consulates, and what it leans on."""
    words = knowledge.directory
    yield from ((Spot("directory", "directory", (name,)), getattr(words, name)) for name in ("abroad", "credit"))
    for consulate in knowledge.consulates.values():
        for item in (*consulate.facts(), *consulate.contacts()):
            yield Spot("consulates", consulate.id), item.id
    for kind in knowledge.place_kinds.values():
        spot = Spot("place_kinds", kind.id)
        yield from ((spot.at("ask", number), name) for number, name in enumerate(kind.ask))
        for number, place in enumerate(kind.places):
            told = (*place.sources, *filter(None, map(place.told, get_args(Told))))
            yield from ((spot.at("places", number), name) for name in told)


def used(knowledge: Knowledge) -> set[str]:
    """Ids of facts and contacts that the content uses in any way."""
    sources = (placeholders, cited, contacts_named, of_directory)
    found = {name for source in sources for _, name in source(knowledge)}
    return found | {EMERGENCY_CONTACT} if EMERGENCY in found else found
