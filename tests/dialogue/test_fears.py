"""What is only feared is met with what helps against it: to a child in words for one, of the country where they are."""

import re

import pytest

from bot.conversation import Outcome

USTED = re.compile(r"\b(?:usted|su culpa|diga|busque|quédese|anote)\b", re.IGNORECASE)
"""What nobody says to a child."""


@pytest.mark.parametrize(
    ("text", "country", "says"),
    [
        ("tengo 13 años y me da miedo que el dif me saque de mi casa", None, "DIF"),
        ("tengo 16 años y vivo en chicago, no quiero que me manden a una casa hogar", "US", "consulado"),
        ("i am 15 years old and live in dallas, i'm scared cps puts me in foster care", "US", "consulate"),
        ("tengo 14 años y estoy en morelia, me asusta que servicios sociales me separe de mi abuela", "MX", "DIF"),
        ("tengo 12 años, tengo miedo de que la migra agarre a mi papá, no tiene papeles", None, "no abras"),
        ("i'm 14 years old and i'm worried ice will deport my parents", None, "do not open"),
        ("tengo 15 años y vivo en tapachula, me da miedo que migración detenga a mi mamá", "MX", "estación migratoria"),
    ],
)
def test_a_child_in_fear_is_spoken_to_as_one(talk, text, country, says):
    turn = talk.say(text)
    assert turn.conversation.country == country
    assert says in talk.said
    assert not USTED.search(talk.said)
    assert "911" in talk.said
    assert ("DIF" in talk.said or "estación" in talk.said) or country != "MX"
    assert "DIF" not in talk.said or country != "US"


@pytest.mark.parametrize(
    ("first", "text"),
    [
        ("tengo 14 años y mi papá me golpea", "me da miedo que el dif me lleve a un orfanato"),
        ("im 16 years old and my uncle hits me", "i dont want child services to take me away"),
    ],
)
def test_in_a_danger_too(talk, first, text):
    talk.say(first)
    talk.say(text)
    assert re.search(r"no es tu culpa|not your fault", talk.said)
    assert not USTED.search(talk.said)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("no quiero que agarren a mi papá, él está sin papeles", "plan-eventualidades/young"),
        ("I'm afraid they will take my dad, he is undocumented", "plan-eventualidades/young"),
        ("me da pavor que deporten a mi esposo, no tiene documentos", "plan-eventualidades/what"),
    ],
)
def test_who_fears_that_theirs_are_taken_is_told_of_the_plan(talk, text, place):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.ANSWER
    assert f"{turn.conversation.topic}/{turn.conversation.section}" == place
    assert re.search("no abran|do not open", talk.said)


@pytest.mark.parametrize(
    "text",
    [
        "tengo 13 años y ya agarraron a mi mamá, no tiene papeles",
        "no quiero que se lleven a mi papá sin papeles, están tocando la puerta los de la migra",
        "tengo 14 años, mi padrastro me pega y me da miedo que el dif me lleve",
    ],
)
def test_what_happens_now_is_no_mere_fear(talk, text):
    assert talk.say(text).reading.urgent is not None


@pytest.mark.parametrize(
    "text",
    [
        "tengo 13 años y mi papá me golpea",
        "tengo 15 años y están los de la migra afuera de mi casa",
        "i am 14 years old, my stepfather beats me",
    ],
)
def test_what_is_said_next_in_a_danger_is_for_a_child(talk, text):
    talk.say(text)
    assert not USTED.search(talk.said.partition("\n\n")[0])
    for word in ("tengo mucho miedo", "no sé qué hacer"):
        talk.say(word)
        assert not USTED.search(talk.said)


@pytest.mark.parametrize(
    ("category", "text"),
    [("violence", "tengo 15 años y mi primo anda raro conmigo"), ("self_harm", "tengo 13 años y ya estoy cansada")],
)
def test_a_child_is_asked_as_one(talk, category, text):
    talk.say(text)
    if talk.turns[-1].reading.check == category:
        assert not USTED.search(talk.said)


@pytest.mark.parametrize(
    "text",
    [
        "tengo 16 años y de nuevo traigo moretones en la cara",
        "a mi compañera de 15 se le ve otra vez el ojo morado",
        "my 14 year old neighbor has bruises on her arms again",
    ],
)
def test_marks_that_come_again_are_asked_about_as_blows(talk, text):
    reading = talk.say(text).reading
    assert (reading.urgent.category if reading.urgent else reading.check) == "violence"
    assert "911" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "andamos en la terminal con los niños esperando el autobús a puebla, sale en dos horas",
        "waiting at the greyhound station with my kids, our bus leaves at 7",
        "en la central con mis hijas, el camión sale a las 4, ya tenemos boletos",
    ],
)
def test_a_wait_for_a_bus_is_no_danger(talk, text):
    reading = talk.say(text).reading
    assert reading.urgent is None
    assert reading.check is None


@pytest.mark.parametrize(
    "text",
    [
        "estamos en la terminal con los niños, no tenemos dinero para el boleto ni dónde dormir",
        "we are stuck at the bus station with my kids, no money for tickets and nowhere to sleep",
    ],
)
def test_who_has_nothing_at_the_station_is_helped(talk, text):
    reading = talk.say(text).reading
    assert reading.urgent is not None or reading.check is not None
