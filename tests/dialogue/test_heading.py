"""Who travels where, whose state, and what a foreigner in Mexico is told beside what we do not know."""

import pytest

from bot.conversation import Conversation, Outcome
from bot.dialogue.person.heading import leaves_mexico
from bot.dialogue.person.told import told_by
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "country", "leaves"),
    [
        ("mi suegra de Zacatecas quiere venir a vernos, qué permiso le piden", None, True),
        ("my brother from Puebla wants to visit me in the fall", "US", True),
        ("my brother from Puebla wants to visit me in the fall", "MX", False),
        ("quiero ir a Zacatecas a ver a mi suegra", "US", False),
        ("my fiancé from Ohio wants to come live with me", "MX", False),
        ("quién viene a verme si estoy detenido", None, False),
    ],
)
def test_who_comes_from_mexico_to_visit(text: str, country: str | None, leaves: bool, knowledge: Knowledge) -> None:
    assert leaves_mexico(Conversation(country=country), text, knowledge) is leaves


def test_a_visit_to_the_writer_abroad_is_no_matter_of_mexicos_visas(talk: Talk) -> None:
    turn = talk.say("my sister lives in Morelia and wants to come see me, what visa does she need")
    assert turn.reading.outcome is Outcome.FALLBACK
    assert "United States visas" in talk.said


@pytest.mark.parametrize(
    "text", ["soy hondureña, estoy en Oaxaca, y mi tps", "soy cubano y estoy en Puebla, como le hago con cbp one"]
)
def test_a_foreigner_in_mexico_is_told_what_there_is_in_mexico(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.outcome is Outcome.FALLBACK
    assert "refugio" in talk.said
    assert any("condicion-refugiado" in choice.payload for choice in talk.conversation.offered)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("soy de Comitán y quiero denunciar", {"MX-CHP"}),
        ("un paisano chiapaneco murió allá", {"MX-CHP"}),
        ("somos de Oaxaca y queremos denunciar", set()),
        ("por la reforma de la ley", set()),
    ],
)
def test_the_states_with_pages_of_their_own_that_are_named(text: str, named: set[str], knowledge: Knowledge) -> None:
    assert told_by(Conversation(), text, knowledge).regions == named


def test_a_states_page_is_not_said_to_who_named_another(talk: Talk) -> None:
    talk.say("somos una asociación en Oaxaca")
    turn = talk.say("cómo traen el cuerpo de un familiar que murió hace días en Estados Unidos")
    assert "chiapas" not in " ".join(turn.reading.answered)


@pytest.mark.parametrize(
    "text",
    [
        "me vine de Arizona porque quise, a mí nadie me deportó, qué tramito",
        "we want to move back to Mexico for good, what should we get ready",
    ],
)
def test_who_returns_by_choice_is_not_sent_for_a_letter_of_the_deported(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.answered == ("regreso-por-cuenta-propia",), talk.said
