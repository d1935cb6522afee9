"""After a call nobody came, in every category and in the words of people: the ladder (P16), and no page beside it."""

import pytest

from bot.conversation import ReplyKind
from knowledge.model import Knowledge
from tests.support.talk import Talk

DANGERS = (
    "mi papa se desmayo en el jardin, estamos en fresno",
    "mi marido me anda golpeando, estoy en houston",
    "estamos perdidos en el desierto cerca de tucson",
    "hay mucho humo en el edificio, estamos en chicago",
    "mi hija no aparece desde ayer, estamos en dallas",
    "se llevaron a mi hijo de la escuela, en atlanta",
    "no tengo donde dormir, ando en reynosa con mis hijos",
)
CALLS = ("ya llame al 911", "ya hice el reporte")
NOBODY = ("llevan una hora y nada", "ya pasaron dos horas y nadie", "no hacen nada", "siguen sin llegar", "nobody came")


@pytest.mark.parametrize("first", DANGERS)
@pytest.mark.parametrize("called", CALLS)
def test_who_waits_in_vain_hears_the_next_rung(first: str, called: str, knowledge: Knowledge) -> None:
    wrong = []
    for said in NOBODY:
        talk = Talk(knowledge)
        talk.say(first)
        talk.say(called)
        replies = talk.say(said).replies
        text = " ".join(one.text for one in replies)
        if not ("otra vez el 911" in text or "911 again" in text) or any(
            one.kind is ReplyKind.ANSWER for one in replies
        ):
            wrong.append(f"{said}: {text}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("said", ["lleva una hora sin hablar", "le marco y nadie contesta en su casa"])
def test_a_silence_of_theirs_is_no_call_in_vain(said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("mi hermano cruzo por sasabe antier y no sabemos nada de el")
    assert "No debió pasar" not in " ".join(one.text for one in talk.say(said).replies)
