"""In an open danger: who is in it, what one cue may change, what grew worse, what is asked, what we heard wrong."""

import pytest

from bot.conversation import Outcome

STROKE = "a mi suegro se le torció la cara y no puede hablar"
REMOVAL = "a mi cuñado lo tienen en florence y lo deportan el martes en la mañana"
FLOOD = "el río se desbordó y el agua rodea la casa, estamos atrapados"
NANNY = "mi sobrina se fue a cuidar niños a londres y la señora no la deja salir"


@pytest.mark.parametrize(
    "text",
    [
        "ya repartí mis cosas y les escribí una carta a mis hijos",
        "le dejé grabado un mensaje a mi mamá, ya no quiero vivir",
        "i wrote a letter to my kids, i do not want to live anymore",
    ],
)
def test_who_takes_leave_of_relatives_is_the_one_in_danger(talk, text):
    talk.say(text)
    assert [told.other for told in talk.conversation.told if told.category == "self_harm"] == [False]


def test_family_elsewhere_is_no_captive_and_sits_at_no_bed(talk):
    talk.say(NANNY)
    assert talk.conversation.told[-1].other
    assert "número local de emergencias" in talk.said
    assert "embajada" in talk.said
    talk.say("me manda mensajes a escondidas desde la cocina")
    assert "deje la llamada abierta" not in talk.said
    talk.say("soy su tía, yo estoy en toluca")
    assert "respira bien" not in talk.said


@pytest.mark.parametrize(
    ("first", "text", "category"),
    [
        (STROKE, "soy su nieta tengo 12 y no hay nadie más aquí", "medical"),
        (REMOVAL, "sus hijos están con la vecina y ella ya no puede con ellos", "deportation"),
        (REMOVAL, "si lo regresan a guerrero lo matan los que mataron a su papá", "deportation"),
        ("tengo 13 y estoy sola, el señor que me traía se fue", "estoy en la central desde ayer", "child"),
    ],
)
def test_one_cue_is_a_part_of_the_open_danger(talk, first, text, category):
    talk.say(first)
    talk.say(text)
    assert talk.conversation.told[-1].category == category
    assert "cómo va vestido" not in talk.said


def test_a_sure_danger_takes_the_place_of_another(talk):
    talk.say(STROKE)
    assert (
        talk.say("mi hijo se perdió en el mercado, tiene 4 años y no lo encuentro").reading.urgent.category == "child"
    )


@pytest.mark.parametrize(
    ("first", "text", "word"),
    [
        ("ya no quiero vivir", "estoy parada en la orilla del puente", "orilla"),
        (FLOOD, "mi papá usa concentrador de oxígeno y se fue la luz", "oxígeno"),
        (FLOOD, "nos subimos al techo con los niños", "techo"),
        (FLOOD, "ya se metió el agua, nos llega a la cintura", "agua ya entró"),
    ],
)
def test_what_grew_worse_has_the_number_first(talk, first, text, word):
    talk.say(first)
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.URGENT
    assert word in turn.replies[0].text
    assert "911" in turn.replies[0].text
    assert "Si algo cambia" not in turn.replies[0].text


def test_a_service_question_beside_the_wish_to_die_keeps_the_line(talk):
    talk.say("me quiero matar")
    turn = talk.say("y lo de las remesas entonces qué banco cobra menos")
    assert turn.reading.outcome is Outcome.ANSWER
    assert turn.replies[0].text.startswith("Aquí sigo")


def test_good_news_and_a_question_in_one_message(talk):
    talk.say("me asaltaron en irapuato, me quitaron todo y no tengo dónde dormir")
    turn = talk.say("ya conseguí dónde dormir en un albergue, ahora cómo trabajo aquí legal")
    assert "¿Qué necesita ahora?" not in talk.said
    assert turn.reading.outcome in (Outcome.ANSWER, Outcome.CLARIFY)


@pytest.mark.parametrize(
    ("first", "text"),
    [
        ("my grandpa passed away and i dont have his birth certificate", "no, he died about 12 years ago"),
        ("se murió mi papá y no tengo su acta de nacimiento", "no, murió hace 7 años, sólo quiero su acta"),
    ],
)
def test_a_false_alarm_is_taken_back(talk, first, text):
    if talk.say(first).reading.urgent is None:
        talk.say("acaba de morir mi papá")
    talk.say(text)
    assert all(told.over for told in talk.conversation.told)
    assert talk.said.startswith(("Entendido", "Understood"))


def test_what_is_denied_gives_way_to_what_is_told(talk):
    talk.say("a mi primo lo agarró la migra ayer")
    talk.say("no, no está con la migra, lo tiene encerrado el coyote y pide dinero")
    assert talk.conversation.told[-1].category == "kidnapping"


def test_held_for_money_is_no_mere_silence(talk):
    turn = talk.say("my brother crossed with a coyote and is not answering, the man wants 3000 more to let him go")
    assert turn.reading.urgent.category == "kidnapping"


def test_a_named_place_is_not_asked_for(talk):
    talk.say("se nos inunda la casa aquí por laredo texas, estamos atrapados")
    assert "¿En qué país" not in talk.said


def test_no_credit_in_mexico_speaks_of_mexico(talk):
    talk.say("nos tienen encerrados en una casa en matamoros y no nos dejan salir")
    talk.say("no tengo saldo")
    assert "Estados Unidos" not in talk.said


def test_after_a_false_alarm_its_own_topic_is_not_told(talk):
    talk.say("la migra agarró a mi esposo")
    talk.say("no, eso no es, anda en el trabajo")
    assert talk.said.startswith("Entendido")
    assert talk.conversation.topic is None


def test_papers_in_a_death_are_no_alarm(talk):
    talk.say("se murió mi suegro anoche en dallas")
    talk.say("mi mamá no tiene papeles, si va al entierro puede regresar?")
    assert "Su vida va primero" not in talk.said
