"""Failures are counted for one matter; who knows is where to ask, not for whom it is."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize("second", ["qué onda con el flurbo", "y el flurbo azul?"])
def test_a_question_of_its_own_after_two_failures_is_no_third(talk: Talk, second: str) -> None:
    talk.say("se me descompuso el zangolote verde")
    talk.say(second)
    talk.say("mi tía quiere saber si le arreglan la banqueta rota de su calle")
    assert "Otra vez no" not in talk.said
    assert talk.conversation.weak <= 1


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("i have an asylum case and my hearing is in Memphis but we moved to Boise", "how long do i have to tell them"),
        ("mi caso de asilo está en la corte de Memphis y nos mudamos", "ya pasaron dos meses, qué plazo tengo"),
    ],
)
def test_a_subject_beyond_ours_keeps_its_honest_text(talk: Talk, first: str, then: str) -> None:
    for turn in (first, then):
        talk.say(turn)
        assert "1 800 898 7180" in talk.said
        assert talk.conversation.weak == 0


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("mi primo quiere irse con el PTAT a Canadá", "¿a quién le puede preguntar?"),
        ("how does my cousin get into PTAT in Canada", "who should he ask in Puebla"),
    ],
)
def test_who_can_be_asked_is_where_not_for_whom(talk: Talk, first: str, then: str) -> None:
    talk.say(first)
    talk.say(then)
    assert talk.conversation.section != "who"
    assert "Empleo" in talk.said or "Employment" in talk.said
