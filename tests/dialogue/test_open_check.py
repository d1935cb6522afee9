"""A check stays open until it is answered: more of the same is that danger, a sign of another is only asked about."""

from datetime import timedelta

import pytest

from bot.conversation import Conversation, Doubt, Outcome
from bot.dialogue.danger.doubt import borne_out, doubt_left
from bot.dialogue.danger.judging import judge
from tests.support.talk import Talk

NO_WATER_LEFT = "aquí en la galera se está juntando agua con la lluvia"


def _open(talk: Talk, category: str, text: str) -> None:
    talk.remember(doubt=Doubt(category=category, text=text, at=talk.now))


@pytest.mark.parametrize(
    ("category", "first", "later"),
    [
        ("disaster", NO_WATER_LEFT, "el agua ya nos llega a la cintura y no hay quien nos saque"),
        (
            "medical",
            "mi señora anda muy adolorida, ya mero es el parto",
            "ahora se le rompió la fuente y está sangrando mucho",
        ),
        ("kidnapping", "el contratista no quiere que salgamos", "ya nos puso candado y dice que hasta pagarle"),
    ],
)
def test_more_of_what_was_asked_about_is_that_danger(talk, category, first, later):
    _open(talk, category, first)
    turn = talk.say(later)
    assert turn.reading.outcome is Outcome.URGENT
    assert turn.reading.urgent.category == category
    assert turn.conversation.doubt is None


def test_it_stays_open_while_something_else_is_spoken_of(talk):
    _open(talk, "medical", "mi señora anda muy adolorida, le falta un mes para el parto")
    assert talk.say("¿qué papeles pide el consulado para la matrícula?").conversation.doubt is not None


@pytest.mark.parametrize("text", ["no, ya está bien", "no pasa nada, gracias", "no, ya no"])
def test_who_answers_no_closes_it(talk, knowledge, text):
    doubt = Doubt(category="medical", text="mi papá no se siente bien", at=talk.now)
    assert doubt_left(text, Conversation(doubt=doubt), knowledge, talk.now).closed


def test_time_closes_it(talk, knowledge):
    doubt = Doubt(category="medical", text="mi papá no se siente bien", at=talk.now - timedelta(hours=1))
    assert doubt_left("somos cuatro", Conversation(doubt=doubt), knowledge, talk.now).closed


def test_a_doubtful_sign_of_another_danger_is_only_asked_about(talk, knowledge):
    text = "my sister is nine months along, where is a doctor for her"
    doubt = Doubt(category="detention", text="officers ask people for papers at the market", at=talk.now)
    alone = judge(text, knowledge)
    danger = alone.danger if alone is not None and alone.unsure else None
    assert borne_out(text, doubt, danger, None, knowledge)[0] is None


@pytest.mark.parametrize(
    "turns",
    [
        ["officers ask people for papers at the market", "my sister is nine months along, where is a doctor for her"],
        ["mi papá está en la cárcel", "le faltan tres años", "¿lo puedo visitar sin papeles?"],
    ],
)
def test_what_is_only_asked_after_an_open_check_is_no_danger(talk, turns):
    assert all(talk.say(text).reading.outcome is not Outcome.URGENT for text in turns)


@pytest.mark.parametrize(
    ("category", "asked_about", "then"),
    [
        ("medical", "mi niña nació toda morada, dice la partera", "este año entra a la primaria"),
        ("violence", "our shelter gets women who were beaten", "three just this month, all in programs now"),
        ("self_harm", "me voy a colgar... del wifi de la vecina", "como agendo pasaporte en raleigh"),
    ],
)
def test_what_would_not_be_asked_about_itself_bears_nothing_out(talk, category, asked_about, then):
    talk.say("¿cómo saco una cita en el consulado?")
    talk.was_asked(category, asked_about)
    assert talk.say(then).reading.outcome is not Outcome.URGENT


@pytest.mark.parametrize("text", ["no sé", "ya no", "pues ahí la llevo"])
def test_after_the_question_about_self_harm_all_else_is_danger(talk, text):
    talk.was_asked("self_harm", "ya me cansé de todo")
    assert talk.say(text).reading.outcome is Outcome.URGENT


@pytest.mark.parametrize(
    ("calm", "text"),
    [
        (
            "mi papá recibía su pensión de estados unidos y ya falleció, ¿tiene derecho mi mamá?",
            "mi mamá dice que sin él la vida ya no tiene caso",
        ),
        ("how do i apostille my diploma", "my sister says she has nothing left to live for"),
    ],
)
def test_a_wish_to_die_in_a_calm_topic_is_asked_about_and_the_topic_stays(talk, calm, text):
    talk.say(calm)
    topic = talk.conversation.topic
    turn = talk.say(text)
    assert turn.reading.outcome in (Outcome.CHECK, Outcome.URGENT)
    assert "911" in talk.said
    assert turn.reading.outcome is Outcome.URGENT or talk.conversation.topic == topic is not None


def test_what_was_asked_about_is_answered_after_a_no_and_forgotten_then(talk):
    talk.was_asked("medical", "¿qué papeles pide el consulado para la matrícula?")
    turn = talk.say("no, no pasa nada")
    assert turn.reading.answered[0] == "matricula-consular"
    assert talk.say("gracias").conversation.doubt is None


@pytest.mark.parametrize(
    ("first", "text"),
    [
        ("mi esposo anda de malas desde anoche", "no, bueno, me apretó el cuello pero ya pasó, ya se durmió"),
        (
            "my husband got a bit rough last night",
            "no, well he grabbed me by the throat but it's over, he left for work",
        ),
    ],
)
def test_a_no_with_a_danger_behind_it_is_asked_about_at_least(talk: Talk, first: str, text: str) -> None:
    talk.say(first)
    turn = talk.say(text)
    assert turn.reading.check == "violence" or turn.reading.urgent is not None
    assert "911" in talk.said
