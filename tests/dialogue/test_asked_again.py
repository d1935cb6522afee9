"""What puts us right is read by itself and with what was asked before; the rejected answer never comes again."""

import pytest

from bot.dialogue.thread.complaints import correction_in
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "asks", "denies"),
    [
        ("no joven nadie se enfermo, le digo que perdi mi matricula", "perdi mi matricula", "nadie se enfermo"),
        ("no compa yo no soy estudiante, busco trabajo en canada", "busco trabajo en canada", "yo no soy estudiante"),
        ("no sir, im asking about the voter card", "the voter card", ""),
        ("no not my nephew, my daughter was born in ohio", "my daughter was born in ohio", "not my nephew"),
        ("no oye yo soy el papa, hablo de la pension", "la pension", ""),
    ],
)
def test_what_is_asked_is_told_from_what_is_denied_and_from_its_formula(
    text: str, asks: str, denies: str, knowledge: Knowledge
) -> None:
    correction = correction_in(text, knowledge)
    assert correction is not None
    assert (correction.asks, correction.denies) == (asks, denies)


@pytest.mark.parametrize(
    "text", ["no tengo pasaporte, como le hago", "cuanto cuesta la visa", "no entendi, quien firma"]
)
def test_what_is_lacked_or_not_understood_puts_nothing_right(text: str, knowledge: Knowledge) -> None:
    assert correction_in(text, knowledge) is None


@pytest.mark.parametrize(
    ("turns", "topic", "section"),
    [
        # With what was asked first, where the last answer strayed from it.
        (
            (
                "mi hermano esta detenido por la migra en arizona hace un mes",
                "como le deposito dinero",
                "no quiero mandarle dinero, quiero saber en que centro lo tienen",
            ),
            "asistencia-consular-migratoria",
            "find",
        ),
        (
            (
                "my husband was sent back to tijuana, can he see a doctor there",
                "how does he get his INE after deportation",
                "you didnt answer me. his INE card",
            ),
            "credencial-votar-repatriados",
            "where",  # what it requires was just given
        ),
        # Without what is denied, in what was asked before, too.
        (
            (
                "can i vote from chicago in the mexican election",
                "when is it",
                "no im not asking about voting, i need my ine replaced",
            ),
            "credencial-votar-extranjero",
            "how",
        ),
        # The section that is denied is not the answer, nor is another one that only sounds like a fact told.
        (
            ("puedo ser mexicano por mis abuelos", "no mis abuelos no, mi papa nacio en michoacan"),
            "registro-nacimiento-hijos-eua",
            "what",
        ),
        (
            (
                "pension alimenticia de mi marido que vive en chicago",
                "no oiga yo soy la mama, a mi no me han demandado",
            ),
            "pension-alimenticia-internacional",
            "how",
        ),
        # What was asked last is asked of what is meant.
        (
            (
                "mi mama esta muy grave en un hospital de los angeles y quiere irse a mexico",
                "cuanto cuesta llevar el cuerpo a mexico",
                "no no, ella vive, hablo de trasladarla enferma",
            ),
            "atencion-medica-retorno",
            "cost",
        ),
        # Back to a want of before: by its words.
        (
            (
                "como renuevo mi pasaporte",
                "y cuanto cuesta la matricula",
                "y lo de renovar entonces cuanto sale, no me contesto eso",
            ),
            "pasaporte",
            "cost",
        ),
    ],
)
def test_the_want_of_before_and_the_correction_are_one_question(
    turns: tuple[str, ...], topic: str, section: str, talk: Talk
) -> None:
    for text in turns:
        talk.say(text)
    assert (talk.conversation.topic, talk.conversation.section) == (topic, section)


@pytest.mark.parametrize(
    ("first", "correction", "topic"),
    [
        (
            "no me pagaron en el rancho tres semanas",
            "no vengo con visa, le digo que el patron no me quiere dar mi dinero",
            "salarios-no-pagados",
        ),
        (
            "me deben un mes en la construccion",
            "no señor nadie se lastimo, le digo que el contratista no me pago",
            "salarios-no-pagados",
        ),
    ],
)
def test_of_what_was_given_other_words_are_said(first: str, correction: str, topic: str, talk: Talk) -> None:
    talk.say(first)
    before = talk.said
    talk.say(correction)
    assert talk.conversation.topic == topic
    assert talk.said != before


def test_what_is_named_stays_what_is_spoken_of(talk: Talk) -> None:
    talk.say("como saco la cartilla")
    talk.say("no amigo hablo de la cartilla militar, que si no tengo papel de la escuela")
    assert talk.conversation.topic == "servicios-consulares-documentacion"


def test_a_denied_topic_is_not_offered(talk: Talk) -> None:
    talk.say("mi hermano murio en 2009 en texas y mi mama quiere tener el acta antes de morirse ella")
    talk.say("nadie esta enfermo, es el acta")
    assert talk.conversation.topic == "actas-registro-civil-consulado"
    assert not any("enfermo" in label for label in talk.labels)


@pytest.mark.parametrize(
    "said",
    [
        "no aceptan a mi hija en la escuela por no tener papeles, somos hondureños",
        "no aceptan a mi hija en la escuela sin acta, somos de Honduras",
        "we come from Guatemala and the school wont take my son without papers",
        "venimos de Colombia, en la primaria no nos reciben al niño sin acta",
    ],
)
def test_the_first_message_denies_nothing(said: str, talk: Talk) -> None:
    talk.say(said)
    assert talk.conversation.topic == "acceso-educacion-sin-documentos"


def test_in_danger_nothing_is_read_again(talk: Talk) -> None:
    talk.say("como saco la matricula consular")
    talk.say("me acaba de pegar mi marido y me amenaza con un cuchillo")
    turn = talk.say("no me entiende, le digo que me esta pegando")
    assert turn.reading.urgent is not None or "911" in talk.said
