"""A month put forward is about the open forum, a period lists what is in it, and who asks is not what is asked for."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize(
    "told", ["me dijeron que era en mayo", "dice mi compañera que era en octubre", "no, era en mayo"]
)
def test_a_month_that_was_told_is_about_the_open_forum(told: str, talk: Talk) -> None:
    talk.say("cuando es la CSW")
    talk.say(told)
    assert "CSW71" in talk.said
    assert "marzo de 2027" in talk.said


def test_the_forum_named_before_is_meant_where_the_topic_is_of_several(talk: Talk) -> None:
    talk.say("queremos registrar nuestra asociación en el ECOSOC para las juntas, qué se necesita")
    talk.remember(topic="registro-organismos-internacionales", section="workshops", event=None)
    talk.say("y hasta cuándo se puede, la licenciada dice que era en agosto")
    assert "1 de junio" in talk.said


@pytest.mark.parametrize(
    "question",
    [
        "somos una red de jornaleros migrantes de Mexicali, ¿qué foros hay de enero a marzo de 2027?",
        "we are a migrants' collective in Tijuana. Which forums are there between January and March 2027?",
        "qué foros hay de enero a marzo de 2027",
    ],
)
def test_a_period_lists_what_is_in_it_whoever_asks(question: str, talk: Talk) -> None:
    talk.say(question)
    assert "CSW71" in talk.said
    assert "Estupefacientes" in talk.said or "Narcotic" in talk.said


def test_a_subject_that_is_asked_for_stays(talk: Talk) -> None:
    talk.say("somos de Puebla, ¿qué foros de pueblos indígenas hay en abril de 2027?")
    assert "Cuestiones Indígenas" in talk.said


@pytest.mark.parametrize(
    "lack", ["pero no estamos registradas, ¿alcanzamos?", "we are not registered with them, can we go?"]
)
def test_who_is_not_registered_is_not_told_what_the_registered_do(lack: str, talk: Talk) -> None:
    talk.say("cuándo es la asamblea general de la OEA")
    talk.say(lack)
    assert "Ya registradas" not in talk.said
    assert "No hace falta estar registrada" in talk.said or "You do not need to be registered" in talk.said
