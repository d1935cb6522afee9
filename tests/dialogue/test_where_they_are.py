"""Where somebody is, for the consulate: a town alone, beside "where do I go", and not where they were born or left."""

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "seat"),
    [("Salinas, California", "San José"), ("el paso texas", "El Paso"), ("Boise", "Boise")],
)
def test_a_town_alone_gets_its_consulate(text: str, seat: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(text)
    assert talk.conversation.consulate
    assert seat in talk.said


@pytest.mark.parametrize(
    ("first", "then", "seat"),
    [
        ("ocupo un poder notarial", "bueno y a donde voy, vivo en Durham North Carolina", "Raleigh"),
        ("i want to register my baby as mexican", "ok so where do i go? we live in twin falls idaho", "Boise"),
        ("necesito la matricula", "adonde me toca, estoy por Wichita", "Oklahoma City"),
    ],
)
def test_beside_where_to_go_it_answers_and_the_topic_stays(
    first: str, then: str, seat: str, knowledge: Knowledge
) -> None:
    talk = Talk(knowledge)
    opened = talk.say(first).conversation.topic
    talk.say(then)
    assert seat in talk.said
    assert talk.conversation.topic == opened


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("hold on, im not in dallas, now im in boise idaho, where is the consulate", "Boise"),
        ("ya no vivo en Chicago, ahora vivo en Fresno, donde esta el consulado", "Fresno"),
    ],
)
def test_what_was_left_is_not_where_they_are(text: str, seat: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(text)
    assert seat in talk.said
    assert talk.conversation.consulate


@pytest.mark.parametrize(
    "text",
    ["my mom is from Leon and i was born in Fresno, can i be mexican", "mi niña nacio en Dallas, la quiero registrar"],
)
def test_a_birthplace_offers_no_consulate(text: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(text)
    assert not any(label.startswith(("Consulado: ", "Consulate: ")) for label in talk.labels)


def test_who_only_says_where_they_live_is_offered_its_consulate(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("hola, vivo en Boise Idaho")
    assert "Consulado: Boise" in talk.labels


def test_business_that_comes_to_places_of_its_own_stays_with_its_topic(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("que es el consulado movil")
    talk.say("a donde voy, vivo en Yakima")
    assert talk.conversation.topic == "consulado-movil"
    assert not talk.conversation.consulate


@pytest.mark.parametrize("text", ["y si nos regresamos a mexico", "cuando me regrese a mexico que hago con la casa"])
def test_who_may_go_back_is_not_back(text: str, talk: Talk) -> None:
    talk.say("vivo en Dallas, como saco el pasaporte")
    talk.say(text)
    assert talk.conversation.country == "US"
