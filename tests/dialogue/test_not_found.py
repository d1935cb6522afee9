"""Who looked for something in vain is led to the section that holds it, or asked once what it is."""

import pytest

from bot.conversation import Outcome


@pytest.mark.parametrize(
    ("first", "then", "section"),
    [
        ("cómo tramito el pasaporte", "busqué el precio y no lo encontré", "cost"),
        ("qué es la matrícula consular", "no encontré los requisitos", "requirements"),
        ("how do I get the consular id", "I looked for the price and could not find it", "cost"),
    ],
)
def test_what_was_not_found_is_led_to(talk, first, then, section):
    talk.say(first)
    assert talk.say(then).conversation.section == section


@pytest.mark.parametrize(
    ("first", "then"),
    [("cómo saco la matrícula", "no lo encontré"), ("how do I renew my passport", "could not find it")],
)
def test_what_is_not_named_is_asked_for_and_no_despair(talk, first, then):
    talk.say(first)
    topic = talk.conversation.topic
    turn = talk.say(then)
    assert turn.reading.check is None
    assert turn.reading.outcome is not Outcome.URGENT
    assert turn.conversation.topic == topic
    assert "?" in talk.said
    assert turn.conversation.offered
