"""What is offered beside the first topic that may be meant: nothing that is far less likely or only sounds alike."""

import pytest

from bot.conversation import TopicScore
from bot.dialogue.ranking.offering import category_of, speaks_of, worth_offering
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("other", "score", "kept"),
    [("matricula-consular", 0.12, True), ("prevencion-violencia-migrantes", 0.12, False)],
)
def test_another_category_needs_to_be_as_likely(other: str, score: float, kept: bool, knowledge: Knowledge) -> None:
    likely = [TopicScore("pasaporte", "how", 0.3), TopicScore(other, "what", score)]
    assert (other in worth_offering(likely, "se me perdió el pasaporte", knowledge)) is kept


def test_a_topic_is_of_the_category_of_its_row(knowledge: Knowledge) -> None:
    assert category_of("pasaporte", knowledge) == "documents"


def test_what_is_well_understood_gets_no_neighbour_of_another_subject(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("my girl takes insulin, which clinic takes her if we have no imss")
    assert "Power of attorney at the consulate" not in talk.labels


def test_a_topic_of_which_no_word_was_said_is_no_guess(knowledge: Knowledge) -> None:
    assert not speaks_of("pasaporte", "they said the secretary was not there", knowledge)
    assert speaks_of("pasaporte", "se me venció el pasaporte", knowledge)
    assert speaks_of("pasaporte", "my passport is expired", knowledge)
