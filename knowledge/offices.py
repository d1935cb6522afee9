"""The places of help that content has: those of a kind, one by its id, and what is told where none is ever listed."""

from collections.abc import Sequence

from knowledge.model import Knowledge
from knowledge.schema.base import Dated
from knowledge.schema.directory import CONSULATE, Consulate, HelpPlace, PlaceKind
from knowledge.withdrawing import LONG_AGO

Office = Consulate | HelpPlace


def consulates(knowledge: Knowledge) -> PlaceKind:
    """The kind of the consulates."""
    return knowledge.place_kinds[CONSULATE]


def places_of(kind: PlaceKind, knowledge: Knowledge) -> Sequence[Office]:
    """All of a kind, of which something may be said."""
    if kind.at_consulates:
        return [seat for seat in knowledge.consulates.values() if seat.country in kind.countries]
    return [place for place in kind.places if standing(place, knowledge)]


def standing(office: Office, knowledge: Knowledge) -> Sequence[Dated]:
    """The facts that say that it is there, but those that an editor stopped."""
    known = [item for name in office.sources if (item := knowledge.dated(name))]
    return [item for item in known if item.valid_until != LONG_AGO]


def office_called(name: str, knowledge: Knowledge) -> tuple[Office, PlaceKind]:
    """A place by its id, with its kind; a consulate is its own. StopIteration where it is gone."""
    if name in knowledge.consulates:
        return knowledge.consulates[name], consulates(knowledge)
    kinds = knowledge.place_kinds.values()
    return next((place, kind) for kind in kinds for place in kind.places if place.id == name)


def told_instead(kind: PlaceKind, here: str) -> Sequence[str]:
    """The section of a region or country, of a kind of which nothing is listed; those of each country, elsewhere."""
    sections = {one.where: one.section for one in kind.instead}
    own = [sections[one] for one in (here, here.partition("-")[0]) if one in sections]
    return own[:1] or [sections[one] for one in kind.countries]
