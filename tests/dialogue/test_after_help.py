"""After a help text the conversation stays with the danger (urgency.md, point 8), and a check has one polarity."""

import pytest

from bot.conversation import CaseNeeded, Outcome

AFTERWARDS = ["ya no puedo", "jaja no era broma", "estoy sola", "ayuda", "gracias", "leave me alone"]


@pytest.mark.parametrize("text", AFTERWARDS)
def test_after_words_of_dying_nothing_is_clarified_or_shrugged_off(talk, text):
    talk.say("me quiero morir")
    turn = talk.say(text)
    assert turn.reading.outcome in (Outcome.QUESTION, Outcome.URGENT)
    assert "911" in talk.said


@pytest.mark.parametrize("text", ["ya casi no tengo pila", "somos cuatro", "nadie me contesta"])
def test_what_is_not_understood_after_danger_is_about_the_danger(talk, text):
    talk.say("estamos perdidos en el desierto y ya no traemos agua")
    turn = talk.say(text)
    assert turn.reading.outcome in (Outcome.QUESTION, Outcome.URGENT)
    assert "911" in talk.said


def test_a_clear_question_after_danger_is_answered(talk):
    talk.say("la migra se esta llevando a mi hermano")
    turn = talk.say("cuanto cuesta el pasaporte")
    assert turn.reading.answered == ("pasaporte",)


def test_who_asks_for_a_number_after_danger_gets_the_numbers(talk):
    talk.say("la migra se esta llevando a mi hermano")
    talk.say("a que numero llamo")
    assert "1 520 623 7874" in talk.said


def test_who_asks_for_a_person_after_danger_gets_the_lines_too(talk):
    talk.say("me quiero morir")
    turn = talk.say("quiero hablar con una persona")
    assert "988" in talk.said
    assert any(isinstance(event, CaseNeeded) for event in turn.events)


@pytest.mark.parametrize("text", ["1", "si", "sí la verdad", "no, no estoy bien", "no se", "quien sabe"])
def test_all_but_a_plain_no_to_the_question_about_hurting_oneself_is_helped(talk, text):
    assert talk.say("ya no puedo más").reading.check == "self_harm"
    assert talk.say(text).reading.outcome is Outcome.URGENT


@pytest.mark.parametrize("text", ["no se", "pues no sé", "quien sabe"])
def test_who_does_not_know_is_no_danger(talk, text):
    talk.say("hola")
    assert talk.say(text).reading.outcome not in (Outcome.CHECK, Outcome.URGENT)


@pytest.mark.parametrize("text", ["2", "no"])
def test_a_plain_no_is_met_kindly(talk, text):
    talk.say("ya no puedo más")
    assert talk.say(text).reading.outcome is Outcome.QUESTION
    assert "Me alegra" in talk.said


def test_a_check_is_asked_once_and_then_over(talk):
    talk.say("ya no puedo más")
    talk.say("cuanto cuesta el pasaporte")
    assert talk.say("si").reading.outcome is not Outcome.URGENT


@pytest.mark.parametrize("text", ["auxilio por favor", "sos", "help me please", "911"])
def test_a_bare_cry_gets_the_number_and_one_question(talk, text):
    talk.say(text)
    assert "911" in talk.said
    assert "?" in talk.said or "dónde está" in talk.said or "where you are" in talk.said


@pytest.mark.parametrize("text", ["Tapachula", "en tijuana", "ando en Oaxaca"])
def test_a_town_answers_in_which_country(talk, text):
    talk.say("la migra se esta llevando a mi hermano")
    talk.say(text)
    assert talk.conversation.country == "MX"
    assert "desde Estados Unidos)" not in talk.said


@pytest.mark.parametrize("text", ["si", "no", "no se donde"])
def test_a_bare_answer_after_danger_is_about_the_danger(talk, text):
    talk.say("nos tienen encerrados en una casa y no nos dejan salir")
    talk.say(text)
    assert "911" in talk.said


def test_a_few_words_without_a_rule_go_on_with_what_was_told(talk):
    talk.say("mi amiga se quiere matar")
    turn = talk.say("tiene 16, me lo dijo ayer")
    assert [told.category for told in turn.conversation.told] == ["self_harm"]


def test_who_cannot_talk_beside_a_violent_husband_is_not_ill(talk):
    talk.say("mi esposo me pega")
    assert talk.say("no puedo hablar").conversation.told[-1].category == "violence"


def test_whoever_said_that_they_are_safe_may_ask_about_something_else(talk):
    talk.say("me quiero matar")
    assert talk.say("cuanto cuesta el pasaporte").reading.answered == ("pasaporte",)
    assert "Aquí sigo" in talk.said
    assert "¿Está a salvo ahora mismo?" in talk.said
    talk.say("si")
    assert talk.say("cuanto cuesta el pasaporte").reading.answered == ("pasaporte",)


def test_a_question_about_the_body_is_answered_after_the_help(talk):
    talk.say("se murió mi papá ayer en chicago")
    assert talk.say("cómo llevo el cuerpo a México, qué trámite es").reading.answered


def test_what_settles_answers_a_check(talk):
    talk.was_asked("lost", "vamos en un camion cerrado")
    assert talk.say("ya pasó, estamos bien").reading.outcome is Outcome.QUESTION
    assert "Gracias por decírmelo" in talk.said


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ("falleció mi tía esta mañana", "en estados unidos"),
        ("la migra detuvo a mi papá", "estados unidos"),
        ("acabo de llegar deportada y no conozco a nadie", "México"),
        ("we have nowhere to sleep tonight", "united states"),
    ],
)
def test_the_emergency_number_heads_the_numbers_only_where_lives_are_at_stake(talk, told, where):
    talk.say(told)
    talk.say(where)
    assert talk.conversation.country
    assert not talk.said.startswith(("Primero", "First"))


@pytest.mark.parametrize(
    "told", ["mi hijo no respira", "me tienen secuestrada", "nos perdimos en el desierto sin agua"]
)
def test_where_lives_are_at_stake_the_emergency_number_stays_first(talk, told):
    talk.say(told)
    talk.say("estados unidos")
    assert talk.said.startswith("Primero llame al 911")
