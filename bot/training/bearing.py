"""Trains what a message is to the open topic."""

from bot.dialogue.bearing.softmax import arrays as arrays_of
from bot.dialogue.bearing.training import STRICT, lessons_of
from bot.dialogue.ranking.model_files import Arrays
from bot.dialogue.ranking.trained import ranker_of
from bot.training.softmax import train
from knowledge.model import Knowledge


def arrays(knowledge: Knowledge) -> Arrays:
    """Trained from this Knowledge, as it is kept in a file."""
    lessons = lessons_of(knowledge, ranker_of(knowledge))
    return arrays_of(train([(lesson.options, lesson.right) for lesson in lessons], STRICT))
