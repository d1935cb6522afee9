"""What was asked is answered for the country that is told afterwards; who may be in either is told where it holds."""

import pytest

from bot.conversation import Choice, Heard, Outcome
from bot.dialogue.words.payload import make

HOSPITAL = "somos hondureños y mi hija está enferma, la atienden en el hospital sin papeles?"
WAGES = "soy hondureño, el patrón no me pagó las últimas semanas"
DOCTOR = "soy salvadoreña y mi niño está enfermo, lo ve un doctor aunque no tenga papeles?"
HELPLINE = "1 888 624 4752"
SCHOOL_THERE = "escuela-eua-sin-papeles"


@pytest.mark.parametrize("text", ["estoy en estados unidos", "en dallas texas", "vivo en atlanta"])
@pytest.mark.parametrize("asked", [HOSPITAL, DOCTOR])
def test_the_question_is_read_again_for_the_country_that_is_told(talk, asked, text):
    talk.say(asked)
    talk.say(text)
    assert "en México toda persona" not in talk.said
    assert "La Ley de Migración de México" not in talk.said
    assert "Estados Unidos" in talk.said


@pytest.mark.parametrize(
    ("asked", "place", "topic"),
    [
        ("the school will not take my son without papers", "no we are in Nevada not Mexico", SCHOOL_THERE),
        ("the school will not take my son without papers", "in Tulsa Oklahoma", SCHOOL_THERE),
        ("the school will not take my son without papers", "we live in Guadalajara", "acceso-educacion-sin-documentos"),
    ],
)
def test_the_country_told_chooses_between_those_that_were_offered(talk, asked, place, topic):
    talk.say(asked)
    talk.say(place)
    assert talk.conversation.topic == topic


@pytest.mark.parametrize("place", ["estamos en houston", "en Fresno California"])
def test_what_was_offered_for_another_country_is_not_asked_about_again(talk, place):
    offered = "atencion-salud-imss-prospera", "ley-derechos-nna"
    choices = tuple(Choice(label=name, payload=make("t", name)) for name in offered)
    talk.remember(offered=choices, heard=(Heard(text=HOSPITAL, at=talk.now),))
    talk.say(place)
    assert not {choice.payload for choice in choices} & {choice.payload for choice in talk.conversation.offered}
    assert "Estados Unidos" in talk.said


@pytest.mark.parametrize("text", [DOCTOR, WAGES])
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
    assert talk.conversation.topic == "ventanilla-salud" or HELPLINE in talk.said


def test_who_is_where_the_topic_has_a_section_is_not_told_that_we_have_nothing(talk):
    talk.say("mi hijo nació en Denver, cómo lo hago mexicano")
    talk.say("vivimos en Querétaro")
    assert "no lo tengo comprobado" not in talk.said


@pytest.mark.parametrize(
    ("child", "place"),
    [
        ("mi ahijado está en un albergue", "no, en laredo texas"),
        ("mi sobrino está en un albergue de migrantes", "no, es en houston"),
        ("mi hermanito está en un albergue de migrantes", "no, queda en McAllen Texas"),
    ],
)
def test_a_place_of_somebody_else_leads_to_their_country(talk, child, place):
    talk.say(child)
    talk.say(place)
    # Whatever the place alone sounds like: the helpline, or what we have of a child in a shelter there.
    assert HELPLINE in talk.said or talk.conversation.topic == "protocolo-nna-no-acompanados"


def test_in_danger_a_place_is_where_that_is(talk):
    talk.say("me detuvo migracion y estoy en la estacion migratoria")
    talk.say("estoy en tapachula")
    assert talk.conversation.topic is None


@pytest.mark.parametrize(
    ("first", "place", "then"),
    [
        (
            "quiero inscribir a mis hijos en la escuela y no traen papeles",
            "no, aquí en Yakima",
            "pero aquí me los aceptan",
        ),
        (
            "the school will not take my son without papers",
            "no we are in Nevada not Mexico",
            "and here do they take him",
        ),
        ("busco albergue para mi familia", "es que ando en Tucson Arizona", "y un albergue aquí"),
    ],
)
def test_a_country_told_once_holds_for_what_is_asked_after_it(talk, first, place, then):
    talk.say(first)
    talk.say(place)
    assert talk.conversation.topic == SCHOOL_THERE or HELPLINE in talk.said
    talk.say(then)
    assert "800 715 2000" not in talk.said
    assert "Secretaría de Educación" not in talk.said
    assert talk.turns[-1].reading.outcome is not Outcome.ANSWER or talk.conversation.topic == SCHOOL_THERE


@pytest.mark.parametrize("text", ["le digo que estoy en Oregon, no en México", "we are in Ohio not in Mexico"])
def test_a_country_that_is_put_right_is_no_other_matter(talk, text):
    heard = (Heard(text="quiero meter a mi hija a la escuela", at=talk.now),)
    talk.remember(topic="acceso-educacion-sin-documentos", section="what", shown=("what",), heard=heard)
    talk.say(text)
    assert talk.conversation.topic == SCHOOL_THERE
    assert talk.turns[-1].reading.outcome is Outcome.ANSWER


@pytest.mark.parametrize("text", ["le digo que estoy en Oregon, no en México", "we are in Ohio not in Mexico"])
def test_where_we_know_nothing_of_it_there_the_helpline_is_said(talk, text):
    heard = (Heard(text="busco un albergue para mi familia", at=talk.now),)
    talk.remember(topic="albergues-migrantes", section="what", shown=("what",), heard=heard)
    talk.say(text)
    assert talk.conversation.topic == "albergues-migrantes"
    assert HELPLINE in talk.said


def test_what_we_have_for_that_country_is_offered(talk):
    heard = (Heard(text="hay vacunas gratis para mi niño", at=talk.now),)
    talk.remember(topic="promocion-salud-migrantes", section="prevention", shown=("prevention",), heard=heard)
    talk.say("vivimos en Reno Nevada")
    assert "Ventanilla de Salud" in f"{talk.labels} {talk.said}"


@pytest.mark.parametrize(
    "text", ["se puede aquí o hay que ir hasta allá", "todavía estamos acá en Kansas, lo hacemos aquí"]
)
def test_who_is_still_there_is_given_the_section_of_there(talk, text):
    talk.say("mi niña nació aquí en Wichita Kansas, la queremos hacer mexicana y ya nos vamos a regresar")
    assert talk.conversation.section != "in-mexico"
    talk.say(text)
    assert talk.conversation.topic == "registro-nacimiento-hijos-eua"
    assert talk.conversation.section != "in-mexico"
    assert not talk.conversation.consulate


def test_who_is_in_mexico_and_says_so_again_is_not_sent_to_an_office_for_who_came_back(talk):
    talk.say("soy nicaragüense y trabajo en Puebla, no me pagaron la quincena")
    talk.say("no ando en Estados Unidos, ando en México")
    assert talk.conversation.section == "in-mexico"


def test_who_asks_from_there_for_what_is_done_in_mexico_is_answered(talk):
    talk.say(
        "vivo aquí en Chicago, me regreso a México y quiero saber si aceptan a mis hijos en la escuela sin papeles"
    )
    assert talk.conversation.topic == "acceso-educacion-sin-documentos"
    assert talk.turns[-1].reading.outcome is Outcome.ANSWER
