"""Beside "I did not understand" a question is answered, not only the last answer shortened."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("first", "then", "section"),
    [
        ("que necesito para la matricula", "no le entiendo, y cuánto dura?", "validity"),
        ("how do i get the mexican voter card", "i dont understand, how long does it take?", "duration"),
    ],
)
def test_another_section_answers(first: str, then: str, section: str, talk: Talk) -> None:
    talk.say(first)
    talk.say(then)
    assert talk.conversation.section == section


def test_of_the_section_just_shown_what_speaks_of_it_is_said(talk: Talk) -> None:
    talk.say("que es la cluni")
    talk.say("no le entendí, eso quién lo firma")
    assert "representante legal" in talk.said


def test_without_a_question_it_is_said_in_short(talk: Talk) -> None:
    whole = talk.say("que es la cluni").replies[-1].text
    talk.say("no le entendí nada")
    assert "En corto" in talk.said
    assert len(talk.said) < len(whole)


@pytest.mark.parametrize("vague", ["como la ve usted joven", "pues usted que dice joven"])
def test_a_vague_message_is_offered_the_sections_of_what_is_open(vague: str, talk: Talk) -> None:
    talk.say("ocupo sacar la matricula consular")
    talk.say(vague)
    assert talk.conversation.topic == "matricula-consular"
    assert any(choice.payload.startswith("s|matricula-consular|") for choice in talk.conversation.offered)
