"""What was turned down is not offered again at once."""

import pytest

from tests.support.talk import Talk

OURS = {"Ver temas", "See topics", "Hablar con una persona", "Talk to a person", "Dejar mi mensaje", "Leave my message"}


@pytest.mark.parametrize(
    "turns",
    [
        ("necesito ayuda con mi dinero", "no, ninguna de esas, es lo de las remesas que no llegan"),
        ("i work in Canada with PTAT", "can i bring my guitar on the plane", "no, none of those"),
        ("como saco la matricula", "y puedo salir con sombrero?", "no, de eso no hablo"),
    ],
)
def test_what_was_turned_down_is_not_offered_again(talk: Talk, turns: tuple[str, ...]) -> None:
    for turn in turns[:-1]:
        talk.say(turn)
    before = set(talk.labels) - OURS
    assert before
    talk.say(turns[-1])
    assert before.isdisjoint(talk.labels)


def test_what_is_only_asked_next_keeps_the_buttons(talk: Talk) -> None:
    talk.say("como saco la matricula")
    talk.say("y puedo salir con sombrero?")
    before = set(talk.labels)
    talk.say("y si traigo lentes?")
    assert before & set(talk.labels)
