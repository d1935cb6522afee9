"""Remarks, slips and nerves get a short kind word, never the same twice, and lead back to what was open."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.pending import offered_topics
from knowledge.model import Knowledge
from tests.support.talk import Talk

REMARKS = [
    "jaja perdon me equivoque de chat",
    "ay no me haga caso, estaba viendo una pelicula",
    "era broma jaja",
    "ando bien nerviosa jaja",
    "me urge, me estoy muriendo de los nervios",
    "perdon",
    "perdon por tantas preguntas",
    "lol sorry wrong chat",
    "im so stressed haha",
    "just kidding",
    "jaja",
]


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_leads_back_to_the_open_topic(remark: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("como renuevo mi pasaporte")
    turn = talk.say(remark)
    assert turn.reading.outcome is Outcome.SMALLTALK
    assert turn.conversation.topic == "pasaporte"
    assert knowledge.topics["pasaporte"].title.say(turn.conversation.lang or "es") in talk.said
    assert talk.labels


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_leaves_our_question_open(remark: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    before = offered_topics(talk.say("cita para el pasaporte").conversation)
    assert offered_topics(talk.say(remark).conversation) == before


@pytest.mark.parametrize("remark", ["perdon", "ando bien nerviosa", "jaja", "me da mucho miedo que no me lo den"])
def test_no_word_of_ours_is_said_twice_in_a_row(remark: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("como renuevo mi pasaporte")
    talk.say(remark)
    before = talk.said
    talk.say(remark)
    assert talk.said != before


@pytest.mark.parametrize(
    ("text", "topic"),
    [("perdon me equivoque, es la matricula", "matricula-consular"), ("disculpe, cuanto cuesta", "pasaporte")],
)
def test_what_is_more_than_a_remark_is_answered(text: str, topic: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("como renuevo mi pasaporte")
    assert talk.say(text).conversation.topic == topic


def test_a_greeting_stays_one(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("hola disculpe")
    assert talk.said.startswith("Hola")


@pytest.mark.parametrize("text", ["perdon por todo", "perdonenme por todo, adios", "sorry for everything goodbye"])
def test_a_goodbye_that_may_be_for_good_is_no_courtesy(text: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    turn = talk.say(text)
    assert "911" in talk.said
    assert turn.reading.outcome is not Outcome.ANSWER
    assert "Con gusto" not in talk.said


def test_what_the_danger_model_hears_in_a_goodbye_stands(knowledge: Knowledge) -> None:
    reading = Talk(knowledge).say("perdonenme todos, adios").reading
    assert "self_harm" in (reading.check, reading.urgent and reading.urgent.category)


def test_a_sorry_goodbye_is_asked_whether_they_are_well(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("lo siento mucho adios")
    assert "hacerse daño" in talk.said
    assert "911" in talk.said
