"""Courtesy: what is left of a message when its pieces are taken away, alone and in front of a question."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.words import talk as talk_words
from bot.dialogue.words.talk import smalltalk_in, without_opening
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    "text",
    ["gracias jefe", "ay gracias maestra", "muchas gracias hermano", "thank u boss", "gracias por la info señorita"],
)
def test_thanks_with_a_word_for_who_is_thanked(text, knowledge):
    found = smalltalk_in(text, knowledge)
    assert found is not None
    assert found.id == "thanks"


def test_a_relative_named_alone_is_no_thanks(knowledge):
    assert smalltalk_in("mi hermana", knowledge) is None


@pytest.mark.parametrize(
    ("text", "talk_id"),
    [
        ("buenas tardes una pregunta", "may-i-ask"),
        ("oiga una preguntita", "may-i-ask"),
        ("hola que tal, me pueden ayudar con algo", "may-i-ask"),
        ("hi good afternoon i have a question", "may-i-ask"),
        ("hello can u help me", "may-i-ask"),
        ("can i ask you something", "may-i-ask"),
        ("hola, can i ask something please", "may-i-ask"),
        ("buens tardes disclpe una pregnta", "may-i-ask"),
        ("buenas tardes señorita disculpe", "greeting"),
        ("buenos dias disculpe la molestia", "greeting"),
        ("gracias ok", "thanks"),
        ("ok ty", "thanks"),
        ("ni modo gracias", "thanks"),
        ("ya quedo gracias", "thanks"),
        ("gracias q dios la bendiga", "thanks"),
        ("no pues gracias", "thanks"),
        ("gracias pero no me sirvió", "insult"),
        ("ok bye", "bye"),
        ("no no me paso nada estoy bien", "being-helped"),
        ("no gracias", "no"),
        ("necesito ayuda", "cry"),
    ],
)
def test_what_is_left_of_courtesy(text: str, talk_id: str, knowledge: Knowledge) -> None:
    found = smalltalk_in(text, knowledge)
    assert found is not None
    assert found.id == talk_id


@pytest.mark.parametrize(
    "text", ["por favor", "gracias a dios no le paso nada malo a mi hijo", "ok y el costo", "algo"]
)
def test_what_is_no_courtesy(text: str, knowledge: Knowledge) -> None:
    assert smalltalk_in(text, knowledge) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("hola buenas, mi cita es el lunes y no puedo ir", "mi cita es el lunes y no puedo ir"),
        ("Buenos días señorita, fíjese que MI esposo no llega", "MI esposo no llega"),
        ("hi can you help me find my brother?", "find my brother?"),
        ("hola me pueden ayudar con algo de comer", "algo de comer"),
        ("gracias a dios ya salio", "gracias a dios ya salio"),
        ("hola buenas tardes", "hola buenas tardes"),
        ("mi cita es el lunes", "mi cita es el lunes"),
    ],
)
def test_courtesy_in_front_is_taken_away(text: str, rest: str, knowledge: Knowledge) -> None:
    assert without_opening(text, knowledge) == rest


@pytest.mark.parametrize(
    "text",
    [
        "mi cita es el lunes y no puedo ir",
        "cuanto cuesta la matricula",
        "mi hijo no respira",
        "donde denuncio a mi patron",
    ],
)
@pytest.mark.parametrize(
    "courtesy", ["hola buenas, ", "buenas tardes disculpe una pregunta ", "hi i have a question, "]
)
def test_courtesy_changes_nothing_of_what_is_understood(courtesy: str, text: str, knowledge: Knowledge) -> None:
    alone, behind = Talk(knowledge).say(text).reading, Talk(knowledge).say(courtesy + text).reading
    assert (behind.outcome, behind.topics, behind.check) == (alone.outcome, alone.topics, alone.check)


def test_a_question_announced_is_asked_for(talk: Talk) -> None:
    assert talk.say("buenas noches disculpe una pregunta").reading.outcome is Outcome.SMALLTALK
    assert "dígame" in talk.said


@pytest.mark.parametrize(
    "text", ["bns noches seño, ando en Fresno", "estoy en Tijuana", "hi, i live in north carolina"]
)
def test_who_only_says_where_they_are_is_asked_what_they_need(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK
    assert "?" in talk.said
    assert talk.conversation.country


def test_a_courtesy_before_it_neither_bears_out_nor_softens_danger(knowledge: Knowledge) -> None:
    text = "ya dejé la carta y las cosas de mis hijos acomodadas"
    alone, behind = Talk(knowledge), Talk(knowledge)
    alone.say(text)
    behind.say("ok gracias")
    assert behind.say(text).reading.outcome is alone.turns[-1].reading.outcome


@pytest.mark.parametrize(
    "text",
    [
        "bueno, mañana marco al consulado de atlanta, muchas gracias",
        "gracias, voy a ir a la oficina del abogado",
        "ok im gonna call the consulate in denver, thank you so much",
    ],
)
def test_a_goodbye_with_a_plan_gets_a_goodbye(talk: Talk, text: str) -> None:
    talk.say("cuánto cuesta la matrícula" if "gonna" not in text else "how much is the consular id")
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK
    assert talk.conversation.consulate is None


@pytest.mark.parametrize("text", ["voy a llamar al consulado de atlanta", "voy a ir al consulado, qué llevo"])
def test_a_plan_that_asks_is_no_goodbye(talk: Talk, text: str) -> None:
    assert talk.say(text).reading.outcome is not Outcome.SMALLTALK


def test_words_of_harm_are_no_plan(talk: Talk) -> None:
    assert smalltalk_in("gracias, voy a ir a matarlo", talk.knowledge) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("oiga a qué fecha estamos", "20 de noviembre"),
        ("qué día es hoy", "20 de noviembre"),
        ("what's today's date", "20 November"),
    ],
)
def test_which_day_it_is_is_said(talk: Talk, text: str, day: str) -> None:
    talk.say("cuándo es la cop31")
    talk.say(text)
    assert day in talk.said
    assert "Antalya" not in talk.said


def test_a_thousand_commas_are_no_thousand_courtesies(knowledge, monkeypatch):
    read = []
    monkeypatch.setattr(talk_words, "is_courtesy", lambda text, _: read.append(text) or False)
    long = "a," * 5000
    assert talk_words.behind_courtesy(long, knowledge) == long
    assert len(read) <= talk_words.LONGEST_OPENING


@pytest.mark.parametrize(
    ("signs", "talk_id"),
    [
        ("😭😭", "tears"),
        ("💔", "tears"),
        ("👋", "greeting"),
        ("🙏🙏🙏", "thanks"),
        ("🆘", "cry"),
        ("🙏 🆘", "cry"),
        ("👍🏽", "ok"),
        ("❤️", "thanks"),
        ("😂", "laugh"),
        ("🌮", "bare-answer"),
        ("?", "bare-answer"),
    ],
)
def test_signs_without_words(signs: str, talk_id: str, knowledge: Knowledge) -> None:
    found = smalltalk_in(signs, knowledge)
    assert found is not None
    assert found.id == talk_id


def test_no_sign_is_two_small_talks(knowledge: Knowledge) -> None:
    signs = [sign for one in knowledge.smalltalk for sign in one.signs]
    assert len(signs) == len({*signs})


@pytest.mark.parametrize(
    ("turns", "talk_id"),
    [
        (["quien eres", "entonces no eres una persona?"], "who-are-you"),
        (["me puede echar la mano con un problema"], "may-i-ask"),
        (["cuéntame un chiste porfa"], "joke"),
        (["hoy extraño mucho a mi gente"], "longing"),
        (["y cobran algo por usar este chat"], "free"),
        (["quien ganó el mundial"], "far"),
        (["en que iba?"], "nothing-begun"),
        (["where did we leave off"], "nothing-begun"),
        (["cuando es la csw", "y como lo agrego a google calendar"], "into-my-calendar"),
        (["cuanto es 2+2"], "far"),
        (["cuanto cuesta el pasaporte", "no entiendes nada, estupido robot"], "insult"),
    ],
)
def test_small_talk_in_words_of_their_own(turns: list[str], talk_id: str, talk: Talk) -> None:
    for text in turns:
        talk.say(text)
    assert (talk.turns[-1].reading.outcome, talk.turns[-1].reading.why) == (Outcome.SMALLTALK, talk_id)


def test_no_small_talk_says_the_same_twice(talk: Talk) -> None:
    first, second = talk.say("cuéntame un chiste"), talk.say("ándale, cuéntame un chiste")
    assert first.reading.why == second.reading.why == "joke"
    assert first.replies[-1].text != second.replies[-1].text


@pytest.mark.parametrize(
    "turns",
    [
        ["me puedes ayudar con el pasaporte de mi niña"],
        ["mi esposo está llorando y no respira"],
        ["quiero hablar con una persona"],
        ["cuánto cobran por el acta de nacimiento"],
        ["me siento sola y ya no quiero seguir viviendo"],
        ["borrar", "no gracias"],
        ["cómo saco mi curp", "paso a paso", "ya estufas"],
    ],
)
def test_what_is_no_small_talk(turns: list[str], talk: Talk) -> None:
    for text in turns:
        talk.say(text)
    assert talk.turns[-1].reading.policy != "unsure" or talk.turns[-1].reading.outcome is not Outcome.SMALLTALK
