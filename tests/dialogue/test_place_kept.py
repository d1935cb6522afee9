"""A town that was told is kept: what is done at a consulate is asked for there, and nobody is asked twice."""

import pytest


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("me duele un diente y no tengo seguro, vivo en phoenix", "y donde queda eso"),
        ("necesito sacar mi pasaporte, estoy en atlanta", "donde es?"),
        ("no tengo aseguranza y ando enfermo, estoy en denver", "y eso en donde esta"),
    ],
)
def test_where_it_is_done_is_told_for_the_town(talk, first, then):
    talk.say(first)
    talk.say(then)
    town = next(name for name in ("Phoenix", "Atlanta", "Denver") if name.lower() in first)
    assert town in talk.said


@pytest.mark.parametrize("then", ["en phoenix ya le dije", "le dije que en phoenix"])
def test_a_town_said_again_gives_its_consulate(talk, then):
    talk.say("me duele un diente y no tengo seguro, vivo en phoenix")
    talk.say(then)
    assert "Phoenix" in talk.said


def test_who_named_no_town_gets_the_list(talk):
    talk.say("me duele un diente y no tengo seguro")
    talk.say("y donde queda eso")
    assert talk.conversation.topic == "ventanilla-salud"
    assert talk.conversation.section == "where"


@pytest.mark.parametrize(
    "then",
    ["me dieron el 3 de marzo en houston pero ya vivo en kansas", "que vaya el martes en denver pero me mude a utah"],
)
def test_where_a_hearing_is_asks_for_no_consulate(talk, then):
    talk.say("me mandaron un aviso de la corte de migracion")
    talk.say(then)
    assert "Consulado de México en" not in talk.said
    assert "Consulado General" not in talk.said
