"""Who is done with a matter, and asks of another that the thread says nothing of."""

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("before", "then", "topic"),
    [
        (
            ["cómo pido el acta de nacimiento de mi esposo desde Denver", "y se puede por internet"],
            "ah ya entendí, gracias. otra cosa, murió mi cuñado y quieren llevar el cuerpo a Jalisco, ¿quién ayuda?",
            "traslado-restos",
        ),
        (
            ["cuánto cuesta la matrícula en Tucson"],
            "perfecto. y oiga, en la pizzería no me pagaron las últimas dos semanas, ¿dónde me quejo?",
            "salarios-no-pagados",
        ),
        (
            ["how do I register my daughter born in Reno as mexican", "does her dad have to come"],
            "great thanks. last thing, how much tax do they take when i send money to my mom in mexico?",
            "quien-es-quien-envio-dinero",
        ),
        (
            ["qué ocupo para sacar la INE aquí en Atlanta"],
            "muchas gracias. y ya para terminar, mi papá ya tiene 68 en Colima, ¿le toca la del bienestar?",
            "pension-bienestar",
        ),
    ],
)
def test_another_matter_in_the_middle(before: list[str], then: str, topic: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    for text in before:
        talk.say(text)
    assert topic in talk.say(then).reading.answered


@pytest.mark.parametrize(
    ("before", "then", "topics"),
    [
        (
            ["cómo mando dinero a mi mamá en Nayarit", "y cuál sale más barato"],
            "gracias. mi hijo va en la prepa de aquí, ¿hay beca? y mi suegro de 66, ¿puede pedir la del bienestar?",
            {"pension-bienestar"},
        ),
    ],
)
def test_each_question_may_be_a_new_matter(
    before: list[str], then: str, topics: set[str], knowledge: Knowledge
) -> None:
    talk = Talk(knowledge)
    for text in before:
        talk.say(text)
    assert topics <= {*talk.say(then).reading.answered}
