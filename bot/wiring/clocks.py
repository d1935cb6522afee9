"""What time it is where a person is: by a place they shared, a town or state they named, or their country."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest
from zoneinfo import ZoneInfo

from babel.core import get_global

from bot.conversation import Conversation, Location
from bot.dialogue.person.gazetteer import Town, gazetteer_of, key, kilometres
from bot.dialogue.places.nearest import LESSER, place_meant, town_name
from bot.dialogue.places.words import MEXICO, Named, Place, Said, read_places
from bot.wiring.zones import zones
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.directory import Region
from knowledge.wording import listed

FARTHEST = 300.0
"""Kilometres: farther from every town nobody knows."""
FEW = 0.01
"""A share of a country's or a state's people: where fewer live by another time, that time is not shown."""
LARGE = 100_000
"""Inhabitants of a town whose name alone in a sentence says where somebody is."""
ANYWHERE = (ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York"))
"""From Tijuana to New York: most who write."""
TWINS = 50.0
"""Kilometres at most between two towns of one name on both sides of a border."""
PART = 4
"""Words apart, at most, that a part of a town and the town begin."""
NEWEST = 20
"""Lines of a person in which a town is looked for."""
NAMESAKES = frozenset({
    "athens", "aurora", "austin", "brandon", "cary", "chandler", "charlotte", "chico", "cleveland", "clovis", "concord",
    "corona", "denton", "downey", "el paso", "elizabeth", "eugene", "garland", "gilbert", "hamilton", "henderson",
    "irving", "jackson", "jamaica", "kent", "lafayette", "lancaster", "lincoln", "london", "madison", "mesa", "newton",
    "norman", "odessa", "orange", "orlando", "paradise", "peoria", "ponce", "portland", "providence", "pueblo",
    "regina", "reno", "salem", "san antonio", "san jose", "san juan", "santa ana", "santa clara", "santa maria",
    "santa rosa", "sydney", "toledo", "tyler", "victoria", "vista", "warren", "washington",
})  # fmt: skip
"""Names of people, things, states or several towns too: without "en" before them they say nothing about the time."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The times that it may be where a person is, from west to east; none where nobody knows."""

    zones: tuple[ZoneInfo, ...] = ()
    town: str = ""
    """Where it was said by a town, a state or a place: its name."""

    def at(self, moment: datetime) -> tuple[datetime, ...]:
        """A moment by these clocks."""
        return tuple(moment.astimezone(zone) for zone in self.zones)


def clocks_of(
    country: str | None, place: Location | None, said: Sequence[str], now: datetime, knowledge: Knowledge
) -> Clocks:
    """`said`: the person's own lines, oldest first; a place that they shared weighs more, their country less."""
    if place is not None:
        name, zone, away = zones(knowledge.root).nearest(place.latitude, place.longitude)
        if away <= FARTHEST:
            return Clocks((ZoneInfo(zone),), name)
    else:
        told = (_told(line, country, knowledge) for line in reversed(said[-NEWEST:]))
        if found := next(filter(None, told), None):
            names, town = found
            return Clocks(_by_time(names, now), town)
    return Clocks(_by_time(_of_country(country or "", knowledge), now))


def countries_at(place: Location, knowledge: Knowledge) -> Sequence[str]:
    """The country of a place that was shared; near a border two, the likelier first; none at sea."""
    held = zones(knowledge.root)
    away = held.nearest(place.latitude, place.longitude)[2]
    return held.countries(place.latitude, place.longitude) if away <= FARTHEST else ()


def zones_of(person: Conversation, now: datetime, knowledge: Knowledge) -> Sequence[ZoneInfo]:
    """By which clocks somebody is written to unasked: their town's, their country's, else all that are likely."""
    said = [person.reminding.town] if person.reminding.town else []
    return clocks_of(person.country, None, said, now, knowledge).zones or ANYWHERE


def _by_time(names: Sequence[str], now: datetime) -> tuple[ZoneInfo, ...]:
    """One zone for each time that it is now in some of them."""
    by_time = {now.astimezone(zone).replace(tzinfo=None): zone for zone in map(ZoneInfo, sorted(names))}
    return tuple(by_time[at] for at in sorted(by_time))


def _of_country(country: str, knowledge: Knowledge) -> Sequence[str]:
    return zones(knowledge.root).in_country(country, FEW) or get_global("territory_zones").get(country, ())


