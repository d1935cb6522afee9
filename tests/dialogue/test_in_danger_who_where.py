"""In an open danger: for whom and where it is, what is asked within it, and what a safety question is answered."""

import pytest

from bot.conversation import Outcome

HELD = "mi tia se fue a cuidar a una señora en dallas y no la dejan salir de la casa"
SELF = "ya no quiero seguir viviendo, extraño a mis niños que se quedaron en fresno"
DETAINED = "me detuvieron a mi yerno ayer en la pizca"
DESERT = "estamos perdidos en el desierto y ya no traemos agua"
BEATEN = "mi esposo me esta golpeando"
MISSING = "mi hermano cruzo por el sasabe hace dos dias y no contesta"
CAPTIVE = "nos tienen encerrados a mi primo y a mi en una casa"
DEAD = "se murio mi hermano anoche en tucson"


@pytest.mark.parametrize("text", ["le quitaron el telefono, me escribe del de su amiga", "no se el numero de la casa"])
def test_who_writes_for_the_victim_is_not_spoken_to_as_the_victim(talk, text):
    talk.say("buenas tardes no se si me puedan orientar")
    talk.say(HELD)
    assert talk.conversation.told[-1].other
    talk.say(text)
    assert talk.conversation.told[-1].other
    assert "Que nadie vea la pantalla" not in talk.said
    assert "su ubicación en el teléfono" not in talk.said


@pytest.mark.parametrize("text", ["me agarraron a mi sobrino en la obra", "se me llevaron a mi papa los de ice"])
def test_somebody_taken_from_the_writer_is_somebody_else(talk, text):
    talk.say(text)
    assert talk.conversation.told[-1].other


def test_who_wants_to_die_and_names_relatives_is_the_one_in_danger(talk):
    talk.say(SELF)
    assert not talk.conversation.told[-1].other
    talk.say("ya para que sigo en este mundo")
    assert "Esa persona" not in talk.said
    assert "esa persona" not in talk.said


def test_who_wrote_for_another_may_be_in_it(talk):
    talk.say("mi hermano dice que se quiere morir")
    assert talk.conversation.told[-1].other
    talk.say("y yo tampoco ya no quiero seguir viviendo")
    assert not talk.conversation.told[-1].other


@pytest.mark.parametrize(
    "text",
    [
        "no, no voy a hacer nada, solo lo extraño",
        "sí ahorita estoy bien, nomás agotada",
        "no i wont do anything im just sad",
    ],
)
def test_the_safety_question_is_answered_as_it_was_meant(talk, text):
    talk.say("me quiero morir")
    talk.say(text)
    assert talk.conversation.answers.get("safe-now") == "yes" or talk.conversation.told[-1].over
    assert "llame ahora a la línea" not in talk.said


@pytest.mark.parametrize("text", ["no, ya no quiero seguir", "no, no estoy segura"])
def test_a_no_to_safety_stays_a_no(talk, text):
    talk.say("me quiero morir")
    talk.say(text)
    assert talk.conversation.answers.get("safe-now") != "yes"


def test_a_told_street_is_used(talk):
    talk.say(HELD)
    talk.say("no tengo la direccion, nomas se que es por la calle lamar")
    assert talk.conversation.told[-1].placed
    assert "Con lo que me contó" in talk.said


def test_who_cannot_speak_sends_the_place_in_writing(talk):
    talk.say(CAPTIVE)
    talk.say("no puedo hablar, nos oyen")
    talk.say("es una casa verde cerca de la central de autobuses")
    assert "mándelo escrito" in talk.said


def test_who_is_lost_has_no_address(talk):
    talk.say(DESERT)
    talk.say("casi no hay señal, que les digo si no se donde estoy")
    assert "dirección, o lo más cerca" not in talk.said
    assert "punto azul" in talk.said or "lugar más alto" in talk.said


@pytest.mark.parametrize("first", [DESERT, "mi compañero se desmayo y no reacciona, vamos en el desierto"])
def test_how_many_they_are_is_no_medical_question(talk, first):
    talk.say(first)
    talk.say("perdon, somos ocho con dos niños")
    assert "respira" not in talk.said
    assert "cuántos son" in talk.said


