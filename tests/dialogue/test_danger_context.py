"""Danger in a conversation: what a frame that was set before covers, and what it does not; what stays ordinary."""

from datetime import datetime, timedelta

import pytest

from bot.conversation import Conversation, Heard
from bot.dialogue.danger.context import read_conversation
from bot.dialogue.person.signals import read_signals
from knowledge.model import Knowledge

HELP, ASK, CALM = "help", "ask", "calm"


def last_of(turns: list[str], knowledge: Knowledge, now: datetime) -> str:
    """What the last of these messages gets, a minute after the one before it."""
    heard = tuple(
        Heard(text=text, at=now - timedelta(minutes=len(turns) - number)) for number, text in enumerate(turns[:-1])
    )
    danger, asked = read_conversation(turns[-1], Conversation(heard=heard), knowledge, now)
    return HELP if danger else ASK if asked else CALM


@pytest.mark.parametrize(
    "turns",
    [
        # a question ends the film, the leaflet, the joke and the year that it is about
        [
            "do you have posters about trafficking for our clinic?",
            "i dont want to live anymore, i am going to kill myself",
        ],
        ["busco cifras de 2018 para mi tesis", "balacearon a mi hijo afuera de la tienda, se me está desangrando"],
        ["lol which form do i need for dual nationality", "my dad collapsed and he is not breathing"],
        ["cómo se registra nuestra organización para el taller", "a mi esposo se lo acaba de llevar la migra"],
        ["vi la noticia del aumento, ¿cuánto cuesta ahora el pasaporte?", "nos tienen encerrados y no nos dejan salir"],
        # what happens to the writer's own people is no part of a film
        ["estoy viendo una película con mis hijos", "mi niña se tragó una pila y no puede respirar"],
        # laughter in thanks is no joke about what follows
        ["qué papeles pide la ventanilla de salud", "jaja gracias", "mi papá se tomó el cloro y está vomitando sangre"],
        ["¿cuánto tarda la cita?", "y otra cosa", "mi marido me está pegando, ahorita trae un cuchillo"],
    ],
)
def test_danger_after_something_else_is_found(turns: list[str], knowledge: Knowledge, now: datetime) -> None:
    assert last_of(turns, knowledge, now) == HELP


@pytest.mark.parametrize("ordinary", ["¿qué piden para la matrícula consular?", "how do i renew my passport"])
@pytest.mark.parametrize(
    "report",
    [
        "mi cuñado está en Dallas y lo agarró la migra, es hondureño, qué hacemos",
        "a mi vecina la agarró ice saliendo del trabajo",
        "a mi tío lo tienen secuestrado en Nuevo Laredo y piden rescate",
        "ICE took my sister this morning and i dont know where she is",
    ],
)
def test_an_ordinary_question_before_takes_nothing_from_a_report(
    ordinary: str, report: str, knowledge: Knowledge, now: datetime
) -> None:
    assert last_of([report], knowledge, now) == HELP
    assert last_of([ordinary, report], knowledge, now) == HELP
    assert last_of([ordinary, f"ah ok, muchas gracias. {report}"], knowledge, now) == HELP


@pytest.mark.parametrize(
    "turns",
    [
        ["tengo cita en el consulado el lunes", "no pero aquí sigo, le digo a mi esposo al rato"],
        ["¿cuánto cuesta la apostilla?", "gracias. ¿y si me agarra la migra qué hago?"],
        ["how do i cancel my passport appointment", "ok thanks. i wont be needing it"],
    ],
)
def test_what_goes_on_calmly_gets_no_help_text(turns: list[str], knowledge: Knowledge, now: datetime) -> None:
    assert last_of(turns, knowledge, now) != HELP


@pytest.mark.parametrize(
    "turns",
    [
        ["hago el guion de un cortometraje", "al muchacho lo tienen amarrado en una bodega y piden rescate"],
        ["we are writing a training for our volunteers", "the woman in the case is locked in a room by her boss"],
        ["la suegra es bien brava jaja", "el domingo casi me mata por no lavar los trastes"],
        ["en 2012 me asaltaron en el tren", "me quedé sin zapatos y sin un peso, dormí en la calle"],
    ],
)
def test_a_frame_covers_what_goes_on_in_it(turns: list[str], knowledge: Knowledge, now: datetime) -> None:
    assert last_of(turns, knowledge, now) != HELP


