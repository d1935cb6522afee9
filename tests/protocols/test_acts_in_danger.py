"""`predict` says of a turn in danger what the person does with it."""

from datetime import date

import pytest

from bot.cli.predict import predict
from knowledge.model import Knowledge

TODAY = date(2026, 11, 29)
BEATEN = "mi esposo me está golpeando"
SAID = {
    "no vino nadie, ya llamé al 911": "nobody_came",
    "no tengo saldo": "cannot",
    "me revisa el celular": "reads",
    "le tengo miedo a la policía, no la quiero llamar": "afraid",
}


@pytest.mark.parametrize(("said", "act"), SAID.items())
def test_acts_in_danger(said: str, act: str, knowledge: Knowledge) -> None:
    assert act in predict({"turns": [BEATEN, said], "lang": None}, knowledge, TODAY)["acts"]
    assert act not in predict({"turns": [said], "lang": None}, knowledge, TODAY)["acts"]
