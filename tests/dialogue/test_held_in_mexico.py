"""Who is held by Mexico's officers gets Mexico's help: nothing of the United States, nothing for Mexicans abroad."""

import pytest

AMERICAN = ("locator.ice.gov", "1 888 624 4752", "1 800 898 7180")
FOR_MEXICANS = ("079", "520 623 7874")
TAKEN = [
    "a mi cuñado hondureño lo agarraron los de migracion en oaxaca",
    "los de migracion se llevaron a mi prima salvadoreña en villahermosa",
    "mexican immigration detained my cousin in tapachula, he is from guatemala",
]


def without(said, *words):
    assert not [word for word in words if word in said]


@pytest.mark.parametrize("text", TAKEN)
def test_only_mexicos_lines_are_given(talk, text):
    talk.say(text)
    assert "800 715 2000" in talk.said
    without(talk.said, *AMERICAN, *FOR_MEXICANS)


@pytest.mark.parametrize("text", TAKEN)
@pytest.mark.parametrize(
    "then",
    ["donde lo puedo buscar", "no tengo su numero A", "y si lo mandan a su pais? alla lo amenazaron", "que hago"],
)
def test_what_follows_stays_in_mexico(talk, text, then):
    talk.say(text)
    talk.say(then)
    without(talk.said, *AMERICAN, *FOR_MEXICANS, "consulado de México")


def test_who_fears_to_be_sent_back_is_told_of_refuge(talk):
    talk.say(TAKEN[0])
    talk.say("lo pueden regresar a honduras? tiene mucho miedo")
    assert "refugio" in talk.said
    without(talk.said, "México te abraza")


@pytest.mark.parametrize("text", ["no fue en estados unidos, fue en oaxaca", "es en oaxaca no en texas"])
def test_where_it_is_put_right(talk, text):
    talk.say("se llevaron detenido a mi cuñado los de migracion")
    talk.say(text)
    assert talk.conversation.told[-1].where == "MX"
    assert talk.conversation.topic is None
    talk.say("donde lo puedo buscar")
    without(talk.said, "busque en https://locator.ice.gov", "Busque en https://locator.ice.gov")


@pytest.mark.parametrize(
    "text", ["detuvieron a mi esposo los de migracion. su mama esta en oaxaca", "ice se llevo a mi cuñado en fresno"]
)
def test_a_place_beside_it_takes_nothing_away(talk, text):
    talk.say(text)
    assert "locator.ice.gov" in talk.said
    assert "520 623 7874" in talk.said


def test_who_writes_from_the_united_states_keeps_a_number_to_reach(talk):
    talk.say("vivo en denver y a mi hermana la detuvo el inm en tapachula")
    assert "1 888 624 4752" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "me tienen en la estancia migratoria desde el lunes, soy de senegal",
        "llevo dos semanas detenido en la siglo XXI y soy de haiti",
        "i am held in a migration station, i am from ghana",
    ],
)
def test_a_station_that_only_mexico_has_is_in_mexico(talk, text):
    turn = talk.say(text)
    if turn.reading.check is not None:
        talk.say("sí")
    without(talk.said, *AMERICAN, *FOR_MEXICANS, "¿En qué país")
    talk.say("quiero solicitar asilo desde adentro" if "held" not in text else "can i ask for asylum from inside")
    assert talk.conversation.topic == "estacion-migratoria"
    assert talk.conversation.section == "refuge"


def test_who_is_held_by_ice_is_not_told_of_mexicos_refuge(talk):
    talk.say("ice tiene a mi hermano en stewart georgia")
    talk.say("puede solicitar asilo ahi?")
    assert talk.conversation.topic != "estacion-migratoria"


CHILDREN = [
    "vivo en dallas, soy salvadoreña y a mi niño de 13 lo tiene el DIF de tabasco",
    "mi sobrina hondureña de 12 esta en el dif de oaxaca y yo en atlanta",
]


@pytest.mark.parametrize("text", CHILDREN)
def test_a_child_in_mexicos_care_is_asked_for_there(talk, text):
    if talk.say(text).reading.check is not None:
        talk.say("sí, no tiene a nadie")
    without(talk.said, "1 800 203 7001")
    for then in ("como la recupero", "puede ir mi prima que vive en puebla", "y si la deportan antes"):
        talk.say(then)
        without(talk.said, "1 800 203 7001", "la línea de padres", "PALE", "(ORR)")
        assert "Procuradur" in talk.said or "procuradur" in talk.said


def test_a_child_in_a_shelter_of_the_united_states_keeps_its_line(talk):
    talk.say("mi hija de 10 cruzo sola y la tienen en un albergue del gobierno en phoenix")
    assert "1 800 203 7001" in talk.said


def test_what_is_wished_beside_a_check_is_answered(talk):
    talk.was_asked("detention", "llevo 9 dias en una estacion migratoria")
    talk.say("quiero solicitar refugio desde adentro")
    assert talk.conversation.topic == "estacion-migratoria"
    assert "911" in talk.said
