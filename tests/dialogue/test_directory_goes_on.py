"""The directory: whose consulate is asked for, another one nearby, postal codes."""

import pytest

from bot.conversation import Outcome


@pytest.mark.parametrize(
    "text",
    [
        "somos hondureños y vivimos en Dallas, cuál es nuestro consulado",
        "I am from Guatemala, which consulate do I go to in Miami",
        "soy de Nicaragua, dónde está mi consulado en Atlanta",
    ],
)
def test_who_is_of_another_country_is_not_sent_to_mexicos(talk, text):
    talk.say(text)
    assert "solo tiene los consulados de México" in talk.said or "only" in talk.said
    assert "Tapachula" not in talk.said


def test_a_nationality_that_answers_ours_is_no_place(talk):
    talk.say("dónde está mi consulado")
    talk.say("soy de El Salvador")
    assert "solo tiene los consulados de México; de los de otro país" in talk.said


@pytest.mark.parametrize(
    "turns",
    [
        ("registrar a mi niña", "mi esposo es ecuatoriano se puede?"),
        ("quiero pasaporte", "y mi esposa que es americana tambien puede?"),
        ("nacida en texas mi hija quiero papeles mexicanos", "mi esposo es gringo puede vivir aqui?"),
        ("como registro a mi hijo", "my wife is from honduras is that a problem"),
    ],
)
def test_anothers_nationality_asks_for_no_consulate(talk, turns):
    for turn in turns:
        talk.say(turn)
    assert not {"directorio", "directory"} & set(talk.said.split())


def test_a_nationality_alone_is_not_the_directorys(talk):
    assert "directorio" not in (talk.say("soy de Honduras") and talk.said)


@pytest.mark.parametrize("text", ["encuéntrame mi consulado", "localiza mi consulado", "find my consulate"])
def test_the_town_is_asked_for_and_then_read(talk, text):
    talk.say(text)
    talk.say("Fresno")
    assert "Fresno" in talk.said
    assert talk.conversation.consulate


@pytest.mark.parametrize("text", ["90011", "mi código postal es 60629", "consulado zip 77002"])
def test_a_postal_code_is_admitted_and_the_town_asked_for(talk, text):
    assert talk.say(text).reading.outcome is Outcome.QUESTION
    talk.say("Dallas")
    assert "Dallas" in talk.said


@pytest.mark.parametrize("text", ["no hay otro más cerca", "is there another one closer?"])
def test_another_one_nearby_is_not_the_same_card(talk, text):
    talk.say("consulado en Houston")
    card = talk.said
    talk.say(text)
    assert talk.said != card
    assert talk.labels


def test_santiago_is_not_silently_in_mexico(talk):
    talk.say("consulado de México en Santiago")
    assert "Chile" in talk.said


@pytest.mark.parametrize("text", ["y cuanto questa", "y sale caro", "que papeles hay que llebar, y cuanto questa"])
def test_a_plain_word_is_no_small_town(talk, text):
    talk.say("que es la matricula consular")
    talk.say(text)
    assert talk.conversation.topic == "matricula-consular"
    assert "línea recta" not in talk.said


@pytest.mark.parametrize("text", ["en questa", "vivo en caro michigan", "questa nuevo mexico"])
def test_a_place_word_or_a_state_makes_it_one(talk, text):
    talk.say("que es la matricula consular")
    talk.say(text)
    assert "línea recta" in talk.said
