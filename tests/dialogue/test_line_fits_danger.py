"""In an open danger the line is of that danger and of that reader: no likeness of a word wins over who is in what."""

import pytest

CAPTIVE = "nos tienen encerradas en un cuarto en Matamoros y piden dinero"
BEATEN = "mi marido me golpeó anoche"
STRANGLED = "mi novio me agarró del cuello ayer"
SHUT = "estamos metidos en la caja de un tráiler, somos 20, no hay aire"
PUPIL = "una estudiante mía llegó con moretones, dice que su padrastro la golpea"
WISH = "ya no quiero vivir"


@pytest.mark.parametrize(
    "text",
    [
        "no podemos hablar porque nos escuchan, me queda 8% de batería",
        "nos oyen si llamo. nomás tengo whatsapp",
        "we cant call they can hear us, phone at 5%",
    ],
)
def test_who_is_kept_and_overheard_is_sent_to_nobody_near(talk, text):
    talk.say(CAPTIVE)
    talk.say(text)
    assert "a alguien cerca" not in talk.said
    assert "somebody near" not in talk.said
    assert [told.category for told in talk.conversation.told] == ["kidnapping"]
    assert any(word in talk.said for word in ("deje la llamada abierta", "leave the call open"))


@pytest.mark.parametrize(
    "text", ["le digo a mi mamá que deposite o que", "que mi hermano pague o no", "should my aunt pay them"]
)
def test_who_is_kept_asks_what_the_family_should_do(talk, text):
    talk.say(CAPTIVE)
    talk.say(text)
    assert any(word in talk.said for word in ("antes de pagar", "before they pay"))


@pytest.mark.parametrize(
    "text",
    [
        "traigo la voz ronca",
        "me cuesta tragar desde entonces",
        "me sigue doliendo el cuello",
        "it hurts to swallow and my neck is sore",
    ],
)
def test_pain_after_pressure_on_the_neck_does_not_wait(talk, text):
    talk.say(STRANGLED)
    talk.say(text)
    assert any(word in talk.said for word in ("urgencias", "emergency room"))
    assert "911" in talk.said
    assert talk.conversation.told[-1].category == "violence"


def test_a_cold_is_no_pressure_on_the_neck(talk):
    talk.say(BEATEN)
    talk.say("traigo gripa y me duele la garganta")
    assert "apretaron" not in talk.said


@pytest.mark.parametrize(
    "text",
    [SHUT, "we are 25 people in a trailer and there is no air", "vamos encerrados en un contenedor, casi no hay aire"],
)
def test_who_is_shut_in_is_not_lost_in_the_desert(talk, text):
    talk.say(text)
    assert any(word in talk.said for word in ("encerrada", "locked in"))
    assert "Arizona" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "caminamos en el desierto, el camión nos dejó tirados, no traemos agua",
        "estamos perdidos en el desierto, venimos en un camión y se descompuso",
        "estamos perdidos en el monte, hay un tanque de agua cerca",
    ],
)
def test_a_truck_or_a_tank_in_the_desert_shuts_nobody_in(talk, text):
    talk.say(text)
    assert "perdido" in talk.said


