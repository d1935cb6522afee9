"""A part of an answer never says yes to another question, nor stands for the whole, nor answers nothing."""

import pytest

from bot.conversation import Conversation, Outcome
from bot.dialogue.compose import answer
from knowledge.model import Knowledge
from tests.support.talk import NOON, Talk

VERDICTS = ("Sí ", "Sí,", "Sí:", "Yes,", "Yes:", "No:", "No.")


def _in(topic: str, section: str, knowledge: Knowledge) -> Talk:
    return Talk(knowledge, Conversation(greeted=True, topic=topic, section=section, shown=(section,)))


def test_in_a_thread_no_text_begins_with_a_yes_that_another_question_had(knowledge: Knowledge) -> None:
    for topic in knowledge.topics.values():
        for section in (one for one in topic.sections if one.text.es.startswith(VERDICTS)):
            reply = answer(topic, section, Conversation(), knowledge, "es", NOON.date(), in_thread=True)
            assert not any(part.startswith(VERDICTS) for part in reply.text.split("\n\n"))


@pytest.mark.parametrize(
    ("topic", "section", "text"),
    [
        ("seguridad-social-exterior", "who", "y mi señora que nunca cotizó por allá, le toca alguna cosa?"),
        ("sartel-eua", "find", "y se puede retirar una parte ahorita? ando bien gastado"),
    ],
)
def test_who_may_ask_something_else_is_told_no_yes(topic: str, section: str, text: str, knowledge: Knowledge) -> None:
    talk = _in(topic, section, knowledge)
    talk.say(text)
    assert not any(part.startswith(VERDICTS) for part in talk.said.split("\n\n"))


def test_at_first_the_yes_stands(talk: Talk) -> None:
    talk.say("puedo estudiar la prepa mexicana desde estados unidos")
    assert "Sí, puede hacer la prepa" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "y si el dueño le habla a inmigracion porque reclamo? no traigo papeles",
        "pero no tenemos papeles, y si nos echa a la migra por reclamarle",
    ],
)
def test_the_section_that_answers_is_said_whole_where_it_is_new(text: str, knowledge: Knowledge) -> None:
    talk = _in("salarios-no-pagados", "how", knowledge)
    talk.say(text)
    assert talk.conversation.section == "status"
    assert "Es ilegal" in talk.said


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("is there a tax when i send money home", "well we use a debit card to pay for it", "by card or bank account"),
        (
            "que impuesto cobran por mandar dinero a mexico",
            "pues yo pago con tarjeta de debito",
            "con tarjeta o cuenta",
        ),
    ],
)
def test_what_was_given_is_cut_to_what_speaks_of_it(first: str, then: str, said: str, talk: Talk) -> None:
    talk.say(first)
    talk.say(then)
    assert said in talk.said


@pytest.mark.parametrize("text", ["no soy jubilado, aun trabajo", "no estoy sin trabajo, si chambeo pero de este lado"])
def test_what_is_put_right_is_not_told_that_the_same_stands(text: str, knowledge: Knowledge) -> None:
    talk = _in("sartel-eua", "save", knowledge)
    talk.say(text)
    assert "ahorrar para su retiro" not in talk.said


@pytest.mark.parametrize(
    "text", ["yo le pregunto de la corte, como les digo que me mude de casa", "como cambio mi direccion con la corte"]
)
def test_what_is_not_ours_is_admitted_before_words_that_only_sound_alike(text: str, knowledge: Knowledge) -> None:
    talk = _in("pale", "court", knowledge)
    assert talk.say(text).reading.outcome is not Outcome.ANSWER
    assert "No tengo datos" in talk.said or "no tengo datos" in talk.said or "no lo encontré" in talk.said


@pytest.mark.parametrize(
    "text",
    ["y como saco la licencia de manejar en georgia sin papeles", "can i get a driver license here with no papers"],
)
def test_a_licence_is_no_matter_of_being_stopped(text: str, knowledge: Knowledge) -> None:
    talk = _in("guia-detencion-autoridad", "car", knowledge)
    assert talk.say(text).reading.outcome is Outcome.FALLBACK
    assert "DMV" in talk.said


@pytest.mark.parametrize(
    ("text", "section"),
    [("y si ando sin licencia y me paran", "no-licence"), ("la licencia de california dice mi estatus?", "ab60")],
)
def test_what_we_know_of_licences_is_still_answered(text: str, section: str, knowledge: Knowledge) -> None:
    talk = _in("guia-detencion-autoridad", "car", knowledge)
    talk.say(text)
    assert talk.conversation.section == section


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("muchas gracias, ya le entendi. y donde se hace", "in-mexico"),
        ("ok thanks i understand now. how much is it", "cost"),
        ("ya me quedo claro gracias. y cuanto cobran", "cost"),
    ],
)
def test_thanks_for_what_is_clear_do_not_hide_the_next_question(text: str, section: str, knowledge: Knowledge) -> None:
    talk = _in("registro-nacimiento-hijos-eua", "what", knowledge)
    talk.say(text)
    assert talk.conversation.section == section


@pytest.mark.parametrize("text", ["gracias, ya le entendi", "ok ya me quedo claro, mil gracias", "got it thanks"])
def test_thanks_alone_stay_thanks(text: str, knowledge: Knowledge) -> None:
    talk = _in("registro-nacimiento-hijos-eua", "what", knowledge)
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK
