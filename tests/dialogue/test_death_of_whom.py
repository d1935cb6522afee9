"""Who died is never who writes: the lines are those of their country, and of nobody else's."""

import pytest

HONDURAS, MEXICANS = "+504", "520 623 7874"


@pytest.mark.parametrize(
    "text",
    [
        "en la casa del migrante acaba de fallecer un señor colombiano, a quien avisamos",
        "murió hoy en el hospital una señora cubana que cuidábamos en el comedor",
    ],
)
def test_a_foreigner_gets_no_lines_for_mexicans_nor_for_hondurans(talk, text):
    talk.say(text)
    assert talk.conversation.told[-1].category == "death"
    assert MEXICANS not in talk.said
    assert HONDURAS not in talk.said
    assert "consulado del país de la persona" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "acaban de avisar que murió mi sobrino en atlanta, somos de san luis potosí",
        "anoche falleció mi cuñada en phoenix, ella era de zacatecas",
    ],
)
def test_a_mexican_family_gets_no_other_countrys_line(talk, text):
    talk.say(text)
    assert MEXICANS in talk.said
    assert HONDURAS not in talk.said


def test_a_honduran_family_gets_its_own(talk):
    talk.say("se murió mi primo ayer en denver, somos de honduras")
    assert HONDURAS in talk.said
    assert MEXICANS not in talk.said


@pytest.mark.parametrize("first", ["me toca el tps", "quiero saber del TPS"])
def test_what_is_added_to_what_we_do_not_know_is_never_answered_with_the_same(talk, first):
    said = set()
    for text in (first, "vengo de honduras", "honduras", "y entonces que hago"):
        talk.say(text)
        answer = talk.said
        assert answer not in said
        assert "1 888 624 4752" in answer
        said.add(answer)
