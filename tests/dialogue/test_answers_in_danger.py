"""In an open danger: an answer to us is no other danger, a place that was told is known, who is held is he."""

import pytest

from bot.conversation import Outcome

REMOVED = "me deportaron hoy por matamoros y no traigo ni un peso"
ESCAPED = "un señor que acompañamos se escapó anoche de donde lo tenían amarrado y los hombres están afuera, en reynosa"
HIT = "mi ex me mandó decir que me va a matar"
HELD = "agarraron a mi cuñado unos de ice afuera de la obra, apenas me dijeron"


def categories(talk):
    return {told.category for told in talk.conversation.told}


@pytest.mark.parametrize(
    ("first", "answer"),
    [
        (REMOVED, "primero un techo, se está metiendo el sol"),
        (REMOVED, "sleep, i cant keep my eyes open anymore"),
        (REMOVED, "lo más urgente es comer algo, ya está oscureciendo"),
        (REMOVED, "la comida primero, desde ayer en la mañana no pruebo nada"),
        ("i was deported to tijuana yesterday with nothing on me", "sleep first, it is getting late and cold"),
    ],
)
def test_what_answers_our_question_is_no_other_danger(talk, first, answer):
    talk.say(first)
    talk.say(answer)
    assert categories(talk) == {"deportation"}
    assert not talk.conversation.told[-1].other


@pytest.mark.parametrize("text", ["el albergue que me dijeron ya no tiene cupo", "llegué al refugio y está cerrado"])
def test_a_full_shelter_goes_on_with_the_need(talk, text):
    talk.say(REMOVED)
    talk.say(text)
    assert categories(talk) <= {"deportation", "destitution"}
    assert "iglesia" in talk.said


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("ya no quiero vivir", "self_harm"),
        ("i want to die, i cannot go on", "self_harm"),
        ("quisiera dormir y ya no despertar nunca", "self_harm"),
        ("ya no quiero vivir, ya me rendí", "self_harm"),
        ("mi niño no respira", "medical"),
        ("i want to kill myself", "self_harm"),
        ("me están golpeando unos hombres", "violence"),
    ],
)
def test_a_real_new_danger_is_helped(talk, text, category):
    talk.say(REMOVED)
    assert talk.say(text).reading.outcome is Outcome.URGENT
    assert category in categories(talk)


@pytest.mark.parametrize("text", ["i just want to sleep forever", "ya no tengo fuerzas para nada, ya me rendí"])
def test_what_may_be_a_wish_to_die_is_at_least_asked_about(talk, text):
    talk.say(REMOVED)
    reading = talk.say(text).reading
    assert reading.outcome in (Outcome.CHECK, Outcome.URGENT)
    assert reading.check == "self_harm" or reading.urgent.category == "self_harm"
    assert "911" in talk.said
    talk.say("sí")
    assert "self_harm" in categories(talk)


def test_when_the_police_came_and_they_left_it_is_over(talk):
    talk.say(ESCAPED)
    talk.say("ya vino la policía y los de la troca se fueron, gracias")
    assert talk.conversation.told[-1].over
    talk.say("y mientras, puede trabajar")
    assert "deuda" not in talk.said


def test_to_be_allowed_to_work_is_no_forced_labour(talk):
    talk.say(ESCAPED)
    talk.say("y él puede trabajar en lo que le resuelven")
    assert "deuda" not in talk.said


def test_beside_other_matters_safety_is_not_asked_a_third_time(talk):
    talk.say("me quiero morir")
    talk.say("cuánto cuesta el pasaporte")
    assert "¿Está a salvo ahora mismo?" in talk.said
    talk.say("y qué documentos llevo")
    assert "¿Está a salvo ahora mismo?" not in talk.said


@pytest.mark.parametrize(
    ("before", "danger"),
    [
        (
            "trabajo en una empacadora de pollo en georgia, me pagan poco",
            "el patrón nos quitó los pasaportes y no nos deja ir",
        ),
        ("i work on a dairy farm in ohio", "my boss took our passports and wont let us leave until we pay"),
        ("quiero inscribir a mi hijo en la primaria aquí en morelia, lo traje de denver", HIT),
    ],
)
def test_where_somebody_said_before_that_they_are_is_not_asked(talk, before, danger):
    talk.say(before)
    talk.say(danger)
    assert talk.conversation.told
    assert talk.conversation.flow != "where"


def test_a_place_told_again_in_words_is_known(talk):
    talk.say(HIT)
    talk.say("ya le había dicho que en morelia")
    assert talk.conversation.country == "MX"


@pytest.mark.parametrize(
    "text", ["y la quincena que no me pagaron allá en phoenix", "le ponen una orden aunque él siga allá en dallas"]
)
def test_what_is_over_there_is_not_where_they_are(talk, text):
    talk.say("estoy en morelia, michoacán")
    talk.say(text)
    assert talk.conversation.country == "MX"


@pytest.mark.parametrize(
    "text", ["puedo pedir una orden de restricción aquí", "me los puede quitar por la ley si los traje sin su permiso"]
)
def test_who_is_in_mexico_is_not_sent_to_a_consulate(talk, text):
    talk.say("vivo en morelia con mis hijos")
    talk.say(HIT)
    talk.say(text)
    assert "consulado" not in talk.said
    assert "PALE" not in talk.said


def test_to_have_paid_a_smuggler_is_a_fear_of_its_own(talk):
    talk.say("mi sobrino cruzó por sonoyta hace tres días y no contesta")
    talk.say("yo vivo en puebla, y si denuncio no es problema que le pagamos al pollero?")
    assert "embajada" not in talk.said
    assert "pagó al coyote" in talk.said


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (HELD, "somos de guerrero y él no tiene papeles, los niños sí nacieron aquí"),
        ("ice arrested my dad outside his job, they just told me", "we are from jalisco and he has no papers"),
    ],
)
def test_who_tells_of_who_is_held_is_not_told_to_be_silent_about_themselves(talk, first, text):
    talk.say(first)
    assert talk.conversation.told[-1].other
    talk.say(text)
    assert "No diga dónde nació" not in talk.said
    assert "Do not say where you were born" not in talk.said
    assert "abogado" in talk.said or "lawyer" in talk.said


@pytest.mark.parametrize(
    "text", ["están los de la migra afuera de mi casa con mi esposo", "ice is outside with my dad"]
)
def test_who_is_behind_the_door_is_in_it(talk, text):
    talk.say(text)
    assert not talk.conversation.told[-1].other
