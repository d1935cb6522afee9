"""An amount that is told gets what is asked for, in pesos, and no verdict."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize("told", ["my wife and i make 3,400 a month", "we have about $60,000 in savings"])
def test_what_is_asked_for_is_said_in_pesos_and_nobody_is_judged(told: str, talk: Talk) -> None:
    talk.say("what income do they ask for the temporary residence of Mexico")
    assert "680 days of UMA (about 79,771 pesos)" in talk.said
    talk.say(told)
    assert "I cannot judge" in talk.said
    assert "79,771 pesos" in talk.said
    assert "passport" not in talk.said


def test_a_number_that_is_no_money_gets_no_amounts(talk: Talk) -> None:
    talk.say("qué dinero piden para la residencia temporal")
    talk.say("y si llego en 2027?")
    assert "no lo puedo juzgar" not in talk.said
