"""A death in an open danger (P17): sorrow in place of whatever else would be said of an end."""

from bot.dialogue.protocols.book import DEATH
from bot.dialogue.protocols.change import ended, in_others_care
from bot.dialogue.protocols.opening import turned_to
from bot.dialogue.protocols.turn import Turn, Walked

DIED, LIFELESS, BABY_LOST = "died", "found_lifeless", "baby_lost"
"""Readings of a death, of who was found without breath, and of the death of an unborn child."""
DEATH_TOLD, BABY_LOSS = "death_far", "baby_loss"
"""Kinds of those deaths."""


def mourned(turn: Turn) -> Walked | None:
    """P17: a death told beside an end, or of who is in others' care: sorrow in place of the line of the end."""
    danger, lost = turn.danger, BABY_LOST in turn.heard
    ends = danger.state == "handed" or ended(danger, turn) or in_others_care(turn)
    if turn.heard.isdisjoint((DIED, LIFELESS, BABY_LOST)) or danger.category == DEATH or not ends:
        return None
    kind, who = (BABY_LOSS, danger.who) if lost else (DEATH_TOLD, "other")
    return turned_to(turn, danger, kind, who, why="a death is told", ends=True)
