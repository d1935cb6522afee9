"""Policy 6: a language that is none of ours, of which any topic would be a guess."""

from bot.conversation import Conversation, NotUnderstood, Outcome
from bot.dialogue.decision import Admit, Decision
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Our one sentence in that language, where we have it."""
    if m.foreign is None:
        return None
    return Decision(Outcome.FALLBACK, (Admit(),), why=m.foreign, events=(NotUnderstood(m.whole, m.lang),))
