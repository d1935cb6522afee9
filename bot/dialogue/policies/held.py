"""While a person holds the case: the bot is silent, except for new danger, and for leaving or erasing."""

from bot.conversation import Conversation, Outcome
from bot.dialogue.decision import Decision
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Silence, whatever is said."""
    return Decision(Outcome.SILENT, why="a person holds the case") if state.claimed else None
