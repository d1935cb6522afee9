"""Policy 8: a human is wanted."""

from bot.conversation import CaseNeeded, Conversation, Outcome
from bot.dialogue.decision import Decision, PersonLine
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from knowledge.schema.base import Level


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Whoever is on duty, or who answers now; a case either way."""
    if "person" not in s.acts.all:
        return None
    wanted = CaseNeeded(reason="person", level=Level.PRIORITY)
    return Decision(Outcome.COMMAND, (PersonLine(),), why="wants a person", events=(wanted,))
