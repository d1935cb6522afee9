"""What is known of a person is said back in words, in both languages."""

import pytest

from bot.conversation.person import FLAGS, SEVERAL, SINGLE, Known, Situation
from knowledge.model import Knowledge
from knowledge.telling_facts import told_back

ROWS = (
    ({}, "", ""),
    ({"country": "US", "town": "Houston, Texas"}, "está en Estados Unidos; su lugar: Houston, Texas", None),
    ({"country": "US"}, "está en Estados Unidos", "you are in the United States"),
    ({"nationality": "HN"}, "es de Honduras", "you are from Honduras"),
    ({"nationality": "ZZ"}, "es de otro país que México", "you are from another country than Mexico"),
    ({"age_group": "teen"}, "habló de alguien de 13 a 17 años", "you spoke of somebody aged 13 to 17"),
    ({"lacks": ("ine", "curp")}, "no tiene: credencial del INE y CURP", "you do not have: INE voter card and CURP"),
    ({"has": ("pasaporte",), "lacks": ("visa",)}, "tiene: pasaporte; no tiene: visa", None),
    ({"minor": True, "fears_government": True}, "tiene menos de 18 años; tiene miedo de su gobierno", None),
)


def situation(**facts: str | bool | tuple[str, ...]) -> Situation:
    def known(value: str | bool | tuple[str, ...]) -> object:
        if isinstance(value, tuple):
            return tuple(Known(value=one) for one in value)
        return Known(value=value) if isinstance(value, str) else value

    return Situation(**{name: known(value) for name, value in facts.items()})


@pytest.mark.parametrize(("facts", "es", "en"), ROWS)
def test_what_is_known_is_said_in_words(facts: dict[str, str], es: str, en: str | None, knowledge: Knowledge) -> None:
    known = situation(**facts).kept()
    assert told_back(known, knowledge, "es") == es
    assert en is None or told_back(known, knowledge, "en") == en


def test_every_fact_can_be_said(knowledge: Knowledge) -> None:
    held = knowledge.facts_of_a_person
    assert {*SINGLE, *SEVERAL, *FLAGS} == Situation.model_fields.keys()
    assert {*SINGLE, *SEVERAL, *FLAGS} <= held.back.keys() | held.values.keys()
