"""What time it is where a person is."""

from datetime import UTC, datetime

import pytest

from bot.conversation import Location
from bot.wiring.clocks import clocks_of

WINTER = datetime(2026, 1, 20, 18, tzinfo=UTC)
SUMMER = datetime(2026, 7, 20, 18, tzinfo=UTC)


def hours(country=None, place=None, said=(), now=WINTER) -> list[int]:
    return [at.hour for at in clocks_of(country, place, said, now).at(now)]


@pytest.mark.parametrize(("place", "now", "hour"), [
    ((31.9, -112.8), WINTER, 11),  # the desert of Arizona
    ((31.9, -112.3), SUMMER, 11),  # which has no summer time
    ((27.6, -99.5), SUMMER, 13),  # Laredo, Texas
    ((25.7, -100.2), SUMMER, 12),  # Monterrey has no summer time
    ((31.75, -106.49), SUMMER, 12),  # El Paso
    ((32.53, -117.03), SUMMER, 11),  # Tijuana has the summer time of California
    ((14.9, -92.2), SUMMER, 12),  # Tapachula
])  # fmt: skip
def test_a_place_that_was_shared(place, now, hour):
    assert hours("US", Location(*place), now=now) == [hour]


def test_nowhere_near():
    assert hours(place=Location(0.0, 0.0)) == []


def test_a_town_that_was_named_the_newest_counts():
    assert clocks_of(None, None, ("vivo en Houston", "ya estoy en TUCSÓN", "ayuda"), WINTER).town == "Tucson"
    assert hours(said=("vengo de Chihuahua",)) == []
    assert hours("US", said=("estoy en ciudad juarez",)) == [11]
    assert hours(said=("deltucson",)) == []
    assert clocks_of("US", None, ("perdidos en el desierto de arizona",), SUMMER).town == "Arizona"
    assert (hours(said=("en baja california sur",)), hours(said=("en baja california",))) == ([11], [10])
    assert hours(said=("cruzamos el paso y está en el presidio",)) == []


def test_a_country_with_one_time_and_with_several():
    assert hours("GT") == [12]
    assert hours("ES") == [19] or len(hours("ES")) > 1
    assert hours("US") == [10, 11, 12, 13]
    assert hours("US", now=SUMMER) == [11, 12, 13, 14]
    assert hours("XX") == hours() == []
