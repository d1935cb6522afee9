"""For whom an answer is: who said of which country they are, and where, is not given the answer of others."""

import pytest

from bot.conversation import Conversation, Outcome
from bot.dialogue.audience import closed, people_of
from knowledge.model import Knowledge
from knowledge.schema.topics import People
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("citizen", "text", "people"),
    [
        (None, "perdí mi pasaporte", None),
        ("MX", "quiero regresar a mi pueblo", {People.MEXICANS}),
        ("MX", "mi esposa es de Colombia y quiere quedarse", None),
        ("US", "my passport was stolen", {People.AMERICANS, People.FOREIGNERS}),
        ("US", "my dad is from Jalisco, can I get his birth certificate", None),
        ("US", "can i get a mexican passport", None),
        ("ZZ", "perdí mi pasaporte", {People.FOREIGNERS}),
        ("ZZ", "mi hija es mexicana, cómo le saco pasaporte", None),
    ],
)
def test_whom_a_person_may_ask_for(
    citizen: str | None, text: str, people: set[People] | None, knowledge: Knowledge
) -> None:
    assert people_of(Conversation(citizen=citizen), text, knowledge) == people


@pytest.mark.parametrize(
    ("country", "text", "shut"),
    [
        (None, "mi hermano está preso", False),
        (None, "mi hermano está preso en Arizona", True),
        ("US", "mi hermano está preso", True),
        ("ES", "mi hermano está preso", False),
        (None, "mi hermano está preso en España", False),
    ],
)
def test_what_is_done_elsewhere_is_not_said_of_the_united_states(
    country: str | None, text: str, shut: bool, knowledge: Knowledge
) -> None:
    topic = knowledge.topics["asistencia-consular-penal"]
    assert ("abroad" in closed(topic, Conversation(country=country), text, knowledge)) is shut


def test_a_section_for_everybody_stays_open_in_a_topic_for_mexicans(knowledge: Knowledge) -> None:
    shut = closed(knowledge.topics["pale"], Conversation(citizen="ZZ"), "tengo corte", knowledge)
    assert "court" not in shut
    assert "what" in shut


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("soy estadounidense y perdí mi pasaporte en Mérida", "embajada"),
        ("i am a us citizen, my passport was stolen in tulum", "embassy"),
        ("somos canadienses y se nos perdieron los pasaportes en Puebla", "embajada"),
    ],
)
def test_the_paper_of_another_country_is_not_mexicos(text: str, said: str, talk: Talk) -> None:
    turn = talk.say(text)
    assert turn.reading.outcome in (Outcome.CLARIFY, Outcome.FALLBACK)
    assert said in talk.said


def test_the_country_said_once_is_kept_for_what_is_asked_later(talk: Talk) -> None:
    talk.say("soy de Canadá")
    turn = talk.say("se me perdió el pasaporte, cómo saco otro")
    assert turn.reading.outcome is Outcome.CLARIFY
