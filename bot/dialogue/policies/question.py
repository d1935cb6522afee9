"""Policy 5: something of ours waits, and the message answers it."""

from functools import lru_cache

from bot.conversation import Conversation
from bot.dialogue.decision import Decision
from bot.dialogue.flows import option_chosen
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from knowledge.frames import FrameSet
from knowledge.model import Knowledge


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> dict[tuple[str, str], FrameSet[str]]:
    return {
        (flow.id, question.id): FrameSet((o.id, frame) for o in question.options for frame in o.frames)
        for flow in knowledge.flows.values()
        for question in flow.questions
    }


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The option of the open flow that the words mean."""
    flow = s.knowledge.flows.get(state.flow or "")
    question = flow.open_question(state.answers) if flow else None
    if flow is None or question is None:
        return None
    found = _frames(s.knowledge)[flow.id, question.id].first(m.letters)
    return option_chosen(m, s, state, flow.id, question.id, found.key) if found else None
