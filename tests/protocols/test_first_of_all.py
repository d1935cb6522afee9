"""What stands first: who does not breathe before the gas, sorrow before aid to the cold, who can help before advice."""

import pytest

from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk


def _last(said: tuple[str, ...], knowledge: Knowledge) -> tuple[DangerTalk, str]:
    talk, replies = DangerTalk(knowledge), ""
    for one in said:
        replies = " ".join(reply.text for reply in talk.say(one))
    assert talk.state.danger is not None
    return talk, replies


@pytest.mark.parametrize(
    "said",
    [
        "se salio el gas toda la noche y mi abuela no despierta",
        "mi marido no respira, estaba prendido el calenton de gas",
        "dejamos carbon prendido en el cuarto y mi hermanito no reacciona",
        "the co alarm is beeping and my roommate wont wake up",
        "we ran the generator inside and my dad is not breathing",
    ],
)
def test_who_does_not_wake_comes_before_the_gas(said: str, knowledge: Knowledge) -> None:
    talk, replies = _last((said,), knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.kind == "fainted"
    assert "Primero al aire" in replies or "Fresh air first" in replies


@pytest.mark.parametrize(
    "said",
    [
        "mi compadre ya no respira y esta frio",
        "my cousin is cold and not breathing",
        "mi tia esta helada y ya no respira",
    ],
)
@pytest.mark.parametrize("first", ["nos perdimos en el desierto de arizona, somos 4", "perdidos en el monte, texas"])
def test_who_is_cold_and_still_is_mourned_and_the_living_named(first: str, said: str, knowledge: Knowledge) -> None:
    _, replies = _last((first, said), knowledge)
    assert replies.startswith(("Lo siento", "I am so very sorry"))
    assert "911" in replies
    assert "pecho" in replies or "chest" in replies


@pytest.mark.parametrize(
    "said", ["esta fria y no despierta", "no respira bien, hace mucho frio", "she is cold and wont wake up"]
)
def test_nobody_is_mourned_who_may_only_be_cold(said: str, knowledge: Knowledge) -> None:
    _, replies = _last(("nos perdimos en el monte nevado, montana", said), knowledge)
    assert "Lo siento much" not in replies
    assert "so very sorry" not in replies


@pytest.mark.parametrize(
    "said",
    [
        "a mi hermana en guatemala la golpea el marido",
        "mi prima en honduras dice que su pareja la quiere matar",
        "my sister in el salvador is being beaten by her husband",
        "mi suegro en nicaragua tiene a mi suegra amenazada con pistola",
    ],
)
def test_who_writes_of_another_country_is_told_who_can_call(said: str, knowledge: Knowledge) -> None:
    talk, replies = _last((said,), knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.far == "country"
    assert "Desde otro país" in replies or "From another country" in replies
    assert "+1" not in replies
