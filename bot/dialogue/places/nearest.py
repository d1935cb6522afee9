"""The one place that a message means, and the consulates near it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.person.gazetteer import Town, gazetteer_of, kilometres
from bot.dialogue.places.words import MEXICO, SERVED, Named
from knowledge.model import Knowledge
from knowledge.schema.directory import WHOLE, Consulate, Region

LESSER = 10
"""A town so many times smaller than the largest of its name is not asked about."""
SMALL = 60
"""Nor offered beside it, where it is so many times smaller."""
CHOICES = 6
"""Towns of one name to choose from."""


@dataclass(frozen=True, slots=True)
class Place:
    """Towns of one name, a region, or both where a name is both; or a country without consulates of the directory."""

    towns: tuple[Town, ...] = ()
    region: Region | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A consulate, and how far its town is."""

    consulate: Consulate
    kilometres: float


def nearest(latitude: float, longitude: float, country: str, knowledge: Knowledge) -> Sequence[Near]:
    """All consulates of the country, nearest first: nobody is sent over a border."""
    towns = gazetteer_of(knowledge).towns
    there = (seat for seat in knowledge.consulates.values() if seat.country == country)
    found = (Near(seat, kilometres(latitude, longitude, towns[seat.geonames])) for seat in there)
    return sorted(found, key=lambda near: near.kilometres)


@lru_cache(maxsize=256)
def near_town(town: Town, knowledge: Knowledge) -> Sequence[Near]:
    """The consulates of its country, nearest first."""
    return nearest(town.latitude, town.longitude, town.country, knowledge)


def seat_of(consulate: Consulate, knowledge: Knowledge) -> Town:
    """Its town."""
    return gazetteer_of(knowledge).towns[consulate.geonames]


def in_region(region: Region, knowledge: Knowledge) -> Sequence[Consulate]:
    """The consulates in a state, the largest town first."""
    seats = (seat for seat in knowledge.consulates.values() if region.holds(seat.region))
    return sorted(seats, key=lambda seat: -seat_of(seat, knowledge).population)


def largest_town(region: Region, knowledge: Knowledge) -> Town:
    """Where most people of a state live. StopIteration for a region without a known town."""
    return next(town for town in gazetteer_of(knowledge).towns.values() if region.holds(town.region))


def place_meant(named: Sequence[Named], knowledge: Knowledge, open_town: str | None = None) -> Place | None:
    """The one place that these names mean together; `open_town`: the one whose state we asked for."""
    regions = [one.region for one in named if one.region and not one.towns]
    if open_town and regions and not any(one.towns for one in named):
        named = (*named, Named(gazetteer_of(knowledge).named.get(open_town, ())))
    for one in (name for name in named if name.towns):
        others = [name.region for name in named if name.region and name is not one]
        stated = any(region.country in SERVED for region in others)
        if one.country and not stated:
            continue  # "paris" alone is the one that everybody knows
        here = _in_one_of(others, one.towns) or (() if stated else _of_name(one.towns, knowledge))
        if here and here[0].country == MEXICO:
            return Place(country=MEXICO)
        if here:
            same = others or one.region is None or here[0].region == one.region.id
            return Place(here, None if same else one.region)
    region = next(iter(sorted(filter(_is_served, regions), key=lambda region: region.letters == WHOLE)), None)
    region = region or next((one.region for one in named if one.region), None)
    if region is not None:
        return Place(region=region) if _is_served(region) else Place(country=MEXICO)
    return next((Place(country=one.country) for one in named if one.country), None)


def _is_served(region: Region) -> bool:
    return region.country in SERVED


def _in_one_of(regions: Iterable[Region], towns: Iterable[Town]) -> tuple[Town, ...]:
    """The towns in the narrowest of these regions."""
    narrow = [region for region in regions if region.letters != WHOLE] or list(regions)
    return tuple(town for town in towns if any(region.holds(town.region) for region in narrow))


def _of_name(towns: tuple[Town, ...], knowledge: Knowledge) -> tuple[Town, ...]:
    """Where no state is said: those of Mexico only if the name is of a much larger town there, and of no seat."""
    served = tuple(town for town in towns if town.country in SERVED)
    mexican = tuple(town for town in towns if town.country == MEXICO)
    much_larger = served and mexican and mexican[0].population > LESSER * served[0].population
    return mexican if not served or (much_larger and not any(is_seat(one, knowledge) for one in served)) else served


def is_seat(town: Town, knowledge: Knowledge) -> bool:
    """Whether a consulate is in that very town."""
    return any(one.geonames == town.id for one in knowledge.consulates.values())


def told_apart(place: Place, knowledge: Knowledge) -> Sequence[Town]:
    """The towns that have to be told apart: large enough beside the largest, and with different consulates."""
    least = max((town.population for town in place.towns), default=0) / LESSER
    likely = [town for town in place.towns if town.population >= least or is_seat(town, knowledge)]
    likely.sort(key=lambda town: (not is_seat(town, knowledge), -town.population))
    seats = {near_town(town, knowledge)[0].consulate.id for town in likely}
    return likely[:1] if len(seats) == 1 and place.region is None else likely[:CHOICES]


def namesake(place: Place, chosen: Town, knowledge: Knowledge) -> Town | None:
    """The next town of the same name in its country, where it has another consulate."""
    seat = near_town(chosen, knowledge)[0].consulate
    others = (
        town
        for town in place.towns
        if town.country == chosen.country and town is not chosen and town.population * SMALL >= chosen.population
    )
    return next((town for town in others if near_town(town, knowledge)[0].consulate is not seat), None)
