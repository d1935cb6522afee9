"""A fact gets what the texts say of it; a lack of sources is said of what was asked, and of nothing else."""

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("first", "then", "never"),
    [
        ("how do i get a permit for my truck in mexico", "its expired", "how long it is valid"),
        ("permiso para meter mi carro a mexico", "el mio ya se vencio", "cuánto dura"),
    ],
)
def test_what_happened_asks_for_no_validity(first: str, then: str, never: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(first)
    talk.say(then)
    assert never not in talk.said


@pytest.mark.parametrize(
    "then", ["mi niña no tiene acta apostillada", "no estamos casados", "yo no soy de jalisco, soy de puebla"]
)
def test_a_fact_is_never_thanked_without_more_where_a_text_speaks_of_it(then: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("como registro en el consulado a mi bebe que nacio en texas")
    talk.say(then)
    assert "¿Le sirve algo de esto?" not in talk.said


@pytest.mark.parametrize(
    ("turns", "exception"),
    [
        (("my mom lost her mexican passport", "does she really need to go to the police?"), "afraid of the police"),
        (("me robaron el pasaporte mexicano", "a fuerza tengo que ir con la policia?"), "miedo"),
        (("perdí mi pasaporte en el metro", "a poco sin el reporte de la policía no me lo dan"), "miedo"),
    ],
)
def test_the_exception_is_quoted_with_its_rule(turns: tuple[str, ...], exception: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    for turn in turns:
        talk.say(turn)
    assert exception in talk.said


@pytest.mark.parametrize(
    ("first", "then", "section"),
    [
        ("we moved back to mexico, can we bring the furniture", "what about the washing machine", "household"),
        # What is lacked has a section of its own.
        ("como saco la cartilla militar en el consulado", "no tengo comprobante de estudios", "military-school"),
    ],
)
def test_the_text_just_given_goes_before_a_neighbour_that_says_less_of_it(
    first: str, then: str, section: str, knowledge: Knowledge
) -> None:
    talk = Talk(knowledge)
    talk.say(first)
    talk.say(then)
    assert talk.conversation.section == section


def test_nothing_of_another_question_is_quoted(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    for turn in (
        "mi patron no me pago tres semanas",
        "me amenazo con la migra si reclamo",
        "y si lo niega todo, q ni me conoce",
    ):
        talk.say(turn)
    assert "Es ilegal que el patrón lo amenace" not in talk.said
