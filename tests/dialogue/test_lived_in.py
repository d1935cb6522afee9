"""Where somebody said that they live is where their consulate is looked for."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("told", "asked", "seat"),
    [
        (
            "soy de Puebla y vivo en Yakima Washington hace diez años, se me venció el pasaporte",
            "y cuál consulado me toca",
            "Seattle",
        ),
        ("i live in boise idaho now and my passport expired", "which consulate do i go to", "Boise"),
        ("vivo en el paso, necesito la matrícula", "dónde queda mi consulado", "El Paso"),
    ],
)
def test_who_told_their_town_is_not_asked_for_it(talk: Talk, told: str, asked: str, seat: str) -> None:
    talk.say(told)
    talk.say(asked)
    assert seat in talk.said.partition("\n")[0]


def test_the_matter_stays_open(talk: Talk) -> None:
    talk.say("vivo en tulsa oklahoma y se me venció el pasaporte, donde hago la cita")
    talk.say("y cuál consulado me toca")
    talk.say("cuánto cuesta el de 6 años")
    assert (talk.conversation.topic, talk.conversation.section) == ("pasaporte", "cost")


def test_a_town_in_mexico_has_no_consulate(talk: Talk) -> None:
    talk.say("vivo en oaxaca")
    talk.say("cuál consulado me toca")
    assert "Consulado General" not in talk.said
