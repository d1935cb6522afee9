"""What cannot wait for a general help text is its first bubble, told at once or before a check was answered."""

import pytest

from bot.conversation import Outcome

GAS = "mi hijo no despierta, dejaron un anafre con carbón prendido adentro del cuarto"
GAS_EN = "my son will not wake up, there is a charcoal grill burning inside the tent"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (GAS, "aire libre"),
        (GAS_EN, "open air"),
        ("mi papá no puede respirar, se acabó el oxígeno de su concentrador", "se paró"),
        ("ya se le rompió la fuente a mi esposa y se le ve la cabeza al bebé", "altavoz"),
        ("ya se metió el agua a la casa, nos llega a la cintura", "el agua ya entró"),
    ],
)
def test_it_is_the_first_bubble(talk, text, word):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.URGENT
    assert word in turn.replies[0].text
    assert "911" in turn.replies[0].text


def test_it_is_the_first_bubble_of_a_minor_too(talk):
    talk.remember(minor=True)
    assert "al aire libre" in talk.say(GAS).replies[0].text


def test_it_is_said_after_a_check_that_asked_about_it(talk):
    talk.was_asked("medical", "mi hermana está mareada y huele a gas en la cocina")
    assert "aire libre" in talk.say("sí").replies[0].text


def test_it_is_not_said_twice_and_its_own_line_follows(talk):
    talk.say(GAS)
    talk.say("le hablo y nomás hace ruidos, a mí también me duele la cabeza")
    assert "no vuelvan a entrar" in talk.said
    assert "a solas" not in talk.said


def test_who_may_be_overlooked_reads_nothing_of_it_first(knowledge):
    assert not [w.id for one in knowledge.categories.values() if one.neutral for w in one.worse if w.first]
