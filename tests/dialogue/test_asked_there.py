"""What was asked is answered for the country that is told afterwards; who may be in either is told where it holds."""

import pytest

from bot.conversation import Heard

HOSPITAL = "somos hondureños y mi hija está enferma, la atienden en el hospital sin papeles?"
WAGES = "soy hondureño, el patrón no me pagó las últimas semanas"


@pytest.mark.parametrize("text", ["estoy en estados unidos", "en dallas texas", "vivo en atlanta"])
def test_the_question_is_read_again_for_the_country_that_is_told(talk, text):
    talk.say(HOSPITAL)
    talk.say(text)
    assert "en México toda persona" not in talk.said
    assert "La Ley de Migración de México" not in talk.said
    assert "Estados Unidos" in talk.said


@pytest.mark.parametrize("text", [HOSPITAL, WAGES])
def test_a_foreigner_whose_country_nobody_knows_is_told_where_it_holds(talk, text):
    talk.say(text)
    assert "Eso vale en México" in talk.said or "Eso vale en Estados Unidos" in talk.said


@pytest.mark.parametrize("before", ["estoy en oaxaca", "ando en tapachula"])
def test_who_said_where_they_are_is_not_asked(talk, before):
    talk.say(before)
    talk.say(HOSPITAL)
    assert "Eso vale en" not in talk.said


def test_where_we_know_it_only_for_the_other_country_that_is_said(talk):
    heard = (Heard(text="soy colombiano, donde hay doctor gratis", at=talk.now),)
    talk.remember(topic="promocion-salud-migrantes", section="what", shown=("what",), heard=heard)
    talk.say("estoy en fresno california")
    assert "1 888 624 4752" in talk.said


def test_who_is_where_the_topic_has_a_section_is_not_told_that_we_have_nothing(talk):
    talk.say("mi hijo nació en Denver, cómo lo hago mexicano")
    talk.say("vivimos en Querétaro")
    assert "no lo tengo comprobado" not in talk.said


def test_a_place_of_somebody_else_leads_to_their_country(talk):
    talk.say("mi ahijado está en un albergue")
    talk.say("no, en laredo texas")
    assert "Albergues para niños migrantes" not in talk.said


def test_in_danger_a_place_is_where_that_is(talk):
    talk.say("me detuvo migracion y estoy en la estacion migratoria")
    talk.say("estoy en tapachula")
    assert talk.conversation.topic is None
