"""What stops a rule stops it in its own part of the message: a price, a greeting, years that go on, much talk."""

import pytest

from bot.dialogue.danger.judging import judge
from knowledge.model import Knowledge

TALK = "mire licenciado yo le quiero decir todo desde el principio como fue y con calma para que me entienda bien "
HELPED = [
    ("detention", "mi papá está detenido en Tacoma, cuánto cuesta la apostilla"),
    ("self_harm", "qué documentos necesito para la doble nacionalidad y también me quiero quitar la vida"),
    ("violence", "mi pareja me amenaza con un cuchillo y qué requisitos piden para la matrícula"),
    ("violence", "how much does a birth certificate cost and my husband beats me"),
    ("violence", "les platico, mi novio me golpea"),
    ("violence", "desde hace un año mi marido me pega"),
    ("self_harm", "hace dos años que estoy sola y me quiero matar"),
]
NOTICED = [
    "no tengo que comer y cómo registro a mi grupo",
    TALK * 4 + "me quiero matar",
    TALK * 3 + "me quiero quitar la vida",
    TALK * 2 + "mi marido me golpea " + TALK * 2,
]
CALM = [
    "cuánto cuesta una pelea de gallos y me mata la risa",
    "qué papeles piden en el consulado si deportan a mi papá y quiero que le manden dinero",
    "hace cinco años que vivo en Chicago y quiero renovar la matrícula",
    "hace dos años mi hermano fue secuestrado",
    "oí en la radio que secuestraron a un cantante",
    "el cuento trata de un niño secuestrado",
    "me deportaron hace 8 años, cuánto cuesta el pasaporte",
]


@pytest.mark.parametrize(("category", "text"), HELPED)
def test_help_for_the_part_that_is_danger(category: str, text: str, knowledge: Knowledge) -> None:
    reading = judge(text, knowledge)
    assert reading is not None
    assert reading.sure
    assert reading.danger.category == category


@pytest.mark.parametrize("text", NOTICED)
def test_at_least_asked_beside_an_errand_or_in_long_talk(text: str, knowledge: Knowledge) -> None:
    reading = judge(text, knowledge)
    assert reading is not None
    assert reading.sure or reading.unsure


@pytest.mark.parametrize("text", CALM)
def test_calm_in_all_its_parts(text: str, knowledge: Knowledge) -> None:
    reading = judge(text, knowledge)
    assert reading is not None
    assert not reading.sure
    assert not reading.unsure
