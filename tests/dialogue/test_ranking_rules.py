"""Rules of which section answers that hold whatever was learned."""

import pytest

from bot.dialogue.signals import assess_alone
from knowledge.model import Knowledge
from tests.support.talk import NOON


@pytest.mark.parametrize(
    "text", ["apoyo para repatriar un cuerpo a guanajuato", "modulo de derechos humanos en oaxaca"]
)
def test_no_page_of_one_state_answers_of_another(text: str, knowledge: Knowledge) -> None:
    likely = assess_alone(text, knowledge, NOON).ranking.candidates
    assert not [one for one in likely if knowledge.topics[one.topic].region]


@pytest.mark.parametrize("text", ["¿Qué es el PALE?", "que es pale", "what is PALE"])
def test_what_is_asked_of_an_acronym_is_what_it_is(text: str, knowledge: Knowledge) -> None:
    assert assess_alone(text, knowledge, NOON).ranking.candidates[0].id == "pale/what"
