"""Where no section surely answers: that is said, with the nearest; what was told is taken up; an answer is mended."""

import pytest

from bot.conversation import Conversation, Outcome
from bot.dialogue.ranking.section_words import said_in, told_apart
from bot.dialogue.ranking.trained import ranker_of
from knowledge.model import Knowledge
from tests.support.talk import Talk


def test_a_section_that_may_answer_is_given_as_that(knowledge: Knowledge) -> None:
    talk = Talk(knowledge, Conversation(greeted=True, topic="unidades-violencia-mujeres", section="what"))
    talk.say("y a los niños quién me los ve")
    assert talk.conversation.topic == "unidades-violencia-mujeres"
    assert "es lo más cercano que tengo" in talk.said or talk.conversation.section == "children"


@pytest.mark.parametrize(
    ("topic", "text", "section"),
    [
        ("pasaporte", "vivo en Huejotzingo", "where"),
        ("ventanilla-salud", "no tengo aseguranza para el doctor", "clinic"),
    ],
)
def test_what_is_told_is_taken_up_by_the_section_that_speaks_of_it(
    topic: str, text: str, section: str, knowledge: Knowledge
) -> None:
    talk = Talk(knowledge, Conversation(greeted=True, topic=topic, section="how"))
    talk.say(text)
    assert (talk.conversation.topic, talk.conversation.section) == (topic, section)


def test_what_is_told_and_asks_for_nothing_gets_the_next_step(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("mi patrón no me pagó tres semanas")
    turn = talk.say("ando por los campos de Yuma")
    assert turn.reading.outcome is Outcome.CLARIFY
    assert "Mis fuentes no dicen si eso cambia algo en su caso" in talk.said
    assert "El paso que sigue:\n\n➡ " in talk.said


@pytest.mark.parametrize(
    ("first", "text", "short"),
    [
        ("quiero renovar mi pasaporte", "no le entendí, dígamelo más fácil por favor", "En corto:"),
        ("my boss did not pay me", "I don't get it, in plain English please", "In short:"),
        ("quiero pedir refugio en mexico", "no entiendo nada", "En corto:"),
    ],
)
def test_who_did_not_understand_gets_the_same_in_short(first: str, text: str, short: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(first)
    whole, section = talk.said, talk.conversation.section
    talk.say(text)
    assert short in talk.said
    assert "➡" in talk.said
    assert len(talk.said) < len(whole)
    assert talk.conversation.section == section


def test_who_did_not_understand_one_thing_gets_that(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("quiero pedir refugio en mexico")
    talk.say("no entendi lo del plazo")
    assert talk.conversation.section == "requirements"


def test_why_a_visa_was_refused_is_no_wish_for_simpler_words(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("visa para mi papá de 70 años, para que me visite")
    if talk.conversation.topic is None:
        talk.say("1")  # which is meant was asked
    talk.say("no entiendo por qué el cónsul le negó la visa si llevó todos sus estados de cuenta y su carta")
    assert "decide el consulado" in talk.said


def test_where_nobody_answers_another_way_is_said(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("quiero sacar mi matricula")
    talk.say("marco y marco y no me contestan")
    assert "Qué pena que no le contesten" in talk.said
    assert "MiConsulado" in talk.said
    assert talk.conversation.topic == "matricula-consular"


def test_where_nobody_answers_others_who_know_are_named(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("my boss did not pay me")
    talk.say("I called there and nobody picks up")
    assert "I am sorry that nobody answers. Try " in talk.said
    assert "1 520 623 7874" in talk.said


def test_a_contact_that_does_not_answer_leads_to_a_section_of_ours(knowledge: Knowledge) -> None:
    for contact, place in knowledge.follow_ups.instead.items():
        topic, _, section = place.partition("/")
        assert contact in knowledge.contacts
        assert section in {one.id for one in knowledge.topics[topic].sections}


def test_words_of_one_section_tell_it_apart(knowledge: Knowledge) -> None:
    topic = knowledge.topics["traslado-restos"]
    said = said_in("las cenizas", ranker_of(knowledge), knowledge)
    odds = told_apart(said, topic, knowledge)
    assert topic.sections[odds.index(max(odds))].id == "ashes"
