"""Towns from GeoNames, taken out of the package once."""

import pytest

from bot.dialogue.person.gazetteer import gazetteer_of, key, kilometres
from bot.dialogue.places.nearest import near_town, town_told
from bot.training.places import FEWEST
from knowledge.model import Knowledge
from knowledge.offices import consulates


def test_only_the_three_countries_are_known(knowledge: Knowledge) -> None:
    towns = gazetteer_of(knowledge).towns.values()
    assert {town.country for town in towns} == {"US", "CA", "MX"}
    assert 20_000 < len(towns) < 30_000
    assert all(town.population >= min(FEWEST.values()) for town in towns)
    assert {town.region for town in towns} <= knowledge.regions.keys()


@pytest.mark.parametrize(
    ("name", "region"), [("yakima", "US-WA"), ("saint paul", "US-MN"), ("montreal", "CA-QC"), ("san juan", "US-PR")]
)
def test_the_largest_of_a_name_comes_first(name: str, region: str, knowledge: Knowledge) -> None:
    assert gazetteer_of(knowledge).named[name][0].region == region


def test_short_forms_are_the_same_name() -> None:
    assert key("St. Paul") == key("Saint  Paúl")
    assert key("Ft. Worth") == "fort worth"


def test_distances_are_over_the_ground(knowledge: Knowledge) -> None:
    named = gazetteer_of(knowledge).named
    seattle, portland = named["seattle"][0], named["portland"][0]
    assert kilometres(seattle.latitude, seattle.longitude, portland) == pytest.approx(233, abs=3)
    assert kilometres(seattle.latitude, seattle.longitude, seattle) == 0


def test_the_nearest_town_of_a_point(knowledge: Knowledge) -> None:
    gazetteer = gazetteer_of(knowledge)
    town, away = gazetteer.nearest(46.6, -120.5)
    assert (town.name, away < 5) == ("Yakima", True)
    assert gazetteer.nearest(40.4, -3.7)[1] > 3000


def test_nobody_is_sent_over_a_border(knowledge: Knowledge) -> None:
    windsor = next(town for town in gazetteer_of(knowledge).named["windsor"] if town.region == "CA-ON")
    assert near_town(windsor, consulates(knowledge), knowledge)[0].office.id == "consulmex-ca-leamington"


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("el consulado aqui en toronto canada", "Toronto, Ontario"),
        ("aca toronto canada", "Toronto, Ontario"),
        ("en canada, toronto", "Toronto, Ontario"),
        ("soy de puebla y vivo en toronto canada", "Toronto, Ontario"),
        ("ando por aca en Vancouver, Canadá", "Vancouver, Columbia Británica"),
        ("in london canada", "London, Ontario"),
        ("montreal, quebec, canada", "Montréal, Quebec"),
        ("en Estados Unidos, Dallas", "Dallas, Texas"),
        ("en los angeles california estados unidos", "Los Angeles, California"),
        ("estoy en nogales mexico", "Nogales, Sonora"),
        ("vivo en canada", None),
        ("estamos en Estados Unidos", None),
        ("vivo en texas, mi primo de dallas me lo dijo", "Texas"),
    ],
)
def test_the_town_beside_a_country_is_where_they_are(text: str, town: str | None, knowledge: Knowledge) -> None:
    country = "CA" if "canad" in text.lower() else "MX" if "nogales" in text else "US"
    assert town_told(text, country, knowledge) == town
