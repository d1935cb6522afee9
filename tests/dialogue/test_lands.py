"""What the thread has said of the programme or the country bars another country's twin, until it is named."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize(
    "turns",
    [
        ("trabajo con visa h2a en Florida", "el contratista amenaza con mandarnos pa mexico y ya no pedirnos"),
        ("i pick berries in Oregon on an h2a visa", "can i change to another farm"),
        ("tengo visa h-2b en Texas", "cuantos meses dura el contrato de temporada"),
    ],
)
def test_who_is_in_one_country_s_programme_is_not_sent_to_the_twin(talk: Talk, turns: tuple[str, ...]) -> None:
    for turn in turns:
        talk.say(turn)
    assert talk.conversation.topic not in ("ptat", "movilidad-laboral-canada")
    assert "Canadá" not in talk.said.partition("➡")[0].partition("\n")[0]


def test_who_names_the_other_country_is_answered(talk: Talk) -> None:
    talk.say("trabajo con visa h2a en Florida")
    talk.say("y como le hago para irme al campo a Canadá con el PTAT")
    assert talk.conversation.topic == "ptat"


def test_who_asks_for_canada_first_is_answered(talk: Talk) -> None:
    talk.say("quiero ir a trabajar al campo en Canadá")
    assert talk.conversation.topic == "ptat"


@pytest.mark.parametrize("here", ["pero ya estamos acá y no la traigo apostillada", "ya estamos aquí de regreso"])
def test_who_went_back_and_is_here_is_in_mexico(talk: Talk, here: str) -> None:
    talk.say("nos regresamos a vivir a Uriangato, Guanajuato, mi niño va a la secundaria, qué papeles le piden")
    talk.say(here)
    assert talk.conversation.country == "MX"
    assert talk.conversation.section != "to-us"
