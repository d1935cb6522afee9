"""Somebody new in a thread: the section that speaks of them, or an honest word that none does; never the same again."""

import pytest

from bot.dialogue.thread.kin import person_in
from knowledge.addresses import put
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("my dad is from Durango, can i become mexican", "and my husband? his folks are from Ohio"), "naturalisation"),
        (("como saco mi pasaporte mexicano en atlanta", "y mi bebe de un año?"), "menor"),
        (("cuanto vale el pasaporte en el consulado", "y para mi abuelo de 74?"), "mayores de 60 años"),
        (("trabaje 15 años en Texas y ya tengo 68, me toca pension?", "y mi mujer puede cobrar tambien?"), "viudas"),
    ],
)
def test_a_section_that_speaks_of_them_wins(turns: tuple[str, str], said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    for turn in turns:
        talk.say(turn)
    assert said in talk.said


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("quien puede sacar la matricula", "mi esposo es nicaragüense, el tambien puede?"), "para su esposo"),
        (("how long does a mexican passport take", "my wife is from Canada, can she get one?"), "for your wife"),
        (("como saco mi pasaporte mexicano", "y a mis suegros?"), "para sus suegros"),
    ],
)
def test_where_none_does_that_is_said_with_who_knows(turns: tuple[str, str], said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    first = talk.say(turns[0]).replies[-1].text
    turn = talk.say(turns[1])
    assert said in talk.said
    assert "MiConsulado" in talk.said
    assert turn.replies[-1].text != first
    assert talk.labels


def test_two_words_that_spanish_says_in_one() -> None:
    assert put("pregunte a {contacts}.", {"contacts": "el área de la SRE"}) == "pregunte al área de la SRE."
    assert put("pregunte a {contacts}.", {"contacts": "el Paso"}) == "pregunte a el Paso."


def test_a_cost_is_the_same_for_everybody(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("que es la matricula consular")
    talk.say("y cuanto cuesta para mi hermano")
    assert talk.conversation.section == "cost"
    assert "no hablan aparte" not in talk.said


def test_who_was_named_before_is_nobody_new(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("mi esposa quiere sacar su pasaporte mexicano")
    talk.say("y mi esposa que lleva?")
    assert "no dicen cómo es esto" not in talk.said


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("y mis 3 hijos?", "sus hijos"),
        ("y mi señora también", "su señora"),
        ("and my mother in law", "your mother in law"),
        ("my little brother too", "your brother"),
        ("mi carro", None),
    ],
)
def test_they_are_called_as_the_person_does(text: str, called: str | None, knowledge: Knowledge) -> None:
    person = person_in(text, knowledge)
    assert (person and person.called("en" if "my" in text else "es")) == called
