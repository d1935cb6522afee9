"""Policy 7: nothing but small talk, or who the writer is."""

from bot.conversation import Conversation, Outcome
from bot.dialogue.decision import Decision, Remark, Welcome
from bot.dialogue.message import Message
from bot.dialogue.message.introduction import group_of, introduces
from bot.dialogue.signals import Signals


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A greeting, thanks, a laugh; or an introduction, where nothing is open that it could be an answer to."""
    if m.smalltalk is not None:
        talk = m.smalltalk
        again = state.remark == talk.id and talk.again is not None
        changes = {"remark": "" if again else talk.id}
        return Decision(Outcome.SMALLTALK, (Remark(talk.id, back=talk.back),), why=talk.id, changes=changes)
    if state.topic is None and state.asked_place is None and not state.wants and introduces(m):
        return Decision(Outcome.SMALLTALK, (Welcome(group_of(m, s.person)),), why="introduces themselves")
    return None
