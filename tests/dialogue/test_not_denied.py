"""Nothing just said is denied; two questions get two answers; who lacks a paper is told how one gets it; no loops."""

from itertools import pairwise

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk

DENIALS = ("No encontré eso", "Mis fuentes no dicen", "I did not find", "My sources do not say")


def _after(knowledge: Knowledge, *turns: str) -> Talk:
    talk = Talk(knowledge)
    for text in turns:
        talk.say(text)
    return talk


ABOVE = [
    (("requisitos para pedir refugio en mexico", "y es gratis?"), "gratis"),
    (("sin papeles me pueden negar el doctor en mexico segun la ley de migracion", "y nos cobran?"), "gratis"),
]


@pytest.mark.parametrize(("turns", "said"), ABOVE)
def test_what_the_answer_above_says_is_pointed_to(turns: tuple[str, ...], said: str, knowledge: Knowledge) -> None:
    talk = _after(knowledge, *turns)
    assert said in talk.said
    assert not any(denial in talk.said for denial in DENIALS)


BOTH = [
    ("que es la matricula consular", "cuanto cuesta y cuantos años dura", ("41 USD", "cinco años")),
    ("what is the matricula", "how much is it and how long does it last", ("41 USD", "five years")),
]


@pytest.mark.parametrize(("first", "text", "values"), BOTH)
def test_two_questions_about_the_open_topic_get_both_answers(
    first: str, text: str, values: tuple[str, str], knowledge: Knowledge
) -> None:
    talk = _after(knowledge, first)
    replies = talk.say(text).replies
    assert all(any(value in reply.text for reply in replies) for value in values)


@pytest.mark.parametrize(
    "lack", ["pero no traigo curp", "no tengo curp", "pero no cuento con curp", "no cuento con la curp"]
)
def test_who_lacks_what_the_step_needs_is_told_how_one_gets_it(lack: str, knowledge: Knowledge) -> None:
    talk = _after(knowledge, "como entro al imss bienestar si no tengo seguro", lack)
    assert talk.conversation.topic == "curp"


def test_what_a_job_pays_is_not_what_it_costs(knowledge: Knowledge) -> None:
    talk = _after(knowledge, "quiero trabajar en canada de cocinero", "y cuanto ganan")
    assert "Mis fuentes no dicen cuánto pagan" in talk.said


def test_no_news_from_an_office_is_no_refusal(knowledge: Knowledge) -> None:
    talk = _after(knowledge, "metí mi solicitud de refugio en enero y nunca me avisan nada")
    assert (talk.conversation.topic, talk.conversation.section) == ("condicion-refugiado", "duration")


def test_a_fact_with_no_in_front_is_no_doubt(knowledge: Knowledge) -> None:
    talk = _after(knowledge, "quiero un plan familiar por si me agarra la migra", "no, aqui no se ha parado ninguno")
    assert "dudar" not in talk.said


def test_a_real_doubt_is_still_heard(knowledge: Knowledge) -> None:
    assert "dudar" in _after(knowledge, "cuanto cuesta el pasaporte", "no le creo nada").said


def test_who_is_not_understood_again_and_again_hears_no_text_twice(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    messages = (
        "el permiso de pesca para mi lancha",
        "el motor es de ochenta caballos",
        "eso no le pregunte",
        "sigo igual",
    )
    said = [talk.say(text).replies[-1].text for text in messages]
    assert all(one != other for one, other in pairwise(said))
    assert "el motor es de ochenta caballos" in said[1]


def test_who_objects_twice_is_told_their_own_words(knowledge: Knowledge) -> None:
    talk = _after(knowledge, "pasaporte en dallas", "eso no es lo que pregunte", "no me sirve eso")
    assert "«pasaporte en dallas»" in talk.said
