"""Rules of which section answers that hold whatever was learned."""

import pytest

from bot.conversation import Conversation, Said, Want
from bot.dialogue.engine import assess, assess_alone
from bot.dialogue.signals.found import Ranking
from bot.training.talks import message_of
from knowledge.model import Knowledge
from tests.support.talk import NOON, Talk


@pytest.mark.parametrize(
    "text", ["apoyo para repatriar un cuerpo a guanajuato", "modulo de derechos humanos en oaxaca"]
)
def test_no_page_of_one_state_answers_of_another(text: str, knowledge: Knowledge) -> None:
    likely = assess_alone(text, knowledge, NOON).ranking.candidates
    assert not [one for one in likely if knowledge.topics[one.topic].region]


@pytest.mark.parametrize("text", ["¿Qué es el PALE?", "que es pale", "what is PALE"])
def test_what_is_asked_of_an_acronym_is_what_it_is(text: str, knowledge: Knowledge) -> None:
    assert assess_alone(text, knowledge, NOON).ranking.candidates[0].id == "pale/what"


def behind(answer: str, asked: str, text: str, knowledge: Knowledge, *, complained: bool = False) -> Ranking:
    want = Want(text=asked, turn=0, answer=answer, complained=complained)
    state = Conversation(wants=(want,), said_before=Said(shown=(answer,)), topic=answer.split("/")[0])
    return assess(message_of(text, knowledge), state, knowledge, NOON).ranking


@pytest.mark.parametrize(
    ("answer", "asked", "text"),
    [
        ("pasaporte/cost", "cuánto sale el pasaporte", "eso ya me lo había puesto, qué documentos piden"),
        ("pasaporte/cost", "cuánto sale el pasaporte", "oiga no me está leyendo. en cuántos días lo dan"),
        ("pasaporte/cost", "how much is a passport", "that isn't what i meant, how long is it good for"),
        ("pasaporte/cost", "cuánto sale el pasaporte", "yo no le pregunté cuánto cuesta, le pregunto cuánto dura"),
    ],
)
def test_what_was_rejected_is_not_said_again(answer: str, asked: str, text: str, knowledge: Knowledge) -> None:
    found = behind(answer, asked, text, knowledge)
    assert answer not in [one.id for one in (*found.candidates, *found.others)]
    later = behind(answer, asked, "y si voy con mi hermano", knowledge, complained=True)
    assert answer not in [one.id for one in later.candidates]


@pytest.mark.parametrize(
    ("answer", "asked", "text", "topic"),
    [
        ("pasaporte/how", "qué ocupo", "de nuevo me sale con el pasaporte. quiero corregir mi CURP", "pasaporte"),
        ("curp/what", "qué papeles llevo", "ok forget the CURP. what do i bring for the passport", "curp"),
        (
            "matricula-consular/how",
            "la cita",
            "no le hablé de la matrícula consular, digo votar desde acá",
            "matricula-consular",
        ),
    ],
)
def test_no_section_of_what_is_not_wanted(answer: str, asked: str, text: str, topic: str, knowledge: Knowledge) -> None:
    found = behind(answer, asked, text, knowledge)
    assert topic not in [one.topic for one in (*found.candidates, *found.others)]


@pytest.mark.parametrize(
    "text",
    [
        "a mí nadie me deportó, me regresé por mi gusto. dónde saco la copia de mi acta",
        "no fuimos deportados, nos vinimos solos, cómo consigo mi acta de nacimiento",
        "i wasn't deported, i came by choice. where do i get my birth certificate",
    ],
)
def test_who_denies_it_gets_no_section_for_who_was_deported(text: str, knowledge: Knowledge) -> None:
    first = assess_alone(text, knowledge, NOON).ranking.candidates[0]
    section = knowledge.topics[first.topic].section(first.section)
    assert section is not None
    assert "deported" not in section.only


def test_an_event_is_no_answer_to_who_asked_for_no_date(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("cuándo es la próxima COP del clima")
    assert talk.turns[-1].reading.policy == "calendar"
    talk.say("yo no le pregunté las fechas, digo cómo nos acreditamos de observadores")
    assert talk.turns[-1].reading.policy != "calendar"
