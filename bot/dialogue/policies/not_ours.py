"""Policy 11: a declared subject that we know nothing of, and who does."""

from bot.conversation import Conversation, NotUnderstood, Outcome
from bot.dialogue.decision import Admit, Decision
from bot.dialogue.message import Message
from bot.dialogue.ranking.known import place_of
from bot.dialogue.signals import Signals
from bot.dialogue.words.beyond import beyond, surely_beyond


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A subject that is surely meant goes before a topic that sounds alike; a likely one where no topic answers."""
    if place_of(m.text, m.knowledge):
        return None  # where an editor put exactly these words goes before any frame
    subject = surely_beyond(m.text, m.knowledge)
    if subject is None and s.ranking.verdict == "admit":
        subject = beyond(m.text, m.knowledge)
    if subject is None:
        return None
    kept = {} if state.topic in subject.topics else {"topic": None, "section": None}
    noted = NotUnderstood(m.text, m.lang)
    return Decision(Outcome.FALLBACK, (Admit(subject.id),), why=subject.id, events=(noted,), changes=kept)