def test_a_named_place_orders_the_numbers_and_is_not_asked_for(talk):
    talk.say("hello i am from cuba, they keep me and my cousin in a house in Reynosa and ask 2000 dollars")
    assert "Which country" not in talk.said
    numbers = talk.turns[-1].replies[1].text
    assert numbers.index("from Mexico") < numbers.index("from the United States")


def test_where_somebody_works_says_where_they_are(talk):
    talk.say("I'm a nurse at a hospital in Tucson, a Mexican patient died this morning, his wife is in Sonora")
    assert talk.conversation.country == "US"


def test_a_relatives_town_is_not_the_writers(talk):
    talk.say("mi esposo me pega, mi mama vive en michoacan")
    assert talk.conversation.country is None


QUESTIONS = [
    (HELD, "y si hablo a la policia no la echan del pais?", "no lo puedo asegurar"),
    (BEATEN, "si lo denuncio me deportan a mi?", "no lo puedo asegurar"),
    (DETAINED, "no tengo el numero a de el", "Sin el número A también"),
    (DETAINED, "le estan diciendo que firme su salida", "no firme nada"),
    (DETAINED, "un abogado sale muy caro y no tenemos", "PALE"),
    (MISSING, "como se si lo tienen en algun hospital", "Llame a los hospitales"),
    (MISSING, "ustedes van a ir a buscarlo?", "desde este chat no sale nadie"),
    (CAPTIVE, "a la policia no, ellos trabajan con los de la casa", "miedo tiene sentido"),
    (DEAD, "su mama quiere venir a verlo pero no tiene visa", "permiso"),
    (DEAD, "no juntamos ese dinero", "apoyo"),
    (BEATEN, "ya estamos en el baño encerrados aqui con mis hijos", "detrás de una puerta"),
    (DESERT, "ya paso un helicoptero arriba de nosotros", "Háganse ver"),
]


@pytest.mark.parametrize(("first", "text", "said"), QUESTIONS)
def test_what_is_asked_or_told_in_danger_is_answered(talk, first, text, said):
    talk.say(first)
    talk.say(text)
    assert said in talk.said


def test_a_search_for_the_one_who_was_taken_is_answered_with_warmth(talk):
    talk.say("tengo 15 años y me quiero morir")
    talk.say("como puedo saber donde tienen a mi papa")
    assert talk.turns[-1].reading.answered == ("asistencia-consular-migratoria",)
    assert "adulto de confianza" in talk.turns[-1].replies[0].text


def test_nobody_of_another_country_is_sent_to_the_consulate_of_mexico(talk):
    talk.say(DETAINED)
    talk.say("el es guatemalteco")
    assert talk.conversation.told[-1].foreign
    assert "1 520 623 7874" not in talk.said
    talk.say("le llamo al consulado de mexico?")
    assert "es para personas mexicanas" in talk.said
    assert "1 520 623 7874" not in talk.said


def test_who_was_left_behind_is_lost(talk):
    talk.say(MISSING)
    turn = talk.say("dice uno que iba con el que se lastimo el pie y ahi lo dejaron")
    assert turn.reading.urgent.category == "lost"
    assert turn.reading.outcome is Outcome.URGENT


def test_a_minor_who_asks_for_a_person_is_spoken_to_as_one(talk):
    talk.say("my stepdad is hitting my mom right now")
    talk.say("im 14 who can i talk to")
    assert talk.conversation.minor
    assert "how old you are" in talk.said


def test_where_the_rescued_one_goes_is_no_search(talk):
    talk.say(HELD)
    talk.say("y ya que salga con quien llega, no tiene parientes aqui")
    assert "desde qué número" not in talk.said


def test_who_keeps_the_children_is_answered_where_somebody_is_held(talk):
    talk.say("ice took my husband from his job this morning")
    turn = talk.say("we have three kids, who keeps them if they come for me")
    assert turn.reading.answered == ("plan-eventualidades",)


def test_the_place_that_was_told_orders_numbers_before_a_country_in_a_question(talk):
    talk.say("la migra agarro a mi cuñado en una obra de houston, es hondureño")
    talk.say("le marco al consulado de mexico?")
    assert talk.said.index("desde Estados Unidos") < talk.said.index("desde México")
