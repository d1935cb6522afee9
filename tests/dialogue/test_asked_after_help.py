"""After a help text: what frightens people into silence gets its own line, and another matter at the end its answer."""

import pytest

from bot.conversation import Outcome

HELD = "el patrón nos tiene encerrados en la bodega y nos quitó los pasaportes, somos seis"
HELD_EN = "my boss keeps us locked in the camp and took our passports"
BEATEN = "mi marido me está golpeando ahorita"
DETAINED = "la migra se llevó a mi cuñado esta mañana"
ILL = "mi suegra se desmayó y no reacciona"
LOST = "mi hermano está perdido en el desierto cerca de ajo arizona sin agua"
CHILD = "encontramos a un niño de 9 años solo y llorando en la central"


@pytest.mark.parametrize(
    ("first", "text", "says"),
    [
        (HELD, "no le vayan a contar al capataz que yo les avisé", "nadie le avisa"),
        (HELD_EN, "can you please not tell the foreman i wrote to you", "nobody tells"),
        (BEATEN, "él puede leer lo que yo escriba aquí?", "nadie le avisa"),
        (HELD, "quién nos ayuda sin que el patrón se dé cuenta", "sin que se entere"),
        (HELD_EN, "who can we call without the boss finding out", "without their knowing"),
        (BEATEN, "y si lo denuncio me quitan a mis niños?", "Entiendo ese miedo"),
        (ILL, "ya vienen los paramédicos, la ambulancia la cobran?", "EMTALA"),
        (CHILD, "a qué oficina le tenemos que avisar, no trae familia", "Procuraduría de Protección"),
        (HELD, "esto que nos hace el patrón es un delito?", "Señales"),
        (HELD, "si lo acusamos nos cancelan la visa?", "visa T"),
        (DETAINED, "mi hija brinca con cualquier carro y ya no duerme", "es natural no dormir"),
        (DETAINED, "y qué hace mi hermana si la migra regresa", "no abra"),
        (LOST, "yo vivo en denver, desde acá cómo le ayudo", "Desde donde está sí puede ayudar"),
        (BEATEN, "le puedo textear al 911?", "auxilio por escrito"),
        (HELD_EN, "does 911 take text messages", "rescue in writing"),
        (f"{BEATEN}, vivo en toronto", "y mandar un mensaje al 911 se puede?", "en Canadá"),
    ],
)
def test_it_gets_a_line_of_its_own(talk, first, text, says):
    talk.say(first)
    talk.say(text)
    assert says in talk.said


def test_what_is_denied_is_not_told(talk):
    talk.say(HELD)
    talk.say("a nosotros nunca nos pega")
    assert "diga que hay un arma o golpes" not in talk.said
    talk.say("sí trae pistola el encargado")
    assert "diga que hay un arma o golpes" in talk.said


def test_the_line_for_somebody_at_home_speaks_of_nobody_missing(talk):
    talk.say(DETAINED)
    talk.say("él ya ni duerme, lo asusta cualquier ruido")
    assert "con vida" not in talk.said


@pytest.mark.parametrize(
    ("first", "text", "topic", "says"),
    [
        (DETAINED, "no, ahorita ya todo tranquilo, gracias. y la apostilla dónde la saco", "apostilla", "De nada"),
        (BEATEN, "ya se fue a trabajar. oiga y el pasaporte de mi niño cómo lo saco", "pasaporte", "Este rato"),
        (
            "mi primo está secuestrado",
            "ya lo soltaron. por cierto quiero renovar mi matrícula",
            "matricula",
            "Qué",
        ),
    ],
)
def test_the_end_of_a_message_is_answered_behind_what_it_tells(talk, first, text, topic, says):
    talk.say(first)
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.ANSWER
    assert turn.reading.answered[0].startswith(topic)
    assert turn.replies[0].text.find(says) >= 0


def test_a_danger_that_was_left_so_is_not_dropped(talk):
    talk.say(BEATEN)
    talk.say("ya se fue a trabajar. oiga y el pasaporte de mi niño cómo lo saco")
    assert not talk.conversation.told[-1].over
    talk.say("ya regresó y me está pegando otra vez")
    assert "911" in talk.turns[-1].replies[0].text


def test_danger_at_the_beginning_is_not_passed_over(talk):
    talk.say(DETAINED)
    talk.say("mi esposo me está pegando ahorita, y cómo saco el pasaporte")
    assert "911" in talk.turns[-1].replies[0].text


def test_what_is_told_before_may_be_what_is_asked_about(talk):
    talk.say("me acaban de deportar por matamoros")
    talk.say("mi niña nació en denver, qué piden para inscribirla en la primaria de aquí")
    assert "matricula-consular" not in talk.turns[-1].reading.answered


def test_who_had_something_taken_is_not_in_quito(talk):
    talk.say("mi novio me quitó el celular y me golpeó, escribo del de mi hermana")
    assert not talk.turns[-1].replies[1].text.startswith("Si no contesta")


@pytest.mark.parametrize("text", ["hola otra vez", "buenas tardes", "hello again"])
def test_a_greeting_ends_no_danger(talk, text):
    talk.say(LOST)
    talk.say(text)
    assert not talk.conversation.told[-1].over


@pytest.mark.parametrize(
    "text", ["no, ya le dije que no se llevaron a nadie", "nadie de nosotros fue detenido", "no, nobody was arrested"]
)
def test_that_nobody_was_taken_is_believed_and_is_no_other_danger(talk, text):
    talk.say(DETAINED)
    turn = talk.say(text)
    assert turn.reading.urgent is None or turn.reading.outcome is not Outcome.URGENT
    assert talk.conversation.told[-1].over


def test_that_they_have_taken_nobody_yet_is_no_end(talk):
    talk.say("la migra está tocando la puerta de mi casa")
    talk.say("no se han llevado a nadie, siguen afuera")
    assert not talk.conversation.told[-1].over


def test_that_all_are_well_after_an_earthquake_is_an_end(talk):
    talk.say("tembló muy fuerte, se nos cayó la barda y estamos en la calle")
    talk.say("no fue nada grave, estamos todos bien")
    assert talk.conversation.told[-1].over


def test_what_was_years_ago_is_over(talk):
    talk.say("mi marido me pega")
    talk.say("ya no vivo con él, eso fue hace seis años")
    assert talk.conversation.told[-1].over
