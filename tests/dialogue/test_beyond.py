"""What is in our field and not in our knowledge: who does know, and a next step."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.beyond import beyond
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("cuándo renuevan el TPS de mi país", "us-immigration"),
        ("me negaron la visa americana", "us-visitor-visa"),
        ("how do i sign up for food stamps", "us-benefits"),
        ("me toca juez de inmigración y perdí el papel", "us-court"),
        ("licencia de manejar para indocumentados", "us-licence"),
        ("my landlord gave me an eviction notice", "us-law"),
        ("se me olvidó la contraseña del SAT", "mexican-office"),
        ("pasaporte venezolano vencido", "other-papers"),
        ("mi esposa es salvadoreña y quiere entrar a la escuela", None),
        ("acta de nacimiento de ecuador apostillada", "other-papers"),
        ("el abogado no habla español", None),
        ("mi suegro fue bracero y nunca cobró su ahorro", "braceros"),
        ("are they still paying widows of ex braceros", "braceros"),
        ("busco a un tío que se fue de bracero", None),
        ("receta de mole", None),
    ],
)
def test_the_subject_that_is_named(text: str, subject: str | None, knowledge: Knowledge) -> None:
    found = beyond(text, knowledge)
    assert (found.id if found else None) == subject


def test_who_does_know_is_said_and_not_a_bare_menu(talk: Talk) -> None:
    turn = talk.say("ya casi se me acaba el TPS y no sé qué va a pasar")
    assert turn.reading.outcome is Outcome.FALLBACK
    assert "888 624 4752" in talk.said
    assert "abogado" in talk.said


@pytest.mark.parametrize("text", ["qué hago para la pensión de mi tío, fue bracero en los cincuenta"])
def test_what_we_surely_do_not_know_is_admitted_before_a_topic_that_sounds_alike(text: str, talk: Talk) -> None:
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.FALLBACK
    assert "bracero" in talk.said
