"""After a no to the check what is asked beside it is answered, else the message that set the check off."""

import pytest

from tests.support.talk import Talk

BORN = "mi hijo nació en Fresno, ¿cómo le saco los papeles de mexicano?"


@pytest.mark.parametrize(
    "no",
    [
        "no, todo bien. pregunto si yo solita lo puedo registrar sin la firma del papá",
        "no pasa nada, nomás quiero saber si puedo registrarlo sin que firme su papá",
        "no pero quiero saber si lo puedo registrar yo sola",
        "no, nothing is wrong. can i register him alone without the father",
    ],
)
def test_what_is_asked_beside_the_no_is_answered(talk: Talk, no: str) -> None:
    talk.say(BORN)
    talk.was_asked("missing", "su papá ni sabemos por dónde ande")
    talk.say(no)
    assert "registro-nacimiento" in (talk.conversation.topic or "")
    assert "necesita saber" not in talk.said
    assert "need to know" not in talk.said


@pytest.mark.parametrize("no", ["no", "no, para nada", "not at all"])
def test_a_bare_no_answers_what_was_said_in_the_open_topic(talk: Talk, no: str) -> None:
    talk.say(BORN)
    talk.was_asked("missing", "su papá ni sabemos por dónde ande, no puede firmar")
    talk.say(no)
    assert talk.conversation.topic == "registro-nacimiento-hijos-eua"
    assert "necesita saber" not in talk.said
    assert "need to know" not in talk.said


def test_a_bare_no_with_nothing_open_asks_what_is_needed(talk: Talk) -> None:
    talk.was_asked("missing", "mi cuñado no sé por dónde ande")
    talk.say("no")
    assert "necesita saber" in talk.said
