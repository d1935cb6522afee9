"""Policy 12: a clear winner, alone or in the thread; of two wants the first now, the second next."""

from bot.conversation import Conversation, Outcome
from bot.dialogue.decision import Decision, Definition, ForOthers, Section
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from bot.dialogue.signals.audience import closed_to

TWO = 2


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The section that leads; the last one again where it is asked for again or shorter."""
    if again := _again(s, state):
        return again
    if s.ranking.term is not None:
        return Decision(Outcome.ANSWER, (Definition(s.ranking.term.id),), why="a term")
    if s.ranking.verdict != "answer":
        return None
    best, second = s.ranking.candidates[0], s.ranking.second
    topic = s.knowledge.topics[best.topic]
    if why := closed_to(topic, best.section, s.person, m.text, m.knowledge):
        return Decision(Outcome.CLARIFY, (ForOthers(topic.id, refuge=why == "refuge"),), why=f"not theirs: {why}")
    acts = [Section(best.topic, best.section, gap=s.ranking.gap)]
    if second is not None and not closed_to(
        s.knowledge.topics[second.topic], second.section, s.person, m.text, m.knowledge
    ):
        acts.append(Section(second.topic, second.section, head="wants.second", short=True))
    return Decision(Outcome.ANSWER, tuple(acts), why=f"leads with {best.score:.2f}")


def _again(s: Signals, state: Conversation) -> Decision | None:
    """The last section shorter or once more, where nothing else is asked."""
    wish = next((act for act in s.acts.all if act in ("shorter", "repeat")), None)
    if wish is None or state.topic is None or state.section is None:
        return None
    act = Section(state.topic, state.section, short=wish == "shorter", again=wish == "repeat")
    return Decision(Outcome.ANSWER, (act,), why=wish)
