"""After an alarm a question that the knowledge answers is answered, and who asks what to do is told what to do."""

import pytest

TAKEN = "tienen secuestrado a mi cuñado y piden rescate"
GIRL = "a mi ahijada de 13 la tienen encerrada en una casa en reynosa"
HELD = "ice agarró a mi compadre ayer en fresno"
HELD_EN = "ICE took my cousin at work today"
LOST = "ando perdido en el desierto, ya no traigo agua"
LOST_EN = "I am lost in the desert without water"
SHUT_UP = "no tengo una respuesta comprobada"
UNKNOWN = ("no lo tengo comprobado", SHUT_UP, "nothing checked", "no checked answer")


def opened(talk):
    return {f"{one.topic}/{one.section}" for one in talk.turns[-1].reading.topics[:1]}


@pytest.mark.parametrize("asks", ["que ago", "ke hago", "q puedo aser", "what do i do"])
@pytest.mark.parametrize("told", ["intente hablar y se cayo la llamada, casi no traigo pila", "2 por ciento de pila"])
def test_who_is_lost_and_asks_what_to_do_is_told(talk, told, asks):
    talk.say(LOST)
    talk.say(f"{told} {asks}")
    assert "911" in talk.said
    assert "ubicación" in talk.said.lower()
    assert not any(words in talk.said for words in UNKNOWN)


def test_the_same_in_english(talk):
    talk.say(LOST_EN)
    talk.say("the call dropped and my phone is at 5 percent what should i do")
    assert "again" in talk.said
    assert "location" in talk.said
    assert not any(words in talk.said for words in UNKNOWN)


@pytest.mark.parametrize("text", ["no quiero que llegue la migra aqui", "i dont want border patrol to find me"])
def test_who_is_lost_and_fears_the_patrol_is_told_what_may_come(talk, text):
    talk.say(LOST)
    talk.say(text)
    assert opened(talk) == {"migrante-extraviado/fear"}


@pytest.mark.parametrize("text", ["estoy solo", "sigo aqui"])
def test_who_is_alone_is_not_spoken_to_as_many(talk, text):
    talk.say(LOST)
    talk.say(text)
    assert "Quédense" not in talk.said
    assert "Háganse" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "su mamá vive en dallas sin papeles, puede poner la denuncia desde allá?",
        "yo estoy en guatemala, se puede denunciar desde aca",
        "can her dad file the report from the united states",
    ],
)
def test_whoever_is_far_is_told_how_to_report(talk, text):
    talk.say(GIRL)
    talk.say(text)
    assert opened(talk) < {"unidad-delitos-migrantes/abroad", "busqueda-rescate-migrantes/abroad"}


@pytest.mark.parametrize("text", ["mi mamá se cayó, la atiende un hospital sin papeles y sin dinero?"])
def test_no_money_for_a_doctor_is_no_ransom(talk, text):
    talk.say(TAKEN)
    talk.say(text)
    assert "Nadie junta eso" not in talk.said
    assert "urgen" in talk.said or "emergencia" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "no tenemos ese dinero",
        "de donde saco tanto dinero",
        "no me alcanza para pagar el rescate, no tengo lo que piden",
    ],
)
def test_no_money_for_a_ransom_still_is(talk, text):
    talk.say(TAKEN)
    talk.say(text)
    assert "Nadie junta eso" in talk.said


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (HELD, "cómo le hago llegar sus pastillas de la presión"),
        (HELD, "me dejan llevarle su inhalador?"),
        (HELD_EN, "how can we give him his insulin"),
    ],
)
def test_medicine_for_who_is_held_is_no_clinic(talk, first, text):
    talk.say(first)
    talk.say(text)
    assert opened(talk) == {"asistencia-consular-migratoria/health"}


