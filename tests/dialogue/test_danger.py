"""Danger by scorer and rules: every category fires, and what urgency.md calls easily mistaken does not."""

import time

import pytest

from bot.dialogue.danger import SCORER, read_check, read_danger
from bot.dialogue.phrasing import sentences, spell_out
from bot.dialogue.signals import read_signals
from bot.dialogue.sounds import sound, sound_frame
from knowledge.model import Knowledge
from knowledge.schema.base import Level

URGENT = [
    ("medical", "mi suegra no respira y tiene los labios morados"),
    ("medical", "my uncle is unconscious and he is bleeding a lot"),
    ("medical", "el roomie se desmayó and now no despierta"),
    ("lost", "andamos perdidos en el desierto y se nos acabo el agua"),
    ("lost", "We are lost in the mountains, no water since yesterday"),
    ("lost", "nos dejó el coyote en el monte y my cousin can't walk"),
    ("violence", "mi marido me acaba de golpear y trae un cuchillo"),
    ("violence", "someone is shooting outside, we are hiding"),
    ("violence", "my ex está pateando la puerta y dice que me va a matar"),
    ("kidnapping", "nos tienen encerrados en una bodega y no nos dejan salir"),
    ("kidnapping", "they won't let me leave and they took my passport until I pay the debt"),
    ("kidnapping", "piden rescate por mi sobrino y nos mandan videos de él amarrado"),
    ("self_harm", "ya no quiero vivir"),
    ("self_harm", "I want to kill myself tonight"),
    ("self_harm", "estoy tan tired, I want to die"),
    ("child", "se me perdió mi hija de 4 años en la terminal y no la encuentro"),
    ("child", "the kids are alone in the apartment, ICE took both their parents"),
    ("detention", "la migra está afuera de mi casa tocando la puerta"),
    ("detention", "ICE just arrested my husband at work"),
    ("detention", "a mi cuñado lo agarró la migra saliendo del trabajo"),
    ("deportation", "a mi papá lo deportan mañana a las cinco"),
    ("deportation", "they are deporting my brother tomorrow morning"),
    ("missing", "mi hermano cruzó por Altar el lunes y no hemos sabido nada de él"),
    ("missing", "have not heard from my son since he crossed the desert on Friday"),
    ("disaster", "se está inundando la casa, estamos arriba del techo"),
    ("disaster", "our building is on fire and we can't get out"),
    ("death", "mi papá falleció anoche en Fresno, cómo lo mando a su pueblo"),
    ("death", "my wife died this morning and the morgue will not release her body"),
    ("destitution", "no tengo donde dormir hoy y llevo dos días sin comer"),
    ("destitution", "they stole everything, I am sleeping in the bus station with no money"),
]

HARMLESS = [
    # hypothesis and preparation
    "¿qué hago si llega la migra a mi casa?",
    "what happens if ICE arrests my husband at work",
    "quiero un plan por si me detienen",
    # the past
    "en 2015 me deportaron, ¿puedo volver?",
    "mi papá murió hace doce años y quiero su acta",
    "my husband hit me years ago, does it count for a visa",
    # negation and what is over
    "no estoy herido, sólo pregunto por el seguro",
    "ya apareció mi hermano, gracias por todo",
    "false alarm, my son is home safe",
    # figures of speech
    "me muero de hambre, ¿qué hay cerca del consulado?",
    "this form is killing me",
    "ando perdido con el formato de la cita",
    # organisations and students
    "nuestra organización atiende víctimas de secuestro y busca folletos",
    "busco estadísticas de migrantes desaparecidos en el desierto para mi tesis",
    # news and stories
    "vi en la tele que la migra se llevó a muchos en Chicago",
    "en la novela secuestraron a la muchacha y piden rescate",
    # ordinary questions
    "¿cuánto cuesta el pasaporte?",
    "where do I renew my consular ID",
    "",
    "…",
]


@pytest.mark.parametrize(("category", "text"), URGENT)
def test_danger_is_found(category: str, text: str, knowledge: Knowledge) -> None:
    danger = read_danger(text, knowledge)
    assert danger is not None
    assert danger.category == category
    assert danger.rule in {SCORER, *(rule.id for rule in knowledge.categories[category].rules)}


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_easily_mistaken_is_not_danger(text: str, knowledge: Knowledge) -> None:
    assert read_danger(text, knowledge) is None


def test_every_category_has_an_example(knowledge: Knowledge) -> None:
    assert {category for category, _ in URGENT} == set(knowledge.categories)


