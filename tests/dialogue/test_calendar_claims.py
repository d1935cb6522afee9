"""A month put forward is about the open forum, a period lists what is in it, and who asks is not what is asked for."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize(
    "told", ["me dijeron que era en mayo", "dice mi compañera que era en octubre", "no, era en mayo"]
)
def test_a_month_that_was_told_is_about_the_open_forum(told: str, talk: Talk) -> None:
    talk.say("cuando es la CSW")
    talk.say(told)
    assert "CSW71" in talk.said
    assert "marzo de 2027" in talk.said


def test_the_forum_named_before_is_meant_where_the_topic_is_of_several(talk: Talk) -> None:
    talk.say("queremos registrar nuestra asociación en el ECOSOC para las juntas, qué se necesita")
    talk.remember(topic="registro-organismos-internacionales", section="workshops", event=None)
    talk.say("y hasta cuándo se puede, la licenciada dice que era en agosto")
    assert "1 de junio" in talk.said


@pytest.mark.parametrize(
    "question",
    [
        "somos una red de jornaleros migrantes de Mexicali, ¿qué foros hay de enero a marzo de 2027?",
        "we are a migrants' collective in Tijuana. Which forums are there between January and March 2027?",
        "qué foros hay de enero a marzo de 2027",
    ],
)
def test_a_period_lists_what_is_in_it_whoever_asks(question: str, talk: Talk) -> None:
    talk.say(question)
    assert "CSW71" in talk.said
    assert "Estupefacientes" in talk.said or "Narcotic" in talk.said


def test_a_subject_that_is_asked_for_stays(talk: Talk) -> None:
    talk.say("somos de Puebla, ¿qué foros de pueblos indígenas hay en abril de 2027?")
    assert "Cuestiones Indígenas" in talk.said


@pytest.mark.parametrize(
    "lack", ["pero no estamos registradas, ¿alcanzamos?", "we are not registered with them, can we go?"]
)
def test_who_is_not_registered_is_not_told_what_the_registered_do(lack: str, talk: Talk) -> None:
    talk.say("cuándo es la asamblea general de la OEA")
    talk.say(lack)
    assert "Ya registradas" not in talk.said
    assert "No hace falta estar registrada" in talk.said or "You do not need to be registered" in talk.said


@pytest.mark.parametrize(
    ("listed", "left", "event"),
    [
        ("fechas límite de 2027 para asociaciones civiles", "no veo la del ecosoc", "ecosoc-ngo-deadline-2027"),
        ("qué foros hay en 2027", "falta el de la oea", "oas-ga-57"),
        ("which forums are there in 2027", "the OAS one does not show", "oas-ga-57"),
        ("qué plazos hay en 2027", "y los de migración no aparecen", "imrf-2030"),
    ],
)
def test_what_a_list_left_out_is_said(listed: str, left: str, event: str, talk: Talk) -> None:
    talk.say(listed)
    assert event in talk.say(left).reading.events


def test_a_list_keeps_no_single_one_back(talk: Talk) -> None:
    turn = talk.say("fechas límite de 2027 para asociaciones civiles")
    assert len(turn.reading.events) == len(talk.labels) == 4
    assert "ECOSOC" in talk.said


@pytest.mark.parametrize("said", ["no, yo pregunté por el ecosoc", "me salió lo de la cluni, yo hablo de ecosoc"])
def test_what_was_asked_for_is_said_again(said: str, talk: Talk) -> None:
    talk.say("cuándo se entrega el informe de la cluni")
    assert talk.say(said).reading.events == ("ecosoc-ngo-deadline-2027",)


def test_a_no_of_another_clause_is_no_lack_of_a_status(talk: Talk) -> None:
    talk.say("cuándo es la CSW")
    assert talk.say("esa no nos queda, y ecosoc hasta cuándo recibe").reading.events == ("ecosoc-ngo-deadline-2027",)


@pytest.mark.parametrize(
    ("before", "event"),
    [
        (("cómo registro mi asociación en la OEA", "qué papeles piden"), "oas-ga-57"),
        (("cómo registro mi asociación en la OEA", "qué papeles piden", "cuánto cuesta la matrícula"), "oas-ga-57"),
        (("cómo pedimos el estatus ecosoc",), "unga-82"),
    ],
)
def test_an_assembly_is_that_of_the_organisation_spoken_of(before: tuple[str, ...], event: str, talk: Talk) -> None:
    for text in before:
        talk.say(text)
    assert talk.say("cuándo es la asamblea para comprar los boletos").reading.events == (event,)


def test_without_any_the_assemblies_are_listed(talk: Talk) -> None:
    assert set(talk.say("cuándo es la asamblea").reading.events) == {"unga-82", "oas-ga-57", "unea-8"}


@pytest.mark.parametrize(
    ("who", "asks", "subject", "first"),
    [
        ("somos una organización de derechos de migrantes", "qué foros hay en 2027", "migración", {"crm"}),
        ("we are a migrant rights nonprofit", "which forums are there in 2027", "migration", {"crm"}),
        ("trabajamos con mujeres indígenas en Oaxaca", "qué foros vienen", "mujeres", {"csw71"}),
    ],
)
def test_what_touches_the_work_of_who_asks_stands_first(
    who: str, asks: str, subject: str, first: set[str], talk: Talk
) -> None:
    talk.say(who)
    turn = talk.say(asks)
    assert subject in talk.said.split("\n")[0]
    assert set(turn.reading.events[:1]) == first
    assert len(turn.reading.events) > 10


def test_the_pages_of_such_a_list_go_on_where_it_stopped(talk: Talk) -> None:
    talk.say("somos una organización de derechos de migrantes")
    shown = talk.say("qué foros hay en 2027").reading.events
    pages = [talk.labels[:-1]]
    while talk.labels[-1].startswith("Ver más"):
        talk.tap(talk.labels[-1])
        pages.append([label for label in talk.labels if not label.startswith("Ver más")])
    assert sum(map(len, pages)) == len(shown)


def test_who_only_tells_of_their_work_asks_for_no_forum(talk: Talk) -> None:
    assert talk.say("trabajamos con mujeres indígenas en Chiapas").reading.events == ()


def test_a_name_alone_after_a_list_is_looked_for(talk: Talk) -> None:
    talk.say("qué foros hay en 2027")
    assert talk.say("FPAN").reading.events == ("hlpf-2027",)
    assert talk.say("IMRF").reading.events == ("imrf-2030",)
    assert talk.say("qué es el IMRF").reading.events == ()
