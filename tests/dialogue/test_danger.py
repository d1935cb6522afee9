"""Danger by scorer and rules: every category fires, and what urgency.md calls easily mistaken does not."""

import time

import pytest

from bot.conversation import Danger, Outcome
from bot.dialogue.danger.judging import SCORER, judge
from bot.dialogue.danger.rules import read_rules
from knowledge.model import Knowledge
from knowledge.schema.base import Level
from tests.support.talk import Talk

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

REPORTED = [
    ("detention", "me detuvo migración en Arriaga"),
    ("detention", "nos agarró la guardia nacional en Veracruz"),
    ("detention", "arrestaron a un activista de nuestra red"),
    ("detention", "immigration arrested two of our clients"),
    ("lost", "se hundió mi cuñado en el río hace media hora y no sale"),
    ("medical", "mi prima está a punto de dar a luz en el refugio"),
    ("medical", "se nos va a aliviar una muchacha aquí en la oficina"),
    ("medical", "my cousin is giving birth in the shelter"),
    ("medical", "un anciano se desmayó en la entrada"),
    ("medical", "tenemos dos heridos aquí"),
    ("medical", "mi prima se tomó todas las pastillas"),
    ("disaster", "hay un terremoto aquí"),
    ("disaster", "se quema mi departamento"),
    ("disaster", "there is a fire in our office"),
    ("child", "niña separada de su mamá en la garita"),
    ("lost", "mi tía se quedó tirada en el desierto de Altar"),
    ("deportation", "my removal flight is on monday"),
    ("violence", "el guía quiere abusar de mi hermana"),
    ("kidnapping", "nos van a entregar a la mafia"),
    ("violence", "el mayordomo no me paga y me golpea"),
    ("child", "me quitaron a mis niñas los del condado"),
    ("kidnapping", "mi vecino tiene a unas mujeres encerradas cosiendo"),
    ("medical", "ayuda mi niño no despierta"),
    ("kidnapping", "help they have my brother and want money"),
    ("detention", "se lo llevaron esposado enfrente de sus hijas"),
    ("missing", "mi esposo venia caminando con otros y ya no supimos de el"),
    ("destitution", "andamos en la calle con los niños y no hemos comido nada"),
    ("kidnapping", "me ofrecen empleo pero piden fotos mías sin ropa"),
    ("kidnapping", "they offered my sister a job but want nude photos"),
]
"""Help, or at least one question."""

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
    # what fault hunters found
    "me detuvo migración en Arriaga hace 8 años",
    "mi abuela se está muriendo en Oaxaca y no tengo papeles para ir",
    "mi tía está en el hospital general",
    "no, para mí",
    "no es para mí, es para mi prima",
    "y cuánto",
    "no esa, la otra",
    "tengo corte el viernes y no tengo abogado",
    "mi tío está preso, ¿puede cumplir su condena en México?",
    "ya me tomé las pastillas que me recetó el doctor",
    # ordinary questions
    "¿cómo localizo a mi primo detenido por migración?",
    "where can I look up my uncle who is in ICE detention",
    "¿dónde denuncio a quien cobra piso?",
    "mi suegra se quedó en Sonora hace diez años",
    "¿cuánto cuesta el pasaporte?",
    "where do I renew my consular ID",
    "",
    "…",
]


def helped(text: str, knowledge: Knowledge) -> Danger | None:
    """The danger that a message surely reports."""
    reading = judge(text, knowledge)
    return reading.danger if reading and reading.sure else None


def asked(text: str, knowledge: Knowledge) -> Danger | None:
    """The danger that one question is asked about."""
    reading = judge(text, knowledge)
    return reading.danger if reading and reading.unsure else None


@pytest.mark.parametrize(("category", "text"), URGENT)
def test_danger_is_found(category: str, text: str, knowledge: Knowledge) -> None:
    danger = helped(text, knowledge)
    assert danger is not None
    assert danger.category == category
    assert danger.rule in {SCORER, *(rule.id for rule in knowledge.categories[category].rules)}


@pytest.mark.parametrize(("category", "text"), REPORTED)
def test_danger_is_at_least_asked_about(category: str, text: str, knowledge: Knowledge) -> None:
    danger = helped(text, knowledge) or asked(text, knowledge)
    assert danger is not None
    assert danger.category == category


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_easily_mistaken_is_not_danger(text: str, knowledge: Knowledge) -> None:
    assert helped(text, knowledge) is None


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
    danger = helped(text, knowledge)
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
    assert helped(text, knowledge) is not None


