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


FORETOLD = (
    ("my cousin said he would shoot me", "own"),
    ("my uncle told me he will stab me", "own"),
    ("the guide swore he was going to put a bullet in me", "own"),
    ("a coworker threatened to stab me", "own"),
    ("el pollero me dijo que me iba a meter un balazo", "own"),
    ("que me van a apuñalar, dijeron los del barrio", "own"),
    ("he said he was gonna shoot my brother", "other"),
    ("dijeron que le van a dar un tiro a mi hermano", "other"),
)
WOUNDED = (
    "my cousin shot me in the arm",
    "they said he would live but my friend got stabbed and he is bleeding",
    "me dijo que me iba a picar y me picó con una navaja, sangro mucho",
    "he said he would shoot my uncle and he shot him in the leg",
)


@pytest.mark.parametrize(("said", "who"), FORETOLD)
def test_a_wound_that_is_only_foretold_is_a_threat(said: str, who: str, knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(said)
    danger = talk.state.danger
    assert danger
    assert (danger.kind, danger.who) == ("threatened", who)


@pytest.mark.parametrize("said", WOUNDED)
def test_a_wound_that_is_there_is_pressed(said: str, knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(said)
    assert talk.state.danger
    assert "bleeding" in (talk.state.danger.kind, *(one.kind for one in talk.state.danger.below))


@pytest.mark.parametrize(
    "said", ["mi jefe dice que me va a pagar el viernes", "mi tía dice que me va a visitar el domingo"]
)
def test_what_is_promised_is_no_danger(said: str, knowledge: Knowledge) -> None:
    assert _who(said, knowledge) is None
