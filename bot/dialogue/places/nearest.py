"""The one place that a message means, and the consulates near it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.person.gazetteer import Town, gazetteer_of, kilometres
from bot.dialogue.places.words import MEXICO, SERVED, Named, read_places
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.directory import WHOLE, Consulate, Region

LESSER = 10
"""A town so many times smaller than the largest of its name is not asked about."""
OUT_OF_REACH = 150
"""Kilometres to the nearest known town from which a shared place is in another country, or at sea."""
SEVERAL = 2
"""Towns in a message from which it does not say where its writer is."""
CHOICES = 6
"""Towns of one name to choose from."""


@dataclass(frozen=True, slots=True)
class Place:
    """Towns of one name, a region, or both where a name is both; `country`: there is no consulate of the directory."""

    towns: tuple[Town, ...] = ()
    region: Region | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A consulate, and how far its town is."""

    consulate: Consulate
    kilometres: float


@lru_cache(maxsize=256)
def near_town(town: Town, knowledge: Knowledge) -> Sequence[Near]:
    """All consulates of its country, nearest first: nobody is sent over a border."""
    there = (seat for seat in knowledge.consulates.values() if seat.country == town.country)
    found = (Near(one, kilometres(town.latitude, town.longitude, seat_of(one, knowledge))) for one in there)
    return sorted(found, key=lambda near: near.kilometres)


def town_at(latitude: float, longitude: float, knowledge: Knowledge) -> Town | None:
    """The town nearest to a shared place; None out of reach of all of ours."""
    town, away = gazetteer_of(knowledge).nearest(latitude, longitude)
    return town if away <= OUT_OF_REACH else None


def seat_of(consulate: Consulate, knowledge: Knowledge) -> Town:
    """Its town."""
    return gazetteer_of(knowledge).towns[consulate.geonames]


def is_seat(town: Town, knowledge: Knowledge) -> bool:
    """Whether a consulate is in that very town."""
    return any(one.geonames == town.id for one in knowledge.consulates.values())


def in_region(region: Region, knowledge: Knowledge) -> Sequence[Consulate]:
    """The consulates in a state, the largest town first."""
    seats = (seat for seat in knowledge.consulates.values() if region.holds(seat.region))
    return sorted(seats, key=lambda seat: -seat_of(seat, knowledge).population)


def around_region(region: Region, knowledge: Knowledge) -> Sequence[Consulate]:
    """Those nearest to its largest town. StopIteration for a region without a known town."""
    largest = next(town for town in gazetteer_of(knowledge).towns.values() if region.holds(town.region))
    return [near.consulate for near in near_town(largest, knowledge)]


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
        narrow = [region for region in others if region.letters != WHOLE] or others
        here = tuple(town for town in one.towns if any(region.holds(town.region) for region in narrow))
        here = here or (() if stated else _of_name(one.towns, knowledge))
        if here and here[0].country == MEXICO:
            return Place(here, country=MEXICO)
        if here:
            same = others or one.region is None or here[0].region == one.region.id
            return Place(here, None if same else one.region)
    named_regions = sorted((one.region for one in named if one.region), key=lambda one: one.letters == WHOLE)
    served = [region for region in named_regions if region.country in SERVED]
    if served or named_regions:
        return Place(region=served[0]) if served else Place(region=named_regions[0], country=MEXICO)
    return next((Place(country=one.country) for one in named if one.country), None)


def _of_name(towns: tuple[Town, ...], knowledge: Knowledge) -> tuple[Town, ...]:
    """Where no state is said: those of Mexico only if the name is of a much larger town there, and of no seat."""
    served = tuple(town for town in towns if town.country in SERVED)
    mexican = tuple(town for town in towns if town.country == MEXICO)
    larger = served and mexican and mexican[0].population > LESSER * served[0].population
    return mexican if not served or (larger and not any(is_seat(one, knowledge) for one in served)) else served


def told_apart(place: Place, knowledge: Knowledge) -> Sequence[Town]:
    """The towns that have to be told apart: large enough beside the largest, and with different consulates."""
    least = max((town.population for town in place.towns), default=0) / LESSER
    likely = [town for town in place.towns if town.population >= least or is_seat(town, knowledge)]
    likely.sort(key=lambda town: (not is_seat(town, knowledge), -town.population))
    seats = {near_town(town, knowledge)[0].consulate.id for town in likely}
    return likely[:1] if len(seats) == 1 and place.region is None else likely[:CHOICES]


def town_name(town: Town, knowledge: Knowledge, lang: Lang) -> str:
    """`Yakima, Washington`."""
    region = knowledge.regions.get(town.region)
    return f"{town.name}, {region.name.say(lang)}" if region else town.name


def town_told(text: str, country: str, knowledge: Knowledge) -> str | None:
    """The town with its state, or the state, of a country that a text leads to by "en", "near" …"""
    said = read_places(text, knowledge)
    led = [] if said is None else said.led
    place = place_meant(led, knowledge) if sum(bool(one.towns and one.led) for one in led) < SEVERAL else None
    if place is not None and place.towns:
        return town_name(place.towns[0], knowledge, "es") if place.towns[0].country == country else None
    return place.region.name.es if place is not None and place.region is not None else None
