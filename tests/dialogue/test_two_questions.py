"""Of two questions in one follow-up none is dropped: each is answered, or named as not in the sources."""

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk


def _after(knowledge: Knowledge, first: str, then: str) -> str:
    talk = Talk(knowledge)
    talk.say(first)
    return "\n".join(reply.text for reply in talk.say(then).replies)


@pytest.mark.parametrize(
    ("first", "then", "one", "other"),
    [
        ("como saco mi pasaporte mexicano", "cuanto tarda y cuanto cuesta el de seis años", "mismo día", "137 USD"),
        ("que es la matricula consular", "cuanto cuesta y que papeles me piden", "41 USD", "comprobante de domicilio"),
        ("what is the consular id", "what do i need and how much is it", "originals", "41 USD"),
    ],
)
def test_both_are_answered(first: str, then: str, one: str, other: str, knowledge: Knowledge) -> None:
    said = _after(knowledge, first, then)
    assert one in said
    assert other in said


@pytest.mark.parametrize(
    ("first", "then", "answer", "named"),
    [
        (
            "permiso humanitario para entrar a ver a mi hija",
            "cuanto cuesta y que pasa si me lo niegan",
            "630",
            "niegan",
        ),
        ("como saco el pasaporte", "cuanto cuesta y que pasa si me lo niegan", "137 USD", "niegan"),
        ("how do i get my matricula", "how much is it and can they deport me with it", "41 USD", "deport me"),
    ],
)
def test_the_one_that_nothing_answers_is_named(
    first: str, then: str, answer: str, named: str, knowledge: Knowledge
) -> None:
    said = _after(knowledge, first, then)
    assert answer in said
    assert named in said


def test_where_one_section_answers_both_nothing_is_denied(knowledge: Knowledge) -> None:
    said = _after(
        knowledge, "que es la ley de fomento a las osc", "que entregamos cada año y si no entregamos que pasa"
    )
    assert "informe anual" in said
    assert "no lo encontré" not in said


def test_a_story_is_no_second_question(knowledge: Knowledge) -> None:
    said = _after(
        knowledge,
        "no dejan entrar a mi hija a la escuela sin curp",
        "la directora me dijo que sin curp el sistema no la deja y que ni le insista, que vuelva cuando ya traiga todo",
    )
    assert "Lo otro que pregunta" not in said
