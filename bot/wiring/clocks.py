"""What time it is where a person is: by a place they shared, a town they named, or their country. Nothing is looked up.

The towns are those where our people are, and both sides of the border, where one bank has another time than the other.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import get_global

from bot.conversation import Location
from bot.storage.searching import plain

FARTHEST = 600.0
"""Kilometres: farther from every town nobody knows."""
TOWNS = """
US America/New_York New York 40.7 -74.0; Newark 40.7 -74.2; Boston 42.4 -71.1; Filadelfia 40.0 -75.2; Miami 25.8 -80.2
US America/New_York Orlando 28.5 -81.4; Tampa 28.0 -82.5; Jacksonville 30.3 -81.7; Tallahassee 30.4 -84.3
US America/New_York Atlanta 33.7 -84.4; Charlotte 35.2 -80.8; Raleigh 35.8 -78.6; Detroit 42.3 -83.0; Buffalo 42.9 -78.9
US America/New_York Indianapolis 39.8 -86.2; Louisville 38.3 -85.8; Pittsburgh 40.4 -80.0; Knoxville 36.0 -83.9
US America/New_York Baltimore 39.3 -76.6; Cleveland 41.5 -81.7; Cincinnati 39.1 -84.5; Chattanooga 35.0 -85.3
US America/Chicago Chicago 41.9 -87.6; Houston 29.8 -95.4; Dallas 32.8 -96.8; San Antonio 29.4 -98.5; Austin 30.3 -97.7
US America/Chicago Laredo 27.51 -99.49; McAllen 26.2 -98.2; Brownsville 25.93 -97.48; Eagle Pass 28.72 -100.48
US America/Chicago Del Rio 29.37 -100.88; Presidio 29.57 -104.36; Falfurrias 27.2 -98.1; Midland 32.0 -102.1
US America/Chicago Marfa 30.3 -104.0; Amarillo 35.2 -101.8; Nashville 36.2 -86.8; Memphis 35.1 -90.0; Omaha 41.3 -95.9
US America/Chicago Nueva Orleans 30.0 -90.1; Birmingham 33.5 -86.8; Oklahoma City 35.5 -97.5; Kansas City 39.1 -94.6
US America/Chicago Minneapolis 45.0 -93.3; Milwaukee 43.0 -87.9; Little Rock 34.7 -92.3; Pensacola 30.4 -87.2
US America/Chicago Saint Louis 38.6 -90.2; Sioux Falls 43.5 -96.7; Bismarck 46.8 -100.8; Wichita 37.7 -97.3
US America/Denver Denver 39.7 -105.0; El Paso 31.79 -106.42; Albuquerque 35.1 -106.7; Las Cruces 32.3 -106.8
US America/Denver Salt Lake City 40.8 -111.9; Boise 43.6 -116.2; Billings 45.8 -108.5; Cheyenne 41.1 -104.8
US America/Denver Antelope Wells 31.36 -108.51; Van Horn 31.2 -105.5; Rapid City 44.1 -103.2
US America/Phoenix Phoenix 33.4 -112.1; Tucson 32.2 -111.0; Yuma 32.70 -114.60; Douglas 31.37 -109.54; Ajo 32.4 -112.9
US America/Phoenix Flagstaff 35.2 -111.7; Nogales Arizona 31.36 -110.93; Sells 31.9 -111.9
US America/Los_Angeles Los Angeles 34.1 -118.2; San Diego 32.75 -117.1; Calexico 32.70 -115.49; Fresno 36.7 -119.8
US America/Los_Angeles San Francisco 37.8 -122.4; Sacramento 38.6 -121.5; Las Vegas 36.2 -115.1; Portland 45.5 -122.7
US America/Los_Angeles Seattle 47.6 -122.3; Yakima 46.6 -120.5; Reno 39.5 -119.8; Blythe 33.6 -114.6
MX America/Tijuana Tijuana 32.50 -117.0; Mexicali 32.63 -115.47; Ensenada 31.9 -116.6
MX America/Hermosillo Hermosillo 29.1 -111.0; Nogales Sonora 31.31 -110.94; Agua Prieta 31.31 -109.56; Altar 30.7 -111.8
MX America/Hermosillo Sonoyta 31.85 -112.85; San Luis Rio Colorado 32.45 -114.78; Guaymas 27.9 -110.9
MX America/Mazatlan Culiacan 24.8 -107.4; Mazatlan 23.2 -106.4; La Paz 24.1 -110.3; Los Mochis 25.8 -109.0
MX America/Ciudad_Juarez Ciudad Juarez 31.69 -106.42; Puerto Palomas 31.77 -107.62
MX America/Ojinaga Ojinaga 29.56 -104.42
MX America/Chihuahua Chihuahua 28.6 -106.1; Parral 26.9 -105.7
MX America/Matamoros Matamoros 25.85 -97.5; Reynosa 26.07 -98.3; Nuevo Laredo 27.47 -99.53; Piedras Negras 28.69 -100.54
MX America/Matamoros Ciudad Acuna 29.31 -100.95
MX America/Monterrey Monterrey 25.7 -100.3; Saltillo 25.4 -101.0; Torreon 25.5 -103.4; Ciudad Victoria 23.7 -99.1
MX America/Mexico_City Ciudad de Mexico 19.4 -99.1; Guadalajara 20.7 -103.3; Puebla 19.0 -98.2; Oaxaca 17.1 -96.7
MX America/Mexico_City Tapachula 14.9 -92.3; Tuxtla 16.8 -93.1; Tenosique 17.5 -91.4; Veracruz 19.2 -96.1
MX America/Mexico_City San Luis Potosi 22.2 -101.0; Tampico 22.2 -97.9; Acapulco 16.9 -99.9; Coatzacoalcos 18.1 -94.4
MX America/Merida Merida 21.0 -89.6; Campeche 19.8 -90.5
MX America/Cancun Cancun 21.2 -86.9; Chetumal 18.5 -88.3
CA America/Toronto Toronto 43.7 -79.4; Montreal 45.5 -73.6; Leamington 42.05 -82.6; Ottawa 45.4 -75.7
CA America/Winnipeg Winnipeg 49.9 -97.1
CA America/Regina Regina 50.4 -104.6; Saskatoon 52.1 -106.7
CA America/Edmonton Calgary 51.0 -114.1; Edmonton 53.5 -113.5
CA America/Vancouver Vancouver 49.25 -123.1; Kelowna 49.9 -119.5
CA America/Halifax Halifax 44.6 -63.6
GT America/Guatemala Guatemala 14.6 -90.5; Tecun Uman 14.7 -92.1; Flores 16.9 -89.9
HN America/Tegucigalpa Tegucigalpa 14.1 -87.2; San Pedro Sula 15.5 -88.0
SV America/El_Salvador San Salvador 13.7 -89.2
NI America/Managua Managua 12.1 -86.2
CR America/Costa_Rica San Jose Costa Rica 9.9 -84.1
PA America/Panama Darien 8.1 -77.7
"""
STATES = {
    "America/Phoenix": ("arizona",),
    "America/Los_Angeles": ("california", "oregon"),
    "America/Denver": ("nuevo mexico", "new mexico", "utah"),
    "America/Chicago": ("illinois", "wisconsin", "oklahoma", "arkansas", "minnesota"),
    "America/New_York": ("carolina del norte", "north carolina", "nueva jersey", "new jersey"),
    "America/Tijuana": ("baja california",),
    "America/Mazatlan": ("baja california sur",),
}
"""States of one time, as people say where they are; those of Mexico mostly say where somebody is from."""
NAMESAKES = frozenset({
    "portland", "guatemala", "veracruz", "chihuahua", "oaxaca", "puebla", "campeche", "flores", "altar", "presidio",
    "ajo", "reno", "sells", "douglas", "orlando", "austin", "charlotte", "darien", "parral", "birmingham", "toronto",
    "cleveland", "el paso", "la paz", "san antonio", "van horn",
})  # fmt: skip
"""Names of people, things, states or several towns too: alone in a sentence they say nothing about the time."""


@dataclass(frozen=True, slots=True)
class Town:
    """Decimal degrees, WGS 84."""

    country: str
    zone: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Clocks:
    """The times that it may be where a person is, from west to east; none where nobody knows."""

    zones: tuple[ZoneInfo, ...] = ()
    town: str = ""
    """Where it was said by a town or a place: its name."""

    def at(self, moment: datetime) -> tuple[datetime, ...]:
        """A moment by these clocks."""
        return tuple(moment.astimezone(zone) for zone in self.zones)


def clocks_of(country: str | None, place: Location | None, said: Sequence[str], now: datetime) -> Clocks:
    """`said`: the person's own lines, oldest first; a place that they shared weighs more, their country less."""
    town = _nearest(place) if place else next(filter(None, map(_named, reversed(said))), None)
    if town is not None:
        return Clocks((ZoneInfo(town.zone),), town.name)
    return Clocks(_of_country(country or "", now))


