"""Trains which section of the open topic answers a message."""

from bot.dialogue.bearing.section_options import lessons_of
from bot.dialogue.bearing.softmax import arrays as arrays_of
from bot.dialogue.ranking.model_files import Arrays
from bot.training.softmax import train
from knowledge.model import Knowledge

STRICT = 0.3
"""How much large weights cost."""


def arrays(knowledge: Knowledge) -> Arrays:
    """Trained from this Knowledge, as it is kept in a file."""
    return arrays_of(train(tuple(lessons_of(knowledge)), STRICT))