@pytest.mark.parametrize(
    "turns",
    [
        ["cuánto cobran por mandar dinero", "no, perdón, todavía vive en Guatemala, no ha salido de allá"],
        ["mi patrón no me pagó tres semanas", "dice que no tiene dinero"],
        ["puedo abrir una cuenta con la matrícula", "y con la misma puedo volar dentro del país?"],
        ["qué le digo a la migra si viene", "y si no traen papel del juez"],
    ],
)
def test_a_follow_up_is_neither_danger_nor_asked_about(turns: list[str], knowledge: Knowledge, now: datetime) -> None:
    assert last_of(turns, knowledge, now) == CALM


@pytest.mark.parametrize(
    "turns",
    [
        ["se prendió el taller de mi compadre el lunes", "nadie salió herido"],
        ["mi roommate anda con miedo de la migra", "nothing happened, nomás está nerviosa"],
        ["my uncle passed in april and he is buried already", "everything is taken care of"],
    ],
)
def test_a_turn_that_settles_adds_no_danger(turns: list[str], knowledge: Knowledge, now: datetime) -> None:
    assert last_of(turns, knowledge, now) == CALM


def test_a_suspicious_turn_that_the_one_before_bears_out(knowledge: Knowledge, now: datetime) -> None:
    told = [
        "hay un muchacho sin identificar en el hospital de Yuma",
        "mi sobrino iba por ahí y lleva una semana sin contestar",
    ]
    assert last_of(told, knowledge, now) == HELP


def test_what_is_sure_alone_is_at_least_asked_about(knowledge: Knowledge, now: datetime) -> None:
    news = ["ayer vimos una serie de narcos", "los tienen encerrados en una bodega y piden rescate"]
    assert last_of(news[1:], knowledge, now) == HELP
    assert last_of(news, knowledge, now) == ASK


@pytest.mark.parametrize(
    "turns",
    [
        ["cómo corrijo mi acta de nacimiento", "mi tío me toca"],
        ["¿cuánto cuesta la matrícula?", "a dónde la mando", "mi tío me toca"],
    ],
)
def test_what_an_expert_wrote_down_is_asked_about_whatever_was_spoken_of(
    turns: list[str], knowledge: Knowledge, now: datetime
) -> None:
    assert last_of(turns[-1:], knowledge, now) != CALM
    assert last_of(turns, knowledge, now) != CALM


@pytest.mark.parametrize(
    "turns",
    [
        ["quiero mi acta", "mi tío se porta raro en las noches", "ya no quiero estar en esa casa, se mete a mi cuarto"],
        [
            "requisitos del pasaporte",
            "mi papá no me deja ir a la escuela",
            "quiero irme ya, me tiene encerrada a ratos",
        ],
    ],
)
def test_two_hints_in_a_row_are_asked_about(turns: list[str], knowledge: Knowledge, now: datetime) -> None:
    assert last_of(turns, knowledge, now) != CALM


def test_a_hint_before_a_no_adds_nothing(knowledge: Knowledge, now: datetime) -> None:
    hints = ["mi tío se porta raro en las noches", "ya no quiero estar en esa casa, se mete a mi cuarto"]
    assert last_of(["quiero mi acta", *hints], knowledge, now) != CALM
    assert last_of(["quiero mi acta", hints[0], "no, no pasa nada", "dónde saco el acta"], knowledge, now) == CALM


def test_few_words_that_a_rule_found_get_help_where_likely(knowledge: Knowledge, now: datetime) -> None:
    assert last_of(["me paró la policía por pasarme un alto"], knowledge, now) != HELP
    assert last_of(["mi mamá no respira"], knowledge, now) == HELP


@pytest.mark.parametrize(
    ("text", "own", "asks"),
    [
        ("¿qué hay?", False, True),
        ("oiga donde saco la cita", False, True),
        ("busco folletos", False, True),
        ("we need a flyer", True, True),
        ("mi hermana llora", True, False),
        ("i feel sick", True, False),
        ("los encerraron y lloran", False, False),
        ("cuando llegamos ya no había nadie", False, False),
    ],
)
def test_whose_it_is_and_what_asks(text: str, own: bool, asks: bool, knowledge: Knowledge) -> None:
    found = read_signals(text, knowledge)
    assert (found.own, found.asks) == (own, asks)


@pytest.mark.parametrize("text", ["me golpea", "es que me pega", "he beats me"])
def test_two_words_that_say_all_are_helped_behind_an_ordinary_question(talk, text):
    talk.say("quiero renovar mi pasaporte en dallas")
    assert talk.say(text).reading.urgent.category == "violence"