def test_the_words_found_are_those_of_the_message(knowledge: Knowledge) -> None:
    danger = helped("Hola. Mi tía está inconsciente", knowledge)
    assert danger is not None
    assert danger.words == "inconsciente"


def test_usual_level_and_level_raised_by_words(knowledge: Knowledge) -> None:
    plain = helped("ICE just arrested my husband at work", knowledge)
    worse = helped("ICE just arrested my husband at work and he is not breathing", knowledge)
    assert plain is not None
    assert plain.level is Level.URGENT
    assert worse is not None
    assert worse.level is Level.CRITICAL


def test_a_writer_under_18_moves_the_level_up(knowledge: Knowledge) -> None:
    text = "no tengo donde dormir hoy"
    adult, minor = helped(text, knowledge), helped(f"tengo 15 años y {text}", knowledge)
    assert adult is not None
    assert minor is not None
    assert minor.level.rank == adult.level.rank - 1


def test_an_unsure_rule_asks_instead(knowledge: Knowledge) -> None:
    text = "me ofrecen empleo pero piden fotos mías sin ropa"
    assert helped(text, knowledge) is None
    check = asked(text, knowledge)
    assert check is not None
    assert check.category == "kidnapping"


def test_laughter_does_not_silence(knowledge: Knowledge) -> None:
    text = "ya no quiero seguir viviendo jajaja"
    assert helped(text, knowledge) or asked(text, knowledge)


def test_no_check_where_the_danger_is_sure(knowledge: Knowledge) -> None:
    assert asked("mi suegra no respira", knowledge) is None


def test_reading_is_fast(knowledge: Knowledge) -> None:
    texts = [text for _, text in URGENT] + HARMLESS
    for text in texts:
        helped(text, knowledge)
    started = time.perf_counter()
    for text in texts:
        helped(text, knowledge)
    assert (time.perf_counter() - started) / len(texts) < 0.005


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("held-by-authorities", "me quitaron a mis hijos los del CPS"),
        ("held-by-authorities", "mi hijo de 15 cruzó solo y lo tiene la migra"),
        ("child-taken", "un hombre se llevó a mi hija"),
        ("stayed-behind", "mi prima se quedó en el desierto"),
    ],
)
def test_the_rule_that_fires(rule: str, text: str, knowledge: Knowledge) -> None:
    assert {found.rule.id for found in read_rules(text, knowledge).found} == {rule}


@pytest.mark.parametrize("text", ["mi esposo no llegó anoche", "my dad never made it home last night"])
def test_what_did_not_come_about_is_not_over(text: str, knowledge: Knowledge) -> None:
    assert "stop:over" not in read_rules(text, knowledge).signs


@pytest.mark.parametrize("text", ["mi esposo llegó anoche, gracias", "he made it home fine last night"])
def test_what_came_about_is_over(text: str, knowledge: Knowledge) -> None:
    assert "stop:over" in read_rules(text, knowledge).signs


@pytest.mark.parametrize("text", ["mi hija de 20 la golpea su marido en denver", "my son of 19 is in the river"])
def test_an_age_is_no_year(text: str, knowledge: Knowledge) -> None:
    assert "stop:past" not in read_rules(text, knowledge).signs


@pytest.mark.parametrize(
    "text",
    [
        "ya no tengo el viejo se me perdio",
        "no tengo mi acta yo, se me perdio en el camino",
        "los doctores dicen que se va a morir de cáncer",
    ],
)
def test_lost_papers_and_illness_fire_no_rule_of_another_danger(text: str, knowledge: Knowledge) -> None:
    assert {found.category.id for found in read_rules(text, knowledge).found} <= {"medical"}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("me amenaza un grupo armado en mi pueblo", "violence"),
        ("somos un albergue, anoche llegaron hombres armados y amenazaron al personal", "violence"),
        ("theres ppl outside my house with vests i think its ice, kids are inside", "detention"),
    ],
)
def test_who_threatens_or_stands_outside(text: str, category: str, knowledge: Knowledge) -> None:
    assert category in {found.category.id for found in read_rules(text, knowledge).found}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "y para mi esposo ocupa pasaporte pero el esta detenido en conroe",
            marks=pytest.mark.xfail(reason=".12 where .15 is asked, since plain dangers are taught", strict=False),
        ),
        "she needs her ID but she is detained at eloy",
    ],
)
def test_a_detention_that_is_told_in_passing_is_at_least_asked_about(text: str, knowledge: Knowledge) -> None:
    reading = judge(text, knowledge)
    assert reading is not None
    assert reading.sure or reading.unsure


