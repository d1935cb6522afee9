"""What is told of something else in the middle of an errand, which does nothing with it."""

import pytest

from tests.dialogue.test_in_errand import said_to

READ = {
    "oas": ["listo"],
    "cluni": ["sí"],
    "child-passport": ["sí", "los dos"],
    "passport-renewal": ["sí, lo tengo", "no"],
    "unpaid-wages": [],
}
ELSE = [
    # errand, what is told that is of nothing in it
    ("oas", "ya compré la estufa"),
    ("oas", "ya tengo el boleto del concierto"),
    ("oas", "I already got the vaccine card"),
    ("cluni", "ya me entregaron la licuadora"),
    ("child-passport", "ya tengo la póliza del carro"),
    ("child-passport", "ya pagué la luz"),
    ("passport-renewal", "ya me dieron el permiso de pesca"),
    ("passport-renewal", "I already have my library card"),
    ("unpaid-wages", "ya fui al dentista"),
    ("unpaid-wages", "ya tengo el boleto del camión"),
]


@pytest.mark.parametrize(("procedure", "told"), ELSE)
def test_what_is_told_of_something_else_marks_nothing(procedure: str, told: str) -> None:
    talk = said_to(procedure, *READ[procedure])
    before = talk.conversation.steps[-1]
    talk.say(told)
    after = talk.conversation.steps[-1]
    assert after.holds == before.holds, talk.said


OWN = [
    # errand, what is told of its step in words that name a thing beside it, the step that is done then
    ("oas", "ya junté los estatutos, el acta, la misión y el informe", "papers"),
    ("child-passport", "ya los junté todos", "papers"),
    ("unpaid-wages", "ya la hice, la lista", "notes"),
    ("passport-renewal", "ya quedó, los metí en un sobre", "papers"),
]


@pytest.mark.parametrize(("procedure", "told", "done"), OWN)
def test_what_is_told_of_the_step_is_noted(procedure: str, told: str, done: str) -> None:
    talk = said_to(procedure, *READ[procedure], told)
    assert done in talk.conversation.steps[-1].done, talk.said
