"""A first message that names no paper gets one short question, and no guess."""

import pytest

from bot.conversation import Outcome
from tests.support.talk import Talk


@pytest.mark.parametrize(
    "text",
    [
        "ayuda papeles",
        "hola, necesito ayuda con mis papeles",
        "i need help with my papers",
        "i need help but my spanish is really bad",
    ],
)
def test_no_topic_is_guessed(talk: Talk, text: str) -> None:
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK
    assert talk.conversation.topic is None
    assert talk.said.endswith("?")


def test_what_mexicans_keep_is_not_told_to_others(talk: Talk) -> None:
    talk.say("soy de honduras, quiero trabajar en la cosecha de café en Chiapas con permiso")
    talk.say("y si la pierdo")
    assert talk.conversation.topic != "taller-doble-nacionalidad"
