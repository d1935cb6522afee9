"""A call for money that came to nothing, or for who is beside the writer, is no kidnapping; no case stays open."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "me llamaron que tienen a mi sobrina y que deposite 20 mil pesos, pero ella está aquí a mi lado viendo la tele",
        "me marcaron disque tienen a mi papá en un monte y piden lana pero mi papá está aquí dormido",
        "they just called saying they have my brother and want five thousand dollars but he is asleep in the next room",
        "me hablaron que tienen a mi hija pero aquí está conmigo",
        "me marcaron que tenían a mi tío y pedían dinero, colgué, mi tío está en su casa",
        "they called saying my daughter was kidnapped, i hung up and she is here with me",
        "me quisieron extorsionar por teléfono, no caí, no pagué nada",
        "me hablaron que tenían a mi primo y querían dinero, no deposité, mi primo está bien",
        "a phone call asked me for money for my cousin, i hung up, my cousin is at home",
    ],
)
def test_a_call_that_came_to_nothing_is_reported(talk, text):
    turn = talk.say(text)
    assert turn.reading.urgent is None
    assert turn.reading.check is None
    assert turn.conversation.section == "extortion"


@pytest.mark.parametrize(
    "text",
    [
        "me marcaron que tienen a mi hijo y quieren dinero, pero mi hija está aquí conmigo",
        "they called that they have my son and want money, but my daughter is here with me crying",
        "me llamó mi hijo que lo tienen y piden 3 mil dolares, pero el que lo cuida esta durmiendo",
        "me marcaron que lo tienen y quieren lana pero mi otro hijo esta aqui conmigo",
        "me marcaron que tienen a mi tío pero mi tío está aquí y mi tía no contesta",
        "me marcaron que tienen a mi tío y piden dinero, colgué pero mi tío no contesta",
    ],
)
def test_whoever_may_be_held_still_is_helped(talk, text):
    reading = talk.say(text).reading
    assert reading.urgent is not None or reading.check is not None


@pytest.mark.parametrize(
    ("first", "place"),
    [
        ("they called saying they have my brother and want money but he is asleep in the next room", "i am in houston"),
        ("me hablaron que tienen a mi hija pero aquí está conmigo", "estoy en Morelia"),
    ],
)
def test_a_place_behind_it_opens_no_danger(talk, first, place):
    talk.say(first)
    reading = talk.say(place).reading
    assert reading.urgent is None
    assert reading.check is None


def test_what_is_told_behind_it_is_heard(talk):
    talk.say("they called that they have my son and want money but he is here with me")
    reading = talk.say("but now my daughter does not answer").reading
    assert reading.urgent is not None or reading.check is not None
