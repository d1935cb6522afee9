"""After a help text a worry about the danger gets its own line, never a topic that only sounds like it."""

import pytest

from bot.conversation import Level, Outcome
from bot.dialogue.danger.remembered import in_phase

RANSOM = "unos hombres tienen a mi sobrino en altar y nos piden tres mil dólares para soltarlo"
RANSOM_EN = "they are holding my nephew in a house in laredo and want money to let him go"
HELD = "el patrón nos tiene encerrados en la bodega y nos quitó los pasaportes, somos seis"
DETAINED = "la migra se llevó a mi cuñada del lavado de carros"
DETAINED_EN = "ice picked up my uncle at the courthouse today"
BEATEN = "mi marido me acaba de golpear otra vez"


@pytest.mark.parametrize(
    ("first", "text", "says"),
    [
        (RANSOM, "qué pasa si se dan cuenta de que pedimos ayuda", "más difícil"),
        (RANSOM_EN, "would those men learn that it was my call", "make it harder"),
        (RANSOM, "y hablar a ese teléfono cuánto me va a costar", "gratis y en confianza"),
        (RANSOM_EN, "do they charge me for calling that number", "free and in confidence"),
        (BEATEN, "contestan a medianoche en esa línea?", "contesta a cualquier hora"),
        (RANSOM_EN, "could they come for my family here next", "That fear makes sense"),
        (DETAINED, "me da miedo ir a visitarla porque yo tampoco tengo papeles", "Que no haya riesgo"),
        (DETAINED_EN, "can my aunt visit him, she is undocumented", "no risk"),
        (DETAINED, "les dan de cenar en ese lugar?", "llamadas, médico e intérprete"),
        (DETAINED_EN, "does it help him that his daughters were born here", "A judge or ICE decides"),
        (DETAINED, "quién puede pagar la fianza de ella", "La fianza (bond) la fija"),
        (DETAINED, "si me llevan a mí, con quién se quedan mis niños", "Ese miedo se entiende"),
        (BEATEN, "me mandó decir con su tío que me va a desaparecer", "Lo tomo en serio"),
        (BEATEN, "he says he will find me even if i move to another state", "take it seriously"),
        (RANSOM, "qué les digo cuando vuelvan a llamar", "pocas palabras"),
        (RANSOM, "no queremos meter a la policía en esto", "sin que se enteren"),
        (BEATEN, "hay que pagar el albergue?", "no se quede ahí por dinero"),
    ],
)
def test_a_worry_gets_its_line(talk, first, text, says):
    talk.say(first)
    talk.say(text)
    assert says in talk.said


def test_what_was_answered_and_is_asked_again_goes_on(talk):
    talk.say(RANSOM)
    talk.say("se van a enterar ellos de que avisé?")
    talk.say("no pregunto si está perdido, pregunto si ellos se van a enterar que fui yo")
    assert "eso es lo que más teme" in talk.said


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (RANSOM, "no digo perdido, digo que quienes lo agarraron se pueden enojar"),
        (DETAINED, "ella es mexicana, no trae ningún papel, y mi prima dice que sale en un sitio de internet"),
        (DETAINED, "y ahí adentro a los niños los cuidan bien?"),
        (BEATEN, "hay que pagar algo por quedarse en el refugio?"),
        (RANSOM_EN, "is somebody there at night"),
    ],
)
def test_no_topic_that_only_sounds_like_it_answers(talk, knowledge, first, text):
    talk.say(first)
    told = talk.conversation.told[-1]
    turn = talk.say(text)
    fitting = in_phase(told, knowledge).topics
    assert all(topic in fitting for topic in turn.reading.answered)


@pytest.mark.parametrize("first", [RANSOM, DETAINED, BEATEN])
@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("otra cosa, cuánto cuesta renovar el pasaporte", "pasaporte"),
        ("para inscribir a mi hija en la primaria en méxico qué papeles piden", "acceso-educacion-sin-documentos"),
        ("how do i get a matricula consular", "matricula-consular"),
    ],
)
def test_another_matter_is_still_answered(talk, first, text, topic):
    talk.say(first)
    assert talk.say(text).reading.answered == (topic,)