@pytest.mark.parametrize(
    "text",
    [
        "mi hermano murió hace 10 años. ahorita estoy perdido en el desierto",
        "mi hermano murio hace 10 años ahorita estoy perdido en el desierto sin agua",
    ],
)
def test_a_suppressor_acts_on_its_own_clause(text: str, knowledge: Knowledge) -> None:
    danger = read_danger(text, knowledge)
    assert danger is not None
    assert danger.category == "lost"


@pytest.mark.parametrize(
    "text",
    [
        "MI ESPOSO ME ACABA DE GOLPEAR",
        "auxilio mi ermana no respira",
        "no puede respírar mi ijo",
        "se desmallo y esta inconciente",
    ],
)
def test_capitals_and_spelling_by_ear(text: str, knowledge: Knowledge) -> None:
    assert read_danger(text, knowledge) is not None


def test_the_words_found_are_those_of_the_message(knowledge: Knowledge) -> None:
    danger = read_danger("Hola. Mi tía está inconsciente", knowledge)
    assert danger is not None
    assert danger.words == "inconsciente"


def test_usual_level_and_level_raised_by_words(knowledge: Knowledge) -> None:
    plain = read_danger("ICE just arrested my husband at work", knowledge)
    worse = read_danger("ICE just arrested my husband at work and he is not breathing", knowledge)
    assert plain is not None
    assert plain.level is Level.URGENT
    assert worse is not None
    assert worse.level is Level.CRITICAL


def test_a_writer_under_18_moves_the_level_up(knowledge: Knowledge) -> None:
    text = "no tengo donde dormir hoy"
    adult, minor = read_danger(text, knowledge), read_danger(f"tengo 15 años y {text}", knowledge)
    assert adult is not None
    assert minor is not None
    assert minor.level.rank == adult.level.rank - 1


def test_an_unsure_rule_asks_instead(knowledge: Knowledge) -> None:
    text = "they offered my sister a job but want nude photos"
    assert read_danger(text, knowledge) is None
    check = read_check(text, knowledge)
    assert check is not None
    assert check.category == "kidnapping"


def test_laughter_does_not_silence(knowledge: Knowledge) -> None:
    text = "ya no quiero seguir viviendo jajaja"
    assert read_danger(text, knowledge) or read_check(text, knowledge)


def test_no_check_where_the_danger_is_sure(knowledge: Knowledge) -> None:
    assert read_check("mi suegra no respira", knowledge) is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("estoy en Tijuana", "MX"),
        ("I am in Texas with my kids", "US"),
        ("estamos en Ciudad Juárez", "MX"),
        ("vengo de Honduras", None),
        ("estoy en Texas y mi papá está en Puebla", "US"),
        ("estoy en Houston. estoy en Monterrey", None),
    ],
)
def test_country_only_where_the_writer_says_they_are(text: str, country: str | None, knowledge: Knowledge) -> None:
    assert read_signals(text, knowledge).country == country


def test_other_signals(knowledge: Knowledge) -> None:
    assert read_signals("tengo 14 años y no sé qué hacer", knowledge).minor
    assert not read_signals("tengo 14 años viviendo aquí con 3 hijos", knowledge).fears_government
    assert read_signals("pedí asilo porque mi gobierno me persigue", knowledge).fears_government
    assert not read_signals("¿cuánto cuesta el pasaporte?", knowledge).minor


def test_spelling_by_ear_keeps_words_apart() -> None:
    assert sound("hijo") == sound("ijo")
    assert sound("llevo") == sound("yebo")
    assert sound("perro") != sound("pero")
    assert sound("his") != sound("is")
    assert sound("jaja") != sound("a")
    assert sound("hahaha") == "haha"
    assert sound_frame("(hijo|niño)? ... secuestr*") == "(ijo|nino)? ... sekuestr*"


def test_short_forms_are_written_out() -> None:
    assert spell_out("I can't, he's gone", {}) == "i can not he is gone"
    assert [part.words for part in sentences("Uno dos. ¿Tres?\ncuatro", {})] == [("uno", "dos"), ("tres",), ("cuatro",)]


def test_reading_is_fast(knowledge: Knowledge) -> None:
    texts = [text for _, text in URGENT] + HARMLESS
    for text in texts:
        read_danger(text, knowledge)
    started = time.perf_counter()
    for text in texts:
        read_danger(text, knowledge)
    assert (time.perf_counter() - started) / len(texts) < 0.005
