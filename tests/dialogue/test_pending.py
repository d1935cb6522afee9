"""Our question which topic is meant stays open until it is answered."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.commands import menu_button
from bot.dialogue.compose import topic_button
from bot.dialogue.words.payload import topic_of
from knowledge.model import Knowledge
from tests.support.talk import Talk

TWO_MEANT = "renovar"
"""We ask which topic is meant."""


def offered(talk: Talk) -> list[str | None]:
    return [topic_of(choice.payload) for choice in talk.turns[-1].conversation.offered]


@pytest.mark.parametrize(
    "said",
    [
        "cuanto cuesta",
        "que precio tiene",
        "cuanto tarda",
        "en cuanto tiempo me la dan",
        "how long does it take",
        "vivo en dallas",
    ],
)
def test_a_bare_question_or_a_fact_chooses_nothing(said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(TWO_MEANT)
    before = offered(talk)
    turn = talk.say(said)
    assert turn.reading.outcome is Outcome.CLARIFY
    assert turn.conversation.topic is None
    assert offered(talk) == before


@pytest.mark.parametrize("chosen", ["1", "el pasaporte"])
def test_what_was_asked_meanwhile_is_answered_once_one_is_chosen(chosen: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(TWO_MEANT)
    assert offered(talk)[0] == "pasaporte"
    talk.say("cuanto cuesta")
    state = talk.say(chosen).conversation
    assert (state.topic, state.section) == ("pasaporte", "cost")


@pytest.mark.parametrize("yes", ["sí", "si por favor", "eso"])
def test_a_yes_to_the_only_one_offered_is_that_one(yes: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.remember(
        offered=(topic_button(knowledge.topics["reunificacion-familiar"], knowledge, "es"), *menu_button("es"))
    )
    assert talk.say(yes).conversation.topic == "reunificacion-familiar"


def test_it_is_asked_again_only_once(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(TWO_MEANT)
    talk.say("vivo en dallas")
    before = talk.said
    talk.say("cuanto cuesta")
    assert talk.said != before