@pytest.mark.parametrize(
    "text", ["el número no contesta", "that number is not in service", "ninguno sirve, no entra la llamada"]
)
def test_who_is_shut_in_and_reaches_nobody_keeps_their_own_line(talk, text):
    talk.say(SHUT)
    talk.say(text)
    assert any(word in talk.said for word in ("golpeen la pared", "Golpeen la pared", "Bang on the wall"))
    assert "Arizona" not in talk.said


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ([PUPIL, "soy su maestra en Houston, qué debo hacer"], "Créale"),
        ([PUPIL, "estoy en Houston", "a quién lo reporto"], "1 800 422 4453"),
        ([PUPIL, "tiene miedo de regresar a su casa"], "no se vaya a solas"),
        (["mi vecinita de 9 me dijo que su papá le pega", "estoy en Puebla, a quién le aviso"], "DIF"),
        (["a student told me her stepdad hits her", "i am in Denver, should i report it"], "1 800 422 4453"),
    ],
)
def test_who_helps_a_child_of_others_is_told_what_a_helper_does(talk, texts, says):
    for text in texts:
        talk.say(text)
    assert says in talk.said
    assert "su pareja" not in talk.said
    assert "911" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "no lo voy a hacer pero sí me dan ganas",
        "no me voy a matar, nomás que a veces me dan ganas",
        "i wont do it but i still want to",
        "i would never do it but the thought is there",
    ],
)
def test_a_wish_that_is_left_is_not_good_news(talk, text):
    talk.say(WISH)
    talk.say(text)
    assert "alegra" not in talk.said
    assert "glad" not in talk.said
    assert any(word in talk.said for word in ("ganas", "wish"))
    assert "988" in talk.said


def test_no_wish_is_still_good_news(talk):
    talk.say(WISH)
    talk.say("no, no lo voy a hacer")
    assert "ganas están" not in talk.said


@pytest.mark.parametrize(
    ("texts", "never"),
    [
        (["tengo 15 años y mi padrastro me pega", "ya se durmió"], "usted"),
        (["tengo 14 años y mi papá me golpea", "a dónde me puedo ir"], "Diga"),
        (["tengo 16 años y mi novio me pega", "me revisa el celular"], "borre"),
    ],
)
def test_who_is_under_18_is_spoken_to_as_such_on_every_turn(talk, texts, never):
    for text in texts:
        talk.say(text)
    assert talk.conversation.minor
    assert never not in talk.said
    assert "adulto" in talk.said


@pytest.mark.parametrize(
    "text", ["they left a paper and went away, my mom isnt answering", "ya se fueron, mi mamá no contesta"]
)
def test_a_child_alone_after_they_left_the_door(talk, text):
    talk.say("i am 12 years old, ice is at the door")
    talk.say(text)
    assert any(word in talk.said for word in ("grown-up", "adulto"))
    assert not any(word in talk.said for word in ("plates", "placas", "how many", "cuántos"))


@pytest.mark.parametrize(
    "text",
    [
        "estoy en Dallas. y lo de mis papeles qué",
        "soy residente por él, pierdo mi green card?",
        "what about my papers then",
    ],
)
def test_papers_asked_after_a_violence_alert_get_what_there_is_for_victims(talk, text):
    talk.say(BEATEN)
    talk.say(text)
    assert "VAWA" in talk.said
    assert "911" in talk.said


@pytest.mark.parametrize("text", ["ya vienen. le doy su insulina?", "should i give him his insulin meanwhile"])
def test_what_to_give_is_for_who_answers_the_phone(talk, text):
    talk.say("mi papá es diabético y no despierta")
    talk.say(text)
    assert any(word in talk.said for word in ("antes de darle", "before giving", "before you give"))


@pytest.mark.parametrize("text", ["puedo mandar a un amigo con agua", "can i send my brother to get him with water"])
def test_nobody_is_sent_into_the_desert(talk, text):
    talk.say("a mi primo lo dejaron en el desierto por Sásabe")
    talk.say(text)
    assert any(word in talk.said for word in ("por su cuenta", "should go in alone"))


def test_who_was_deported_to_a_town_of_two_names_is_in_mexico(talk):
    talk.say("me deportaron y estoy durmiendo en la calle en Nogales")
    talk.say("no he comido, a dónde puedo llegar hoy")
    assert "211" not in talk.said


@pytest.mark.parametrize("text", ["el 55 5658 1111 me contestó una grabación", "marqué 55-5658-1111 y no contestan"])
def test_a_number_that_reached_nobody_is_not_the_first_to_try_again(talk, text):
    talk.say("mi marido me golpea, estoy en Tapachula")
    talk.say(text)
    assert "pruebe con" in talk.said
    assert "5658" not in talk.said or "5658" in talk.said.strip().splitlines()[-1]
