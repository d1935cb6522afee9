"""Who does know what we do not: the doors that are open to this person, by what they said of themselves."""

from bot.conversation import Conversation
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import read_signals
from bot.texts import say

MEXICO = "MX"
MEXICANS, FOREIGNERS = "door.mexicans", "door.foreigners"
BY_CITIZENSHIP = {"MX": (MEXICANS,), "US": (FOREIGNERS, "door.americans")}
OTHERS = (FOREIGNERS, "door.anybody")
"""Doors of anybody from another country."""


def doors(hearing: Hearing) -> str:
    """Sentences with the doors; nobody who fears their government is shown one of it."""
    return "".join(f"{say(door, hearing.lang)} " for door in _open_to(hearing))


def _open_to(hearing: Hearing) -> tuple[str, ...]:
    state = hearing.conversation
    if state.fears_government:
        return ()
    if state.citizen is not None:
        return BY_CITIZENSHIP.get(state.citizen, OTHERS)
    if read_signals(hearing.text, hearing.knowledge).visitor:
        return (FOREIGNERS,)
    return (FOREIGNERS, MEXICANS) if state.country == MEXICO else (MEXICANS,)


def is_mexicans(state: Conversation) -> bool:
    """Whether a line for Mexicans may be theirs: they fear nobody there, and said nothing else."""
    return not state.fears_government and state.citizen in (None, MEXICO)
