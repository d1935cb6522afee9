"""A fact in a thread is taken up, with what our texts say of it or the next step: no menu, no answer said twice."""

import pytest

from bot.conversation import Outcome
from knowledge.model import Knowledge
from tests.support.talk import Talk

RETURNED = "regrese a Chihuahua por mi cuenta despues de 9 años alla, no tengo papeles de aqui"


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ((RETURNED, "a mi no me deportaron, yo me vine solito"), "deportado"),
        ((RETURNED, "ya saque el acta, falta lo demas"), "eso ya lo tiene"),
        ((RETURNED, "el acta ya la tengo, lo demas no"), "CURP"),
        (("how do i renew my mexican passport", "mine expired in 2020"), "years"),
    ],
)
def test_what_the_texts_say_of_it_is_said(turns: tuple[str, str], said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    first = talk.say(turns[0])
    talk.say(turns[1])
    assert said in talk.said
    assert talk.conversation.topic == first.conversation.topic
    assert talk.said != first.replies[-1].text


def test_a_whole_section_is_not_said_again_to_another_fact(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("quiero registrar a mi hija como mexicana, nacio en Denver")
    talk.say("no estoy casado con su mama")
    first = talk.said
    talk.say("ya tenemos cita para el jueves")
    talk.say("la mama de ella no es mexicana")
    assert talk.said != first


@pytest.mark.parametrize(
    "turns",
    [
        ("quiero registrar a mi hijo que nacio en Dallas", "perdon la troca no es mia, es de mi compadre"),
        (RETURNED, "tengo ya mi curp"),
    ],
)
def test_a_fact_gets_no_menu_of_other_topics(turns: tuple[str, str], knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    opened = talk.say(turns[0]).conversation.topic
    talk.say(turns[1])
    assert talk.conversation.topic == opened
    assert "¿A cuál se refiere?" not in talk.said


@pytest.mark.parametrize(
    ("turns", "topic"),
    [
        (("como saco el pasaporte mexicano", "traigo mi matricula vencida, me sirve?", "y cuanto es por 6 años"),
         "pasaporte"),
        (("how do i get a consular id", "i have an expired mexican passport, does it work?", "how much is it"),
         "matricula-consular"),
    ],
)  # fmt: skip
def test_a_paper_is_asked_for_the_open_matter(turns: tuple[str, ...], topic: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    for turn in turns:
        got = talk.say(turn)
    assert talk.conversation.topic == topic
    assert talk.conversation.section == "cost"
    assert got.reading.outcome is Outcome.ANSWER


def test_the_papers_own_question_leads_to_it(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("como saco el pasaporte mexicano en Denver")
    talk.say("y la matricula cuanto cuesta")
    assert talk.conversation.topic == "matricula-consular"
