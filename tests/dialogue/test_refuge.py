"""Who fears their government is never led to it, and who is of another country not to Mexico's papers."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.person.signals import read_signals

FEARS = "soy reportera y el gobierno de mi país me busca para meterme a la cárcel"


@pytest.mark.parametrize(
    "text",
    [
        "a quién le pido protección consular en dallas",
        "cómo me registro en la embajada",
        "mi consulado me puede ayudar con un abogado?",
        "can the consulate protect me here in chicago",
    ],
)
def test_no_answer_leads_to_the_government_that_is_feared(talk, text):
    talk.say(FEARS)
    turn = talk.say(text)
    assert turn.reading.outcome is not Outcome.ANSWER
    assert "520 623 7874" not in talk.said
    assert not any("Consul" in label or "consul" in label for label in talk.labels)


def test_refuge_is_answered_also_to_who_fears(talk):
    talk.say(FEARS)
    assert talk.say("cómo pido refugio en México").reading.answered == ("condicion-refugiado",)


@pytest.mark.parametrize(
    "text",
    [
        "me da mucho miedo ir al consulado",
        "la embajada me da pavor, no voy a ir",
        "si me regresan a Nicaragua me meten preso",
        "nos mandan de vuelta y allá nos van a encarcelar",
        "i am scared to go to my embassy",
        "if they send me back they will jail me",
    ],
)
def test_fear_of_the_own_government(knowledge, text):
    assert read_signals(text, knowledge).fears_government


@pytest.mark.parametrize(
    "text",
    [
        "me da miedo que la embajada americana me niegue la visa",
        "me da miedo ir al consulado porque hay redadas",
        "no quiero ir al consulado porque está lejos",
        "la migra me quiere meter preso",
        "y si salgo ya no puedo volver, verdad?",
        "if my mom leaves she can not go back home to us",
        "la policía de mi país da la carta de antecedentes",
    ],
)
def test_fear_of_something_else(knowledge, text):
    assert not read_signals(text, knowledge).fears_government


@pytest.mark.parametrize(
    "texts",
    [
        ("soy nicaragüense", "cómo renuevo el pasaporte"),
        ("somos de Guatemala", "cuánto cuesta la matrícula consular"),
        ("i am from colombia", "i lost my passport"),
    ],
)
def test_papers_of_mexicans_are_not_offered_to_others(talk, texts):
    for text in texts:
        turn = talk.say(text)
    assert not turn.reading.answered
    assert "personas mexicanas" in talk.said or "for Mexicans" in talk.said


@pytest.mark.parametrize("text", ["soy hondureña", "somos de guatemala", "i am from honduras", "soy mexicano"])
def test_who_only_says_of_which_country_they_are_is_asked_what_they_need(talk, text):
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK


@pytest.mark.parametrize("text", ["soy colombiano quiero pedir refugio", "soy venezolano necesito trabajo"])
def test_who_says_what_they_need_beside_it_is_not_asked_again(talk, text):
    assert talk.say(text).reading.outcome is not Outcome.SMALLTALK


@pytest.mark.parametrize("text", ["soy mexicano y perdí mi pasaporte", "cuánto cuesta la matrícula"])
def test_a_mexican_gets_the_answer(talk, text):
    assert talk.say(text).reading.answered


def test_a_nationality_is_kept_as_long_as_the_conversation(talk):
    talk.say("i am from colombia")
    for text in ("hello", "thanks", "ok", "good morning", "hi", "i lost my passport"):
        talk.say(text)
    assert "for Mexicans" in talk.said


def test_a_fear_that_we_heard_is_never_told_as_a_fact(talk):
    talk.say(FEARS)
    talk.say("cómo me registro en la embajada")
    assert "Usted habló" not in talk.said
    assert "Si teme" in talk.said


@pytest.mark.parametrize(
    ("told", "then"),
    [
        (
            "mi concuña anda sin papeles y le da miedo ir al consulado",
            "no es por el gobierno de méxico, es por la migra",
        ),
        ("my aunt is scared to go to the consulate", "she is not afraid of mexico, only of ice"),
        ("mi tía no tiene papeles y tiene miedo de ir al consulado", "entra la migra al consulado o no?"),
    ],
)
def test_who_fears_ice_alone_is_told_whether_the_consulate_is_safe(talk, told: str, then: str) -> None:
    talk.say(told)
    talk.say(then)
    assert (talk.conversation.topic, talk.conversation.section) == ("guia-que-hace-consulado", "safe")
    assert not talk.conversation.fears_government


@pytest.mark.parametrize(
    ("told", "then"),
    [
        ("soy reportera amenazada y tengo miedo de ir al consulado", "ahí entra la migra?"),
        ("temo a mi gobierno, me persiguen, me da miedo ir al consulado", "y la migra me agarra en el consulado?"),
        ("soy de nicaragua y tengo miedo de mi gobierno", "no tengo miedo de méxico, nomás de la migra"),
        ("me persiguen, no tengo papeles y tengo miedo de ir al consulado de mi país", "y qué hago"),
        ("no tengo papeles, me persiguen y me da miedo ir al consulado", "y qué hago"),
        ("me da miedo ir al consulado", "no le tengo miedo a la migra, tengo miedo de mi gobierno"),
    ],
)
def test_who_fears_their_government_is_not_sent_to_it_by_words_on_ice(talk, told: str, then: str) -> None:
    talk.say(told)
    talk.say(then)
    assert talk.conversation.fears_government


@pytest.mark.parametrize("denied", ["no le temo a mi gobierno", "I am not afraid of my government"])
def test_who_says_that_they_do_not_fear_it_is_believed(talk, denied: str) -> None:
    talk.say("pedí refugio en Canadá y me lo negaron")
    assert talk.conversation.fears_government
    talk.say(denied)
    assert not talk.conversation.fears_government


@pytest.mark.parametrize("text", ["no quiero refugio, quiero regresar a mi país", "i dont want asylum"])
def test_who_asks_for_no_asylum_tells_of_no_fear(text: str, knowledge) -> None:
    assert read_signals(text, knowledge).fears_government is None


def test_who_asks_for_no_asylum_may_fear_their_government_all_the_same(talk) -> None:
    talk.say("me persigue el gobierno de mi país")
    talk.say("no quiero pedir refugio aquí")
    assert talk.conversation.fears_government