def _told(line: str, country: str | None, knowledge: Knowledge) -> tuple[Sequence[str], str] | None:
    """The zones of the place that a line says its writer is in, and its name; both places of a name on a border."""
    said = read_places(line, knowledge)
    named = [] if said is None else [_as_meant(one, knowledge) for one in _alone(said) if _is_here(one, said)]
    place = place_meant(named, knowledge)
    if place is None:
        return None
    if twins := _twins(place, named, country):
        return list(dict.fromkeys(one for town in twins for one in _of_towns(Place((town,)), knowledge))), (
            _name_of_all(twins, knowledge)
        )
    found = list(dict.fromkeys(_of_towns(place, knowledge))) if place.towns else _of_region(place.region, knowledge)
    if not found and place.country:
        return _of_country(place.country, knowledge), ""
    return (found, _name(place, knowledge)) if found else None


def _twins(place: Place, named: Sequence[Named], country: str | None) -> Sequence[Town]:
    """The town on the other side of a border that has its name, beside it; alone where that country is known."""
    if not place.towns or any(one.region for one in named):
        return ()
    here = place.towns[0]
    there = [
        town
        for one in named
        if here in one.towns
        for town in one.towns
        if town.country != here.country and kilometres(here.latitude, here.longitude, town) <= TWINS
    ]
    both = sorted([here, *there[:1]], key=lambda town: -town.population) if there else []
    return [town for town in both if town.country == country] or both


def _name_of_all(towns: Sequence[Town], knowledge: Knowledge) -> str:
    """`Nogales (Sonora o Arizona)`; of one `Nogales, Sonora`."""
    if len(towns) == 1:
        return town_name(towns[0], knowledge, "es")
    states = [knowledge.regions[town.region].name.es for town in towns if town.region in knowledge.regions]
    return f"{towns[0].name} ({listed(states, 'es', either=True)})"


def _alone(said: Said) -> Iterator[Named]:
    """The names without those of no town and of a part of one: "en el centro de Reynosa"."""
    between = said.knowledge.directory.between
    for one, after in zip_longest(said.named, said.named[1:]):
        part = after and after.towns and after.at - one.at <= PART and said.words[after.at - 1] in between
        if not part and not (one.towns and fold(one.towns[0].name) in said.knowledge.directory.not_towns):
            yield one


def _is_here(one: Named, said: Said) -> bool:
    """Whether a name says where its writer is: "en Tucson", "cerca de Tucson", "Tucson" alone, a large town or a state
    of the north. A state of Mexico mostly says where somebody is from, unless it stands behind a town.
    """
    if one.led or _in_a_part(one.at, said) or len(said.of_places) == len(said.words):
        return True
    if not one.towns:
        return one.region is not None and (one.region.country != MEXICO or one.at - 1 in said.of_places)
    town = one.towns[0]
    return town.country != MEXICO and town.population >= LARGE and fold(town.name) not in NAMESAKES


def _in_a_part(at: int, said: Said) -> bool:
    """Whether a name ends a place within it that "en" leads to: "en la central de Tapachula"."""
    linking = said.knowledge.directory.between
    for before in reversed(range(at)):
        if said.words[before] in said.knowledge.directory.before_a_place:
            return before < at - 1
        if said.words[before] not in linking and said.words[before + 1] not in linking:
            return False
    return False


def _as_meant(one: Named, knowledge: Knowledge) -> Named:
    """As meant: "Juárez" is Ciudad Juárez, and a Mexican name the Mexican town, for which the directory has no use."""
    if not one.towns or one.towns[0].country != MEXICO:
        return one
    city = gazetteer_of(knowledge).named.get(f"ciudad {key(one.towns[0].name)}", ())
    larger = city if city and city[0].population > LESSER * one.towns[0].population else ()
    return replace(one, towns=larger or one.towns, country=None if one.country == MEXICO else one.country)


def _of_towns(place: Place, knowledge: Knowledge) -> Iterator[str]:
    """Of all that are large enough beside the largest."""
    least = max(town.population for town in place.towns) / LESSER
    likely: Iterator[Town] = (town for town in place.towns if town.population >= least)
    yield from filter(None, (zones(knowledge.root).of(town.id) for town in likely))


@lru_cache(maxsize=128)
def _of_region(region: Region | None, knowledge: Knowledge) -> Sequence[str]:
    """Those in which more than a few of its people live."""
    people = Counter[str]()
    for town in gazetteer_of(knowledge).towns.values() if region else ():
        if region is not None and region.holds(town.region) and (zone := zones(knowledge.root).of(town.id)):
            people[zone] += town.population
    return [zone for zone, count in people.items() if count >= FEW * people.total()]


def _name(place: Place, knowledge: Knowledge) -> str:
    if place.towns:
        return town_name(place.towns[0], knowledge, "es")
    return place.region.name.es if place.region else ""