def test_what_goes_on_with_the_open_topic_is_no_yes_to_a_check(talk: Talk) -> None:
    for text in ("me deben 3 semanas en houston", "tengo mensajes y fotos"):
        talk.say(text)
    assert talk.say("ya junte todo").reading.policy == "answer"  # done with the papers, not with life
    assert talk.say("ya no aguanto mas").reading.policy == "check"
    assert talk.say("no se el nombre de la compañia solo el del contratista").reading.policy == "answer"
    assert not talk.conversation.in_danger


def test_who_has_nobody_behind_the_question_of_harm_is_spoken_to_of_that(talk: Talk) -> None:
    for text in ("me deben 3 semanas en houston", "ya no aguanto mas", "es que ya no tengo a nadie"):
        talk.say(text)
    assert talk.conversation.danger.category == "self_harm"


def test_a_parent_who_left_is_not_missing_where_a_childs_papers_are_asked_for(talk: Talk) -> None:
    talk.say("quiero sacar el pasaporte de mi hijo")
    assert talk.say("el papa no esta, se fue y no se de el. puedo ir sola?").reading.policy in ("answer", "offer")
    assert talk.say("su papa se fue ayer de la casa y no contesta, no sabemos nada").reading.policy == "danger"


@pytest.mark.parametrize(
    "text", ["mas corto", "más corto por favor", "mas despacio", "repite", "shorter", "again please"]
)
def test_what_is_said_of_the_talk_alone_is_asked_about_as_no_danger(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.check is None
    talk.say("hola")
    assert talk.say(text).reading.check is None


@pytest.mark.parametrize(
    "text", ["ya no aguanto mas", "ya no aguanto mas, repite", "mas corto, ya no quiero nada de esta vida"]
)
def test_what_may_be_a_danger_is_asked_about_beside_it_too(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.check == "self_harm" or talk.conversation.in_danger


@pytest.mark.parametrize("text", ["repite", "no entiendo", "repeat that please", "mas claro"])
def test_who_wants_the_question_of_harm_again_has_not_said_yes(text: str, talk: Talk) -> None:
    talk.say("ya no aguanto mas")
    assert talk.say(text).reading.why == "asked again"
    assert not talk.conversation.in_danger
    talk.say("si")
    assert talk.conversation.danger.category == "self_harm"


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("mi mamá murió en 2021 y dejó una casa en Jalisco, ¿cómo la heredamos?", None),
        (
            "Murió mi mamá en mayo en Jalisco, era ejidataria, con 6 hectáreas. ¿De quién queda la tierra?",
            None,
        ),
        ("murió mi mamá en 2021 y su cuerpo sigue en la morgue", "death"),
        ("murió mi mamá anoche, ¿cómo la mando a Jalisco?", "death"),
        ("desde 2005 no sabemos de mi tío, dejó de llamar de Chicago, ¿cómo lo busco?", None),
        ("desde ayer no sabemos de mi tío, cruzó por Sonora y no contesta", "missing"),
    ],
)
def test_what_was_lost_long_ago_is_no_danger_now(text: str, danger: str | None, talk: Talk) -> None:
    reading = talk.say(text).reading
    assert (reading.urgent.category if reading.urgent else reading.check) == danger


def test_a_no_other_matters_later_answers_no_check(talk: Talk) -> None:
    assert talk.say("ya no aguanto mas").reading.check == "self_harm"
    assert talk.say("¿cuánto cuesta el pasaporte?").reading.policy == "answer"
    assert talk.say("No, mi hermana ya lo renovó. ¿Y qué papeles llevo yo?").reading.policy != "check"


FAINT = "it smells of gas outside. bitcoin"
"""Nothing of ours answers it, and by itself it sounds faintly of danger."""


@pytest.mark.parametrize(("minutes", "outcome"), [(2, Outcome.URGENT), (120, Outcome.CHECK)])
def test_what_sounds_faintly_of_danger_is_asked_about_and_opens_right_behind(
    minutes: int, outcome: Outcome, talk: Talk
) -> None:
    assert talk.say(FAINT).reading.outcome is Outcome.CHECK
    talk.wait(minutes)
    assert talk.say(FAINT).reading.outcome is outcome
