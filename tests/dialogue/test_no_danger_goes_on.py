"""Words of a danger that is none: a client's papers, what is reported weeks later, a parent who did not sign."""

import pytest

from bot.conversation import Outcome


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "Our client is being held at the county jail and our law office needs her birth certificate, how?",
            "acta-nacimiento-donde-te-encuentres",
        ),
        ("a un señor del albergue lo golpearon hace dos meses, hay que denunciar?", "unidad-delitos-migrantes"),
    ],
)
def test_a_question_of_work_is_answered(talk, text, topic):
    assert talk.say(text).reading.answered == (topic,)


@pytest.mark.parametrize(
    "text",
    [
        "I am a lawyer and ICE just took my client outside the court",
        "a un señor lo golpearon hace dos meses y hoy lo amenazaron otra vez, ¿puede denunciar?",
    ],
)
def test_what_goes_on_is_danger(talk, text):
    assert talk.say(text).reading.outcome in (Outcome.URGENT, Outcome.CHECK)


def test_a_mother_whose_child_was_not_recognised_is_no_child_alone(talk):
    talk.say("¿cómo registro a mi hija que nació en dallas?")
    turn = talk.say("el papá nunca la quiso reconocer, yo sola la crío")
    assert turn.reading.outcome not in (Outcome.URGENT, Outcome.CHECK)


def test_the_country_of_somebody_else_orders_no_numbers(talk):
    talk.say("¿cómo saco mi pasaporte mexicano? mi papá vive en méxico")
    talk.say("hay agentes de migración tocando la puerta ahorita")
    lines = talk.said
    assert lines.index("desde Estados Unidos") < lines.index("desde México")


def test_who_got_away_from_home_is_believed(talk):
    talk.say("mi marido me golpeó anoche")
    talk.say("ya estamos a salvo en casa de mi hermana, él no sabe dónde estamos")
    assert talk.conversation.told[-1].over
    assert "1 800 799 7233" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "ya estoy con mi hermana pero él ya sabe dónde estamos",
        "me quiero ir a casa de mi mamá, ¿cómo le hago?",
        "i am at my sisters and i am scared he will come for me",
    ],
)
def test_who_is_not_safe_is_not(talk, text):
    talk.say("mi marido me golpeó anoche")
    talk.say(text)
    assert not talk.conversation.told[-1].over
