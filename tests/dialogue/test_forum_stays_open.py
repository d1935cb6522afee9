"""After an event, and in the topic of a forum, the forum stays open; a date in passing is no question of dates."""

import pytest

from bot.conversation import Conversation, Outcome
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("turns", "event", "says"),
    [
        (("cuándo es la CSW", "la ONU paga el hospedaje?"), "csw71", "ni paga el viaje"),
        (("cuándo es la CSW", "aún nos podemos registrar"), "csw71", "enero de 2027"),
        (("cuándo es la CSW", "cuántas personas caben"), "csw71", "cuántas personas"),
        (("cuándo es el foro político de alto nivel", "cuál será el tema"), "hlpf-2027", "no están confirmados"),
        (("cuándo es el foro político de alto nivel", "se puede en español?"), "hlpf-2027", "en qué idioma"),
        (("cuándo es el foro político de alto nivel", "queremos proponer un evento"), "hlpf-2027", "eventos paralelos"),
        (("cuándo es el foro político de alto nivel", "quién da la carta para la visa"), "hlpf-2027", "visa"),
        (("asamblea de la oea", "cuántos podemos mandar"), "oas-ga-57", "hasta dos representantes"),
        (("when is the next climate COP", "how many of us can go"), "cop32-unfccc", "how many people"),
    ],
)
def test_what_is_asked_next_is_of_the_forum(talk: Talk, turns: tuple[str, ...], event: str, says: str) -> None:
    for text in turns:
        turn = talk.say(text)
    assert turn.reading.outcome is Outcome.ANSWER
    assert turn.reading.events == (event,)
    assert says in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "nosotras no tenemos ecosoc, somos una red de artesanas de Guerrero que trabaja con mujeres mayores",
        "se puede de público sin el ecosoc",
    ],
)
def test_a_status_that_is_missing_leaves_the_forum_open(talk: Talk, text: str) -> None:
    talk.say("cuándo es la CSW")
    talk.say(text)
    assert "Sin estatus" in talk.said or "Sin ese estatus" in talk.said
    assert talk.say("y dónde es").reading.events == ("csw71",)


def test_a_no_with_a_subject_puts_the_forum_right(talk: Talk) -> None:
    talk.say("cuándo es la COP de biodiversidad")
    assert talk.say("no, la de desertificación").reading.events == ("unccd-cop17",)


def test_a_no_with_a_forum_that_we_do_not_have_is_admitted(talk: Talk) -> None:
    talk.say("cuándo es la CSW")
    turn = talk.say("no, la de población")
    assert turn.reading.outcome is Outcome.FALLBACK
    assert turn.reading.events == ()


@pytest.mark.parametrize("before", ["cómo registro mi asociación en la OEA", "asamblea de la oea"])
def test_a_name_said_in_short_is_that_of_the_open_forum(talk: Talk, before: str) -> None:
    talk.say(before)
    assert talk.say("y cuándo será la asamblea general").reading.events == ("oas-ga-57",)


def test_the_whole_name_is_its_own(talk: Talk) -> None:
    talk.say("asamblea de la oea")
    assert talk.say("y cuándo es la asamblea general de la onu").reading.events == ("unga-82",)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("estatus consultivo ecosoc", "se nos fue entregar los papeles de este año"),
        ("asamblea de la oea", "fuimos el año pasado, qué nos toca"),
        ("asamblea de la oea", "ya nos acreditamos en 2025"),
        ("ley de fomento a las osc", "este año no hemos juntado los recibos"),
        ("necesito mi pasaporte", "tienen lugar esta semana?"),
        ("consulado en atlanta", "any slots this week?"),
        ("registro de osc ante organismos internacionales", "este año dan?"),
    ],
)
def test_a_date_in_passing_asks_for_no_forum(talk: Talk, before: str, text: str) -> None:
    talk.say(before)
    talk.say(text)
    assert not {"COP17", "COP31", "calendario:"} & set(talk.said.replace("\n", " ").split())
    assert "Para esa fecha no tengo" not in talk.said


@pytest.mark.parametrize("text", ["qué foros hay en 2027", "y en marzo qué foros hay", "cuándo es la COP32"])
def test_a_question_of_the_calendar_is_heard_in_any_thread(knowledge: Knowledge, text: str) -> None:
    talk = Talk(knowledge, Conversation(greeted=True, topic="pasaporte"))
    assert talk.say(text).reading.events


def test_when_they_answer_is_not_when_it_closes(talk: Talk) -> None:
    talk.say("qué es el estatus ecosoc")
    talk.say("cuándo nos avisan")
    assert "El Comité se reúne" in talk.said or "tarda" in talk.said


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        (("qué apoyos federales hay para osc", "no hablo de donatarias, sino de subsidios"), "convocatoria federal"),
        (("qué apoyos federales hay para osc", "me refiero a subsidios, no a donatarias"), "convocatoria federal"),
        (("qué apoyos federales hay para osc", "y la OEA tiene dinero?"), "dan acceso, no dinero"),
        (("qué fue PROFOSC", "hay otra capacitación para el equipo?"), "Cemefi"),
        (("qué es la CLUNI", "somos una I.A.P., vale?"), "no separan A.C., I.A.P."),
        (("lineamientos de participación de la SRE", "aún son vigentes?"), "No lo puedo confirmar"),
        (("qué es el DPI de la ONU", "ya asociados, qué informe hay que entregar y cada cuándo"), "cada año"),
        (("cómo registro mi asociación en la OEA", "a qué dirección va"), "17th Street"),
    ],
)
def test_what_an_osc_asks_next_has_a_section(talk: Talk, turns: tuple[str, ...], says: str) -> None:
    for text in turns:
        talk.say(text)
    assert says in talk.said
