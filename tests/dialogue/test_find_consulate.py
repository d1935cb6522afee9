"""Answers that send a person to their consulate lead on into the directory."""

import pytest

from bot.conversation import Conversation, Kind
from knowledge.model import Knowledge
from tests.support.talk import Talk

FIND = {"es": "Hallar mi consulado", "en": "Find my consulate"}


def shown(knowledge: Knowledge, section: str, **state: object) -> Talk:
    """Somebody who tapped a section: `topic|section`."""
    talk = Talk(knowledge, Conversation(greeted=True).having(**state))
    talk.send(Kind.TAP, payload=f"s|{section}")
    return talk


@pytest.mark.parametrize(("lang", "town"), [("es", "Waco, Texas"), ("en", "Yakima, Washington")])
def test_an_answer_that_sends_to_the_consulate_helps_to_find_it(knowledge: Knowledge, lang: str, town: str) -> None:
    talk = shown(knowledge, "abogados-consultores|what", lang=lang, lang_chosen=True)
    talk.tap(FIND[lang])
    assert talk.conversation.asked_place == ""
    talk.say(town)
    assert talk.conversation.consulate is not None


def test_so_does_a_gap_whose_contact_is_the_consulate(knowledge: Knowledge) -> None:
    topic = next(
        t for t in knowledge.topics.values() if t.ask[0] == "your-consulate" and not t.card and t.id != "red-consular"
    )
    talk = shown(knowledge, f"{topic.id}|{topic.sections[0].id}")
    talk.say("y cuanto se tardan")
    assert ("consulado" in talk.said) is (FIND["es"] in talk.labels)


@pytest.mark.parametrize(
    ("section", "state"),
    [
        ("ecosoc-estatus-consultivo|what", {}),
        ("consulados-centroamericanos-chiapas|what", {}),
        ("abogados-consultores|what", {"fears_government": True}),
        ("abogados-consultores|what", {"country": "MX"}),
    ],
    ids=["no consulate", "another country's", "who fears their government", "who is in Mexico"],
)
def test_nobody_else_is_offered_it(knowledge: Knowledge, section: str, state: dict[str, object]) -> None:
    assert FIND["es"] not in shown(knowledge, section, **state).labels


def test_who_names_a_town_gets_the_nearest_instead(talk: Talk) -> None:
    talk.say("quiero una asesoria de PALE en Houston")
    assert "Consulado: Houston" in talk.labels
    assert FIND["es"] not in talk.labels


@pytest.mark.parametrize("text", ["mi consulado", "find my consulate", "Buscar mi consulado", "my consulate"])
def test_asked_for_in_words(text: str, talk: Talk) -> None:
    assert talk.say(text).conversation.asked_place == ""
    assert any("MiConsulado" in label for label in talk.labels)


def test_a_place_that_nobody_knows_is_said_to_be_so(talk: Talk) -> None:
    talk.say("consulado en xyzzyville")
    assert "No encuentro ese lugar" in talk.said
