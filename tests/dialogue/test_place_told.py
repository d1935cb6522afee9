"""A town that is only told is taken up, with the consulate nearest to it where the step is done at one."""

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("first", "then", "said", "label"),
    [
        ("the boss did not pay me two weeks", "we are in fresno", "it is in Fresno", "Consulate: Fresno"),
        ("what is daca", "im in boise", "it is in Boise", "Consulate: Boise"),
    ],
)
def test_a_town_is_taken_up(first: str, then: str, said: str, label: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    opened = talk.say(first).conversation.topic
    talk.say(then)
    assert talk.conversation.topic == opened
    assert said in talk.said
    assert label in talk.labels


def test_who_fears_their_government_is_offered_no_consulate(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("the boss did not pay me two weeks")
    talk.remember(fears_government=True)
    talk.say("we are in fresno")
    assert "Consulate: Fresno" not in talk.labels
