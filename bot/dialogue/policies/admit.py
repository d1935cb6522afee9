"""Policy 14: nothing holds; that we do not know it, and who does."""

from bot.conversation import CaseNeeded, Conversation, Event, NotUnderstood, Outcome
from bot.dialogue.decision import Admit, Decision, Text
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from bot.dialogue.thresholds import WEAK_IN_A_ROW
from knowledge.schema.base import Level

FELT = {"worries": "thread-worries-far"}
"""Acts that are met with a sentence of their own, in place of "I do not know that"."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision:
    """Always something; kept for the editors, and a case where we failed twice."""
    if felt := next((FELT[act] for act in s.acts.all if act in FELT), None):
        return Decision(Outcome.SMALLTALK, (Text(felt),), why="felt")
    weak = state.weak + 1
    events: tuple[Event, ...] = (NotUnderstood(m.text, m.lang),) if m.text.strip() else ()
    if weak >= WEAK_IN_A_ROW:
        events = (*events, CaseNeeded(reason="weak_answers", level=Level.PRIORITY))
    topic = state.topic if "other_matter" not in s.acts.all else None
    return Decision(Outcome.FALLBACK, (Admit(topic=topic),), why="nothing", events=events, changes={"weak": weak})
