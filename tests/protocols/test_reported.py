"""A danger told through what somebody said: "that he will …" is the writer's own, a cry passed on is another's (P2)."""

import pytest

from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk

OWN = (
    "mi esposo dice que me va a matar",
    "mi tío dice que me va a violar si hablo",
    "mi suegra dijo que me iba a echar agua hirviendo",
    "el mayordomo me dijo que me iba a encerrar en la bodega",
    "un vecino dice que me va a balear si salgo",
    "my roommate texted that he is going to kill me",
    "my uncle keeps saying he'll hurt me if i tell",
    "my landlord told me he would shoot me tonight",
    "mis cuñados dicen que nos van a desaparecer",
)
OTHERS = (
    "mi hermana dice que su esposo la va a matar",
    "mi prima dice que la van a matar sus cuñados, me pide ayuda",
    "my sister told me her husband is going to kill her",
    'my cousin says "he will kill me" about her boyfriend',
    "mi hija me dijo que su novio la va a golpear hoy",
)


def _who(said: str, knowledge: Knowledge) -> str | None:
    talk = DangerTalk(knowledge)
    talk.say(said)
    return talk.state.danger.who if talk.state.danger else None


@pytest.mark.parametrize("said", OWN)
def test_a_threat_reported_against_the_writer_is_the_writers(said: str, knowledge: Knowledge) -> None:
    assert _who(said, knowledge) in ("own", "both")


@pytest.mark.parametrize("said", OTHERS)
def test_a_threat_reported_against_another_is_the_others(said: str, knowledge: Knowledge) -> None:
    assert _who(said, knowledge) == "other"


@pytest.mark.parametrize(
    "said", ["mi jefe dice que me va a pagar el viernes", "mi tía dice que me va a visitar el domingo"]
)
def test_what_is_promised_is_no_danger(said: str, knowledge: Knowledge) -> None:
    assert _who(said, knowledge) is None
