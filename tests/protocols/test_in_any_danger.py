"""What is asked or told in any danger, or of those who help, gets a line where no kind has one."""

import pytest

from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk

FLOOD = "el agua ya esta adentro de la casa y sigue subiendo"
FALLEN = "mi papa se cayo del techo y no se puede mover"
BEATEN = "mi esposo me esta golpeando y me amenaza"
LOST = "estamos perdidos en el desierto sin agua"
COLLAPSED = "mi mama se desmayo y no despierta"
ASKED = [
    (FLOOD, "el telefono de emergencias suena ocupado y no entra", "line.line_busy"),
    (LOST, "no sabemos de que lado de la frontera quedamos, cual policia nos contesta?", "line.which_country"),
    (BEATEN, "se puede avisar sin decir mi nombre?", "line.unnamed"),
    (BEATEN, "la policia habla español?", "line.speak_spanish"),
    (FALLEN, "puede marcar mi vecino en lugar de mi?", "line.other_calls"),
    (FALLEN, "y si me voy de la obra me descuentan el dia?", "line.work_first"),
]
CARED = [
    (
        COLLAPSED,
        "ya la tienen los doctores en urgencias",
        "como le aviso a mi hermana que esta lejos?",
        "line.cared_family",
    ),
    (COLLAPSED, "ya se la llevo la ambulancia", "a cual hospital la llevan?", "line.which_hospital"),
    (FALLEN, "ya lo operaron en el hospital", "cuando puede volver a trabajar?", "line.cared_work"),
    (FALLEN, "ya esta en el hospital con los doctores", "y ahora que va a pasar con nosotros?", "line.cared_next"),
]


@pytest.mark.parametrize(("first", "says", "line"), ASKED)
def test_what_is_asked_in_any_danger_is_answered(first: str, says: str, line: str, knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(first)
    replies = talk.say(says)
    assert talk.state.danger is not None
    assert line in talk.state.danger.given, [one.text for one in replies]


@pytest.mark.parametrize(("first", "helped", "says", "line"), CARED)
def test_what_is_asked_of_those_who_help_is_answered(
    first: str, helped: str, says: str, line: str, knowledge: Knowledge
) -> None:
    talk = DangerTalk(knowledge)
    talk.say(first)
    talk.say(helped)
    replies = talk.say(says)
    assert talk.state.danger is not None
    assert line in talk.state.danger.given, [one.text for one in replies]


def test_who_was_examined_is_not_asked_for_the_story(knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(COLLAPSED)
    text = "\n".join(one.text for one in talk.say("ya la reviso el doctor en el hospital y le puso suero"))
    assert "cuánto duró" not in text, text
