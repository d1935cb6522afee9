"""Policy 13: two to four sections are likely, and the person knows which."""

from itertools import islice

from bot.conversation import Choice, Conversation, Outcome
from bot.dialogue.decision import Decision, ForOthers, Offer
from bot.dialogue.message import Message
from bot.dialogue.rendering.buttons import person_button, section_button, topic_button
from bot.dialogue.signals import Signals
from bot.dialogue.signals.audience import closed_to
from bot.dialogue.signals.ranking import Candidate

MOST = 3
"""Sections that are offered; a person beside them."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Buttons of the likeliest sections; topics where their first section is meant and no two are of one."""
    if s.ranking.verdict != "offer":
        return None
    best = s.ranking.candidates[0]
    why = closed_to(s.knowledge.topics[best.topic], best.section, s.person, m.text, m.knowledge)
    if why and not s.ranking.either:
        return Decision(Outcome.CLARIFY, (ForOthers(best.topic, refuge=why == "refuge"),), why=f"not theirs: {why}")
    likely = _likely(m, s)
    if not likely:
        return None
    choices = tuple(_button(one, likely, s) for one in likely)
    key = "clarify.one" if len(choices) == 1 else "clarify.many"
    return Decision(Outcome.CLARIFY, (Offer((*choices, person_button(s.lang)), key),), why="several are likely")


def _likely(m: Message, s: Signals) -> list[Candidate]:
    """The likeliest that are for this person: one section of each topic, or several where all are of one."""
    topics = s.knowledge.topics
    fit = (c for c in s.ranking.candidates if not closed_to(topics[c.topic], c.section, s.person, m.text, m.knowledge))
    found, best = list(islice(fit, MOST)), dict[str, Candidate]()
    for one in found:
        best.setdefault(one.topic, one)
    return found if len(best) == 1 else list(best.values())


def _button(one: Candidate, likely: list[Candidate], s: Signals) -> Choice:
    topic = s.knowledge.topics[one.topic]
    alone = sum(other.topic == one.topic for other in likely) == 1
    if alone:
        return topic_button(topic, s.knowledge, s.lang, one.section)
    return section_button(topic, topic.section_or_first(one.section), s.knowledge, s.lang)
