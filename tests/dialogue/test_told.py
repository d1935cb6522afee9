"""What was said of who somebody is, and where, chooses the section, the step and whom to ask."""

import pytest

from bot.dialogue.person.signals import read_signals
from bot.dialogue.person.told import closed, reachable, told_by
from bot.dialogue.places.nearest import place_said
from knowledge.model import Knowledge
from tests.support.talk import Talk, person, who_said


@pytest.mark.parametrize(
    ("country", "text", "shut"),
    [
        ("US", "quiero que mi niña tenga sus papeles de México", True),
        ("US", "mi niña nació aquí, la quiero registrar", True),
        ("US", "lo quiero registrar en México, allá está mi mamá", False),
        ("US", "ya nos vamos a regresar, cómo lo registro", False),
        ("MX", "mi niña nació en Dallas y ya estamos acá", False),
        (None, "quiero registrar a mi hija", False),
    ],
)
def test_what_is_done_in_mexico_is_not_said_to_who_is_not_there(
    country: str | None, text: str, shut: bool, knowledge: Knowledge
) -> None:
    topic = knowledge.topics["registro-nacimiento-hijos-eua"]
    assert ("in-mexico" in closed(topic, who_said(text, knowledge, country=country), text, knowledge)) is shut


def test_who_came_back_is_not_told_what_to_do_before(knowledge: Knowledge) -> None:
    shut = closed(knowledge.topics["regreso-por-cuenta-propia"], person(country="MX"), "y ahora qué", knowledge)
    assert "before" in shut


@pytest.mark.parametrize(
    ("text", "country", "citizen"),
    [
        ("vivo en los ángeles", "US", None),
        ("me vine a vivir a México de Denver", "MX", None),
        ("me regresé a mi pueblo hace dos años", "MX", None),
        ("moved back home to Mexico", None, None),
        ("we moved back to mexico", "MX", None),
        ("me deportaron ayer y no conozco a nadie", "MX", None),
        ("tengo tps y se vence en marzo", None, "ZZ"),
    ],
)
def test_where_and_of_which_country_somebody_says_to_be(
    text: str, country: str | None, citizen: str | None, knowledge: Knowledge
) -> None:
    said = read_signals(text, knowledge)
    assert (place_said(text, knowledge)[0], said.citizen) == (country, citizen)


def test_who_is_said_not_to_be_mexican_asks_for_no_mexican(knowledge: Knowledge) -> None:
    assert told_by(person(nationality="ZZ"), "soy salvadoreño, no mexicano", knowledge).foreign
    assert told_by(person(nationality="SV"), "soy salvadoreño, no mexicano", knowledge).foreign
    assert not told_by(person(nationality="ZZ"), "mi esposo es mexicano", knowledge).foreign
    assert not told_by(person(nationality="SV"), "mi esposo es mexicano", knowledge).foreign


def test_nobody_is_sent_to_a_line_for_mexicans_who_is_none(knowledge: Knowledge) -> None:
    topic = knowledge.topics["migrante-extraviado"]
    assert reachable(topic.ask, person(country="US"), "", knowledge) == ["ciam-us", "no-more-deaths"]
    asked = reachable(topic.ask, person(country="US", nationality="GT"), "", knowledge)
    assert asked == ["no-more-deaths"]
    assert reachable(knowledge.topics["ciam"].ask, person(country="US", nationality="GT"), "", knowledge)


def test_the_step_of_a_foreigner_names_who_serves_anybody(talk: Talk) -> None:
    talk.told(nationality="ZZ", country="US")
    talk.say("si salgo del país a un entierro, puedo volver a entrar")
    assert "de cualquier país" in talk.said.partition("➡")[2]
