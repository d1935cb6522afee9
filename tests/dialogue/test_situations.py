"""A section for a situation alone is given in a thread where somebody spoke of that situation, and else not."""

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("first", "then", "apart"),
    [
        ("mi patron me debe dos quincenas de la yarda", "es un señor solo, ni empresa tiene", "deceased"),
        ("no me pagaron mi ultimo cheque en reno", "el contratista es conocido del rancho", "deceased"),
        ("mi ex vive en texas y no da para los niños, quiero pedirle pension", "cobran algo, no tengo", "asked-to-pay"),
        ("how do i get a permit for my truck in mexico", "the sticker ran out last week", "green-card"),
        ("como mando dinero a mi mama en oaxaca", "y si no tengo cuenta en ningun banco", "id"),
        ("how can I send money to Mexico", "i have no bank account and no papers", "id"),
    ],
)
def test_no_section_of_a_situation_that_nobody_told(first: str, then: str, apart: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(first)
    talk.say(then)
    assert talk.conversation.section != apart


@pytest.mark.parametrize(
    ("first", "then", "theirs"),
    [
        ("mi patron me debe dos quincenas de la yarda", "era de mi papa ese sueldo, el ya fallecio", "deceased"),
        ("no me pagaron en la obra", "my brother died before they paid him, who gets it", "deceased"),
        ("como se cobra una pension alimenticia en otro pais", "a mi me demandaron, yo vivo en utah", "asked-to-pay"),
        ("que ocupo para ir a mexico en diciembre", "mi suegra trae mica, vuelve sin problema?", "green-card"),
    ],
)
def test_the_section_of_a_situation_that_is_told(first: str, then: str, theirs: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(first)
    talk.say(then)
    assert talk.conversation.section == theirs


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("can my sister be registered as mexican, our parents are not married and dad lives in mexico", "dead-parent"),
        ("soy guatemalteca y quiero una tarjeta para vivir en mexico y trabajar", "health"),
    ],
)
def test_nor_at_first(text: str, apart: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(text)
    assert talk.conversation.section != apart


def test_a_paper_that_is_given_back_is_no_deportation(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("que es la curp")
    talk.say("por lo de Fco. me la devuelven?")
    assert talk.conversation.section != "returned"


def test_at_first_where_it_is_told(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("my mexican dad died, can i still be registered as mexican at the consulate")
    assert talk.conversation.section == "dead-parent"


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("mi hijo de 8 años", "child"),
        ("la niña cumplió 5 años", "child"),
        ("¿cuánto cuesta el pasaporte de 10 años?", None),
        ("la visa es de 10 años", None),
        ("mi esposo tiene 10 años viviendo aquí", None),
        ("tengo 15 años en Estados Unidos", None),
    ],
)
def test_years_are_an_age_only_where_they_are_somebodys(text: str, age: str | None, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(text)
    assert (talk.conversation.situation.shown().get("age_group")) == age