@pytest.mark.parametrize(
    "text",
    [
        "tiene corte en febrero, lo pueden regresar antes?",
        "his hearing is in may, can they deport him before that",
    ],
)
def test_a_day_in_court_is_heard_before_what_follows_a_removal(talk, text):
    talk.say(HELD)
    talk.say(text)
    assert opened(talk) == {"pale/deadline"}
    assert "México te abraza" not in talk.said


def test_a_removal_without_a_day_in_court_stays_one(talk):
    talk.say(HELD)
    talk.say("ya tenía una orden de deportación de hace años")
    assert opened(talk) != {"pale/deadline"}


@pytest.mark.parametrize("text", ["si le marco a la policia la matan, mejor deposito?", "me dijeron no avises al 911"])
def test_who_fears_to_call_hears_of_paying_too(talk, text):
    talk.say("tienen secuestrada a mi nuera y quieren dinero")
    talk.say(text)
    assert "pagar" in talk.said


@pytest.mark.parametrize("first", ["en mi país la mara me quiere matar, soy de honduras", "hola"])
@pytest.mark.parametrize(
    "text", ["si pido refugio en la comar le dicen a mi embajada?", "does comar notify my embassy if i ask for asylum"]
)
def test_whether_the_consulate_hears_of_a_request_for_refuge(talk, first, text):
    talk.say(first)
    talk.say(text)
    assert opened(talk) == {"condicion-refugiado/how"}
    assert "no debe" in talk.said or "must not" in talk.said


@pytest.mark.parametrize("text", ["su mamá no me deja ver a mis niños", "my ex wont let me talk to my kids"])
def test_who_is_kept_from_their_children_is_told_of_custody(talk, text):
    talk.say("me deportaron y ya no quiero vivir")
    talk.say("sí")
    talk.say(text)
    assert opened(talk) == {"asistencia-consular-civil/custody"}


def test_children_who_are_left_stay_children_who_are_left(talk):
    talk.say(HELD)
    talk.say("sus hijos se quedaron solos con una vecina")
    assert opened(talk) != {"asistencia-consular-civil/custody"}


@pytest.mark.parametrize("text", ["me da miedo salir del cuarto", "im scared to leave the room"])
def test_who_is_afraid_to_go_out_is_heard(talk, text):
    talk.was_asked("violence", "un oficial me quitó dinero y me amenazó")
    talk.say(text)
    assert "911" in talk.said
    assert any(word in talk.said for word in ("miedo", "fear", "Gracias por escribir", "Thank you"))
    assert not talk.labels or talk.turns[-1].reading.outcome.value != "clarify"


@pytest.mark.parametrize("first", [TAKEN, HELD, LOST, "mi marido me golpeó anoche y me amenaza"])
def test_a_question_in_the_midst_of_words_is_answered(talk, first):
    talk.say(first)
    talk.say("mi niña hizo el kinder en texas y ahora en jalisco no saben a que año va, qué papel les llevo")
    assert opened(talk) & {"documento-transferencia-binacional/" + one for one in ("to-us", "what", "how", "without")}


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (TAKEN, "ya no sé qué pensar"),
        (HELD, "dice que tiene frío y que no le dan de comer"),
        (LOST, "vemos unas luces a lo lejos"),
        ("mi marido me golpeó anoche y me amenaza", "dice que si me voy me quita a los niños"),
    ],
)
def test_what_is_told_of_the_danger_stays_with_it(talk, first, text):
    talk.say(first)
    talk.say(text)
    assert talk.conversation.told
    assert not talk.conversation.told[-1].aside


@pytest.mark.parametrize(
    "text", ["the lines on that list dont answer", "i have called three shelters and they do not answer"]
)
def test_lines_that_do_not_answer_are_no_farewell(talk, text):
    talk.say("i was deported to juarez this morning with nothing")
    talk.say(text)
    assert "See you later" not in talk.said


@pytest.mark.parametrize("text", ["ok dont reply", "please dont text me"])
def test_who_must_not_be_written_to_is_left(talk, text):
    talk.say("my husband is beating me")
    talk.say(text)
    assert talk.said.startswith(("Goodbye", "All right"))