def _of_country(country: str, now: datetime) -> tuple[ZoneInfo, ...]:
    """One zone for each time that it may be there now."""
    ours = {town.zone for town in _towns() if town.country == country}
    names = ours or get_global("territory_zones").get(country, ())
    by_time = {now.astimezone(zone).replace(tzinfo=None): zone for zone in map(ZoneInfo, sorted(names))}
    return tuple(by_time[at] for at in sorted(by_time))


def _nearest(place: Location) -> Town | None:
    town = min(_towns(), key=lambda one: _kilometres(place, one))
    return town if _kilometres(place, town) <= FARTHEST else None


def _kilometres(place: Location, town: Town) -> float:
    """Flat enough over some hundred kilometres."""
    north = place.latitude - town.latitude
    east = (place.longitude - town.longitude) * math.cos(math.radians(place.latitude))
    return 111.2 * math.hypot(north, east)


def _named(line: str) -> Town | None:
    """The town that a line names, the last of several."""
    known, pattern = _names()
    found = pattern.findall(plain(line))
    return known[found[-1]] if found else None


@cache
def _names() -> tuple[dict[str, Town], re.Pattern[str]]:
    known = {plain(town.name): town for town in _towns() if plain(town.name) not in NAMESAKES}
    known |= {name: Town("", zone, name.title(), 0.0, 0.0) for zone, names in STATES.items() for name in names}
    return known, re.compile(rf"\b({'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})\b")


@cache
def _towns() -> tuple[Town, ...]:
    towns = []
    for line in TOWNS.strip().splitlines():
        country, zone, rest = line.split(" ", 2)
        for each in rest.split(";"):
            name, latitude, longitude = each.strip().rsplit(" ", 2)
            towns.append(Town(country, zone, name, float(latitude), float(longitude)))
    return tuple(towns)
