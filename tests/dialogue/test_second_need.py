"""Who names two needs gets the first answered and the second as the first button."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "answered", "offered"),
    [
        ("se me venció el pasaporte y tampoco tengo ine, cómo los renuevo", "pasaporte", "credencial-votar-extranjero"),
        (
            "cuánto cuesta la matrícula consular? también necesito la ine",
            "matricula-consular",
            "credencial-votar-extranjero",
        ),
    ],
)
def test_the_second_is_offered_first(talk: Talk, text: str, answered: str, offered: str) -> None:
    turn = talk.say(text)
    assert talk.conversation.topic == answered
    assert turn.replies[-1].choices[0].payload.split("|")[1] == offered
    assert "primer botón" in talk.said
    talk.say("1")
    assert talk.conversation.topic == offered


def test_one_need_has_no_such_line(talk: Talk) -> None:
    talk.say("se me venció el pasaporte, cómo lo renuevo")
    assert "primer botón" not in talk.said
