"""Trains what a message says of the end of a danger."""

from bot.dialogue.protocols.lessons import Group
from bot.dialogue.ranking.model_files import Arrays
from bot.training import kinds
from knowledge.model import Knowledge


def arrays(knowledge: Knowledge) -> Arrays:
    """Trained from this Knowledge, as it is kept in a file."""
    return kinds.arrays(knowledge, Group.ENDS)