@pytest.mark.parametrize(("first", "fits"), [(RANSOM, False), (HELD, True)])
def test_a_ransom_and_work_without_pay_have_other_topics(talk, knowledge, first, fits):
    talk.say(first)
    topics = in_phase(talk.conversation.told[-1], knowledge).topics
    assert ("protocolo-trata-consular" in topics) is fits
    assert "migrante-extraviado" not in topics


@pytest.mark.parametrize(
    "text",
    [
        "un agente me está pateando, y cómo renuevo la matrícula",
        "me están pegando y también quiero saber del acta de mi hijo",
        "the guard is hitting me, and where do i get a birth certificate",
        "mi tío no respira bien, y el pasaporte dónde se saca",
    ],
)
def test_an_attack_told_beside_a_question_is_helped_first(talk, text):
    talk.say(DETAINED)
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.URGENT
    assert "911" in turn.replies[0].text


def test_who_is_safe_for_now_and_afraid_is_helped_with_a_plan(talk):
    talk.was_asked("violence", "mi ex mandó decir que me va a desaparecer")
    turn = talk.say("ahora no, él anda en otro estado, pero tengo miedo de que lo haga")
    assert turn.reading.urgent.category == "violence"
    assert "no diga dónde está" in turn.replies[0].text
    assert "1 800 799 7233" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "mi bebé tiene mucha tos y vómito, y en el hospital nos regresaron por no tener seguro",
        "my boy has a fever since monday and the clinic sent us away, no insurance",
        pytest.param(
            "traigo diarrea y calentura y en el centro de salud no me quisieron atender por no tener papeles",
            marks=pytest.mark.xfail(reason="asked about, with the number, not helped", strict=True),
        ),
    ],
)
def test_an_illness_that_nobody_looked_at_is_a_priority_with_its_signs(talk, text):
    turn = talk.say(text)
    assert turn.reading.urgent.level is Level.PRIORITY
    assert "1 800 222 1222" not in talk.said
    assert "911" in turn.replies[0].text


def test_who_was_refused_and_tells_of_no_illness_is_in_no_danger(talk):
    turn = talk.say("en la clínica no quisieron recibir a mi suegra porque no tiene seguro ni papeles")
    assert turn.reading.outcome not in (Outcome.URGENT, Outcome.CHECK)


def test_a_grave_illness_stays_critical_though_it_was_refused(talk):
    turn = talk.say("mi hija tiene fiebre desde el lunes y no respira bien, en la clínica no la quisieron recibir")
    assert turn.reading.urgent.level is Level.CRITICAL


def test_who_is_no_mexican_and_said_where_they_are_gets_no_line_for_mexicans(talk):
    talk.say("soy salvadoreña, vivo en houston. ice se llevó a mi hermano hoy")
    assert "1 520 623 7874" not in talk.said


def test_a_partner_may_be_of_another_country(talk):
    talk.say("soy salvadoreña, vivo en houston. ice se llevó a mi esposo hoy")
    assert "1 520 623 7874" in talk.said


def test_what_asks_in_the_words_of_a_line_is_no_other_matter(talk):
    talk.say(DETAINED)
    turn = talk.say("dónde la puedo buscar, en qué página sale")
    assert turn.reading.answered == ("asistencia-consular-migratoria",)


def test_a_threat_that_is_on_its_way_is_told_at_once(talk):
    talk.say(BEATEN)
    turn = talk.say("me habló que ya viene en camino y me va a matar")
    assert turn.reading.outcome is Outcome.URGENT
    assert "vaya ya" in turn.replies[0].text


def test_words_of_the_danger_lead_back_from_another_matter(talk):
    talk.say(DETAINED)
    assert talk.say("y cuánto cuesta renovar mi pasaporte").reading.answered == ("pasaporte",)
    talk.say("y la fianza de ella de cuánto será")
    assert "La fianza (bond) la fija" in talk.said


def test_what_a_section_of_a_line_opened_is_no_thread_of_another_matter(talk):
    talk.say(RANSOM)
    talk.say("nos dijeron que no le hablemos a la policía")
    assert talk.say("aparte, yo tengo que renovar mi pasaporte, qué papeles llevo").reading.answered == ("pasaporte",)


def test_nobody_of_another_country_is_led_to_the_visit_of_our_consulate(talk):
    talk.say(DETAINED)
    talk.say("ella es de honduras")
    turn = talk.say("cuándo podemos ir a verla")
    assert turn.reading.answered == ()
    assert "consulado de su país" in talk.said
