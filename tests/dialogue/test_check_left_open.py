"""A check that gets no yes and no no: the number is said again, and what is added where somebody is feared is help."""

import pytest

from bot.conversation import Doubt, Outcome

FEARED = "a la muchacha de enfrente la espera afuera el que la trajo"
NUMBER = "911"


def _ask(talk, category="violence", text=FEARED):
    talk.remember(checking=category, doubt=Doubt(category=category, text=text, last=text, at=talk.now))


@pytest.mark.parametrize("category", ["violence", "kidnapping"])
def test_the_check_fits_what_is_only_threatened(knowledge, category):
    words = knowledge.categories[category].check
    assert "soon" in words.en or "wants to" in words.en
    assert "pronto" in words.es or "quiera" in words.es


def test_a_question_after_it_is_answered_behind_the_number(talk):
    _ask(talk)
    turn = talk.say("¿cuánto cuesta el pasaporte mexicano por seis años?")
    assert turn.reading.answered == ("pasaporte",)
    assert NUMBER in turn.replies[0].text or NUMBER in turn.replies[1].text


def test_a_no_is_answered_without_it(talk):
    _ask(talk)
    talk.say("no, ¿cuánto cuesta el pasaporte mexicano por seis años?")
    assert NUMBER not in talk.said


@pytest.mark.parametrize("category", ["violence", "kidnapping", "child"])
def test_a_fact_that_is_added_is_that_danger(talk, category):
    _ask(talk, category)
    assert talk.say("ella es de puebla y no se anima a salir").reading.outcome is Outcome.URGENT


@pytest.mark.parametrize("text", ["gracias, otra cosa, lo de mi pasaporte", "muchas gracias"])
def test_another_matter_is_no_fact(talk, text):
    _ask(talk)
    assert talk.say(text).reading.outcome is not Outcome.URGENT


@pytest.mark.parametrize("earnest", ["ya en serio, ", "fuera de broma, ", "for real now, "])
def test_a_threat_in_earnest_is_heard_after_a_joke(talk, earnest):
    talk.say("dicen que el patrón los va a matar a todos si llegan tarde jaja")
    turn = talk.say(f"{earnest}el ex de mi hermana dijo que el viernes viene con una pistola por ella")
    assert turn.reading.outcome is Outcome.URGENT
