"""From the places that a message names to one place, and from there to the nearest consulates."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.dialogue.directory.named import Named
from bot.dialogue.directory.places import Asked
from bot.dialogue.directory.words import MEXICO, SERVED
from bot.dialogue.person.gazetteer import Town, gazetteer_of, key, kilometres
from knowledge.model import Knowledge
from knowledge.schema.directory import WHOLE, Consulate, Region

LESSER = 10
"""A town so many times smaller than the largest of its name is not asked about."""
SMALL = 60
"""Nor offered beside it, where it is so many times smaller."""
CHOICES = 6


@dataclass(frozen=True, slots=True)
class Where:
    """The place that is meant: towns of one name, a region, both where a name is both; or a country not served."""

    towns: tuple[Town, ...] = ()
    region: Region | None = None
    country: str | None = None

    @property
    def served(self) -> bool:
        """Whether it is where the consulates are."""
        return self.country is None

    @property
    def name(self) -> str:
        """The name of the towns, as it is looked up."""
        return key(self.towns[0].name) if self.towns else ""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in a country with consulates; `town` where it is one."""

    latitude: float
    longitude: float
    country: str
    town: Town | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A consulate, its town, and how far that is."""

    consulate: Consulate
    town: Town
    kilometres: float


@lru_cache(maxsize=4)
def _seats(knowledge: Knowledge) -> dict[int, Consulate]:
    return {consulate.geonames: consulate for consulate in knowledge.consulates.values()}


def of_town(town: Town) -> Point:
    """Puerto Rico counts as the United States."""
    country = MEXICO if town.country == MEXICO else "CA" if town.country == "CA" else "US"
    return Point(town.latitude, town.longitude, country, town)


def nearest(point: Point, knowledge: Knowledge) -> list[Near]:
    """All consulates of the country, nearest first: nobody is sent over a border."""
    towns = gazetteer_of(knowledge).towns
    found = [
        Near(seat, towns[town], kilometres(point.latitude, point.longitude, towns[town]))
        for town, seat in _seats(knowledge).items()
        if seat.country == point.country
    ]
    return sorted(found, key=lambda near: near.kilometres)


def in_region(region: Region, knowledge: Knowledge) -> list[Consulate]:
    """The consulates in a state, the largest town first."""
    towns = gazetteer_of(knowledge).towns
    seats = [seat for seat in knowledge.consulates.values() if region.holds(seat.region)]
    return sorted(seats, key=lambda seat: -towns[seat.geonames].population)


def point_of(region: Region, knowledge: Knowledge) -> Point:
    """Where most people of a state live: its largest town. ValueError for a region without a known town."""
    return of_town(next(t for t in gazetteer_of(knowledge).towns.values() if t.region == region.id))


def where(asked: Asked, knowledge: Knowledge, open_town: str | None = None) -> Where | None:
    """The one place that the message means; `open_town` is the one whose state we asked for."""
    named = list(asked.named)
    regions = [one.region for one in named if one.region and not one.towns]
    if open_town and regions and not any(one.towns for one in named):
        named.append(Named(towns=gazetteer_of(knowledge).named.get(open_town, ())))
    for one in (n for n in named if n.towns):
        others = [n.region for n in named if n.region and n is not one]
        served_there = any(region.country in SERVED for region in others)
        if one.country and not served_there:
            continue  # "paris" alone is the one that everybody knows, "león, guanajuato" the one in Mexico
        here = _towns_in(one.towns, others) or (() if served_there else _of_name(one.towns, knowledge))
        if here:
            return _by_country(_or_region(Where(here), None if others else one.region))
    served = [region for region in regions if region.country in SERVED]
    if served:
        return Where(region=next((region for region in served if region.letters != WHOLE), served[0]))
    both = next((one.region for one in named if one.region), None)
    if both is not None:
        return Where(region=both) if both.country in SERVED else Where(country=MEXICO)
    return _abroad(named)


def _or_region(place: Where, region: Region | None) -> Where:
    """With a region of the same name, unless the one consulate there is in that very town."""
    if region is None or any(town.region == region.id for town in place.towns[:1]):
        return place
    return replace(place, region=region)


def _towns_in(towns: Iterable[Town], regions: list[Region]) -> tuple[Town, ...]:
    # "ontario canada": the narrower one counts.
    narrow = [region for region in regions if region.letters != WHOLE] or regions
    return tuple(town for town in towns if any(region.holds(town.region) for region in narrow))


def _of_name(towns: tuple[Town, ...], knowledge: Knowledge) -> tuple[Town, ...]:
    """Where no state is said: those of Mexico only if the name is of a much larger town there, and of no seat."""
    served = tuple(town for town in towns if town.country in SERVED)
    mexican = tuple(town for town in towns if town.country == MEXICO)
    seat = any(town.id in _seats(knowledge) for town in served)
    if not served or (mexican and not seat and mexican[0].population > LESSER * served[0].population):
        return mexican
    return served


def _by_country(place: Where) -> Where:
    return Where(country=MEXICO) if place.towns[0].country == MEXICO else place


def _abroad(named: Iterable[Named]) -> Where | None:
    countries = [one.country for one in named if one.country]
    return Where(country=countries[0]) if countries else None


def meant(place: Where, knowledge: Knowledge) -> tuple[Town, ...]:
    """The towns that have to be told apart: large enough beside the largest, and with different consulates."""
    if not place.towns:
        return ()
    least = max(town.population for town in place.towns) / LESSER
    likely = tuple(town for town in place.towns if town.population >= least or town.id in _seats(knowledge))
    likely = tuple(sorted(likely, key=lambda town: (town.id not in _seats(knowledge), -town.population)))
    by_seat = {nearest(of_town(town), knowledge)[0].consulate.id for town in likely}
    return likely[:1] if len(by_seat) == 1 and place.region is None else likely[:CHOICES]


def served_towns(asked: Asked) -> tuple[Town, ...]:
    """For a name that is Mexico's: the largest town of it where the consulates are."""
    return tuple(town for named in asked.named for town in named.towns if town.country in SERVED)[:1]


def also(place: Where, chosen: Town, knowledge: Knowledge) -> tuple[Town, ...]:
    """The next town of the same name, where it has another consulate."""
    there = nearest(of_town(chosen), knowledge)[0].consulate
    others = (
        t
        for t in place.towns
        if t is not chosen and t.country == chosen.country and t.population * SMALL >= chosen.population
    )
    return tuple(t for t in others if nearest(of_town(t), knowledge)[0].consulate is not there)[:1]
