"""The lexicon of concepts, as the ranker reads it."""

import pytest

from bot.dialogue.words.features import features_of
from knowledge.model import Knowledge

NAMES = {"solo", "somos"}
"""Words without a subject that name one all the same: a child alone."""


def test_words_without_a_subject_name_no_concept(knowledge: Knowledge) -> None:
    reads = features_of(knowledge)
    assert {word: found for word in knowledge.stop_words - NAMES if (found := reads.concepts([word]))} == {}


@pytest.mark.parametrize(("word", "concept"), [("necesito", "poor"), ("parte", "sport"), ("deported", "sports")])
def test_words_are_not_taken_for_others_of_the_same_stem(word: str, concept: str, knowledge: Knowledge) -> None:
    assert concept not in features_of(knowledge).concepts([word])
