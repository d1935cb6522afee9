"""Where an answer comes from: one line under it, the rest for who asks, a button for who works with sources."""

import pytest

from tests.support.talk import Talk

WORDS = "¿De dónde sale esto?"


@pytest.mark.parametrize(
    "asked", [WORDS, "de donde sacan eso", "cual es la fuente", "fuentes", "where does this come from"]
)
def test_the_sources_of_what_was_answered_are_given_for_the_asking(asked: str, talk: Talk) -> None:
    talk.say("cuanto cuesta el pasaporte")
    assert WORDS not in talk.labels
    assert talk.said.count("Fuente: ") == 1
    assert talk.said.rpartition("Fuente: ")[2].count("http") == 1
    turn = talk.say(asked)
    assert turn.conversation.topic == "pasaporte"
    assert turn.replies[-1].text.count("https://") > 1


def test_who_works_with_sources_gets_a_button(talk: Talk) -> None:
    talk.say("estatus consultivo ecosoc")
    talk.say("que requisitos piden")
    talk.tap(WORDS)
    assert "De dónde sale lo que dije" in talk.said


def test_before_any_answer_there_is_nothing_to_give_sources_of(talk: Talk) -> None:
    turn = talk.say(WORDS)
    assert "De dónde sale lo que dije" not in turn.replies[-1].text
