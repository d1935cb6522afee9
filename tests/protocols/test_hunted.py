"""Whom the police or soldiers of their own place hunt: a threat, and never a consulate or Mexico's lines (P10)."""

import pytest

from bot.dialogue.person.signals import read_signals
from knowledge.model import Knowledge
from tests.support.talk import Talk

HUNTED = (
    "soy mexicana y los municipales me quieren matar",
    "soy mexicano, la policía de mi pueblo me persigue",
    "los soldados de mi pueblo me andan buscando para matarme, soy de guerrero",
    "los policías de mi municipio son del cartel y me buscan",
    "the police of my town want to kill me, i am mexican",
    "soldiers from my village are hunting me, i'm from Michoacán",
)
OTHERS = (
    "soy mexicano y la policía de Houston me detuvo por no traer licencia",
    "la policía de mi pueblo da la carta de antecedentes?",
    "the police in my town want to see my license",
    "me persigue la migra",
)
LED_TO = ("CIAM", "520 623 7874", "079", "onsulado", "onsulate", "COMAR")


@pytest.mark.parametrize("said", HUNTED)
def test_it_is_a_threat_and_their_government_is_feared(said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(said)
    danger = talk.conversation.danger
    assert danger
    assert (danger.kind, danger.state, danger.who) == ("threatened", "open", "own")
    assert "officials_harm" in danger.heard
    assert talk.conversation.fears_government
    told = (
        talk.said
        + talk.say("qué hago" if " " in said and "the" not in said.split() else "what do i do").replies[0].text
    )
    assert [one for one in LED_TO if one in told] == []


@pytest.mark.parametrize("said", OTHERS)
def test_other_words_of_police_are_no_fear_of_the_own_government(said: str, knowledge: Knowledge) -> None:
    assert not read_signals(said, knowledge).fears_government


def test_who_is_mexican_and_back_hears_who_helps(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("me deportaron ayer a nogales sonora, soy mexicano y los policías de mi pueblo me quieren matar")
    told = talk.said
    for asked in ("qué hago", "quién me ayuda", "puedo pedir refugio?"):
        talk.say(asked)
        told += talk.said
    assert [one for one in LED_TO if one in told.replace("no tiene que llamar al consulado", "")] == []
    assert "abogado" in told
    assert "asilo" in told
