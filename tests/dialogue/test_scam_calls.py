"""Who is told on the phone of a relative's accident or arrest, and to pay: a scam is likely, and no body is treated."""

import pytest

from bot.dialogue.danger.rules import read_rules
from bot.dialogue.protocols.readings import readings_in
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    "text",
    [
        "me hablaron que mi primo chocó y que mande dinero",
        "me marcó una señora, que mi tío atropelló a un niño y que deposite la fianza",
        "le llamaron a mi suegra que me detuvieron en la aduana y que transfiera",
        "recibí una llamada de que mi nieta tuvo un accidente, que pague por oxxo",
        "me escribe uno que dice ser mi sobrino, que le deposite para salir de la aduana",
        "they say my nephew crashed and I have to send gift cards",
        "some guy called, my grandson is in jail and I must wire bail money",
        "we got a strange call that my niece had a wreck and they want money on zelle",
    ],
)
def test_money_for_a_relative_by_phone(text: str, talk: Talk) -> None:
    talk.say(text)
    danger = talk.conversation.danger
    assert danger is not None
    assert danger.kind in ("scam_call", "ransom_call")


@pytest.mark.parametrize(
    "text",
    [
        "me llamaron del hospital que pague la cuenta",
        "me dicen que mi hijo está en el hospital y no tengo dinero",
        "mi vecino chocó con mi carro y no quiere pagar",
        "un licenciado me llamó, cobra 3000 por el divorcio, ¿le deposito?",
        "they called my husband from the detention center to pay the bond",
        "me hablaron de la escuela que mi hija se accidentó en el recreo",
        "how do I send money to my cousin in jail",
    ],
)
def test_what_is_no_such_call(text: str, knowledge: Knowledge) -> None:
    assert "money-by-phone" not in {found.rule.id for found in read_rules(text, knowledge).found}


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("mi primo chocó en la carretera", False),
        ("hubo un choque y está mal", False),
        ("chocamos anoche", False),
        ("he choked me last night", True),
        ("my ex chokes me", True),
        ("he tried to choke her", True),
        ("she was choking me", True),
    ],
)
def test_a_crash_is_no_squeezed_neck(text: str, squeezed: bool, knowledge: Knowledge) -> None:
    assert ("neck" in readings_in(text, knowledge)) is squeezed
