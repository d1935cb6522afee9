"""What time it is where a person is."""

from datetime import UTC, datetime

import pytest

from bot.conversation import Location
from bot.wiring.clocks import clocks_of

WINTER = datetime(2026, 1, 20, 18, tzinfo=UTC)
SUMMER = datetime(2026, 7, 20, 18, tzinfo=UTC)


@pytest.fixture
def hours(knowledge):
    """The hours that it may be where somebody is."""

    def of(country=None, place=None, said=(), now=WINTER) -> list[int]:
        return [at.hour for at in clocks_of(country, place, said, now, knowledge).at(now)]

    return of


@pytest.fixture
def town(knowledge):
    """The town by which that is known."""
    return lambda *said, place=None: clocks_of("US", place, said, WINTER, knowledge).town


@pytest.mark.parametrize(("place", "now", "hour"), [
    ((31.9, -112.8), WINTER, 11),  # the desert of Arizona
    ((31.9, -112.3), SUMMER, 11),  # which has no summer time
    ((27.6, -99.5), SUMMER, 13),  # Laredo, Texas
    ((25.7, -100.2), SUMMER, 12),  # Monterrey has no summer time
    ((31.75, -106.49), SUMMER, 12),  # El Paso
    ((32.53, -117.03), SUMMER, 11),  # Tijuana has the summer time of California
    ((14.9, -92.2), SUMMER, 12),  # Tapachula
])  # fmt: skip
def test_a_place_that_was_shared(hours, place, now, hour):
    assert hours("US", Location(*place), now=now) == [hour]


def test_nowhere_near(hours):
    assert hours(place=Location(0.0, 0.0)) == []


def test_a_town_that_was_named_the_newest_counts(hours, town):
    assert town("vivo en Houston", "ya estoy en TUCSÓN", "ayuda") == "Tucson, Arizona"
    assert hours(said=("vengo de Chihuahua",)) == []
    assert hours("US", said=("estoy en ciudad juarez",)) == [11]
    assert hours(said=("deltucson",)) == []
    assert town("perdidos en el desierto de arizona") == "Arizona"
    assert (hours(said=("en baja california sur",)), hours(said=("en baja california",))) == ([11], [10])
    assert hours(said=("cruzamos el paso y está en el presidio",)) == []


def test_towns_that_no_table_of_ours_ever_had(hours, town):
    assert town("estoy en Yuma") == "Yuma, Arizona"
    assert town("me encerró en su casa, en las afueras de Phoenix, y no sé qué hacer") == "Phoenix, Arizona"
    assert town("Odessa") == "Odessa, Texas"
    assert hours(said=("estoy en Hermosillo, Sonora",)) == [11]
    assert hours(said=("estoy en San Pedro Sula",)) == [12]
    assert town("cerca de Nogales, Sonora") == "Nogales, Sonora"
    assert town("ya llegamos a la terminal, estamos en juárez") == "Ciudad Juárez, Chihuahua"
    assert town(place=Location(31.12, -112.0)) == "Heroica Caborca"
    assert hours(place=Location(15.5, -88.0)) == [12], "San Pedro Sula"


def test_a_part_of_a_town_is_no_town(hours, town):
    assert town("estoy en la central de tapachula con mis niños") == "Tapachula, Chiapas"
    assert town("estamos en la terminal de autobuses de tijuana") == "Tijuana, Baja California"
    assert town("estoy en contacto con gente de tijuana") == ""
    assert town("me quedé en el centro de reynosa") == "Reynosa, Tamaulipas"
    assert town("en la central de autobuses") == ""
    assert town("estoy en El Centro, California") == "El Centro, California"


def test_who_or_what_is_called_like_a_town(hours):
    for said in ("Orlando me pegó", "soy de Oaxaca", "mi hija se llama Victoria", "nací en Houston", "hola", ""):
        assert hours(said=(said,)) == [], said


def test_a_state_of_two_times_has_both(hours):
    assert hours(said=("estoy en texas",)) == [11, 12]
    assert hours(said=("estoy en Florida",)) == [12, 13]
    assert hours(said=("estoy en arizona",), now=SUMMER) == [11]


def test_a_country_with_one_time_and_with_several(hours):
    assert hours("GT") == [12]
    assert hours("ES") == [19] or len(hours("ES")) > 1
    assert hours("US") == [10, 11, 12, 13]
    assert hours("US", now=SUMMER) == [11, 12, 13, 14]
    assert hours("XX") == hours() == []
