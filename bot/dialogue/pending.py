"""A question which topic is meant, until it is answered: what is said meanwhile chooses none of them."""

from collections.abc import Sequence

from bot.conversation import Choice, Conversation, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.bearing.answering import choose_next
from bot.dialogue.commands import menu_button
from bot.dialogue.compose import answer
from bot.dialogue.directory.answer import troubled
from bot.dialogue.hearing import Hearing
from bot.dialogue.introducing import introduces
from bot.dialogue.person.audience import closed
from bot.dialogue.ranking.context import wording_of
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.thread.lands import answer_not_there
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.payload import make, topic_of
from bot.texts import say
from knowledge.schema.topics import Section, Topic

CHOSEN = 0.05
"""Likelihood of a message by itself from which it chooses a topic that was offered."""
LEADS = 3.0
"""How many times likelier than the next of those offered it has to be."""
SURELY = 0.6
"""Likelihood, read with what was said before, from which a topic is meant without being chosen."""
FEW = 3
"""Words for a subject with which a question has hardly one of its own."""
TWO = 2


def offered_topics(state: Conversation) -> tuple[Choice, ...]:
    """The topics between which the last turn asked to choose; empty where it asked nothing of the kind."""
    topics = tuple(choice for choice in state.offered if choice.payload.startswith(make("t", "")))
    others = set(state.offered) - set(topics) - set(menu_button("es")) - set(menu_button("en"))
    return topics if len(topics) >= TWO and not others else ()


def answer_pending(hearing: Hearing) -> Turn | None:
    """The same question once more, where a bare question or a fact follows it: the first offered is not the chosen.

    Where a word chooses one of them at last, what was asked meanwhile is answered.
    """
    choices = offered_topics(hearing.conversation)
    if not choices or hearing.understood.there or troubled(hearing):
        return None
    if elsewhere := answer_not_there(hearing):
        return elsewhere
    if hearing.conversation.weak:
        return _answer_chosen(choices, hearing)
    if _chosen(choices, hearing):
        return None
    reply = Reply(ReplyKind.CLARIFY, say("clarify.still", hearing.lang), choices)
    return hearing.turn(Outcome.CLARIFY, reply, weak=1)


def asked_section(topic: Topic, hearing: Hearing) -> Section:
    """The section of a topic chosen at our question that answers what was asked before; else the first."""
    knowledge, state = hearing.knowledge, hearing.conversation
    if offered_topics(state):
        for heard in reversed(state.heard):
            aspects = aspects_in(heard.text, knowledge)
            without = closed(topic, state, heard.text, knowledge)
            found = choose_next(topic, heard.text, aspects, None, knowledge, without) if aspects else None
            if found is not None and found.fits and not found.gap:
                return topic.section_or_first(found.section)
    return topic.sections[0]


def _answer_chosen(choices: Sequence[Choice], hearing: Hearing) -> Turn | None:
    first = next(iter(hearing.understood.topics), None)
    question = aspects_in(hearing.text, hearing.knowledge) or len(_subject(hearing)) > FEW
    if first is None or question or not _chooses(choices, hearing):
        return None
    topic = hearing.knowledge.topics[first.topic]
    section = asked_section(topic, hearing)
    reply = answer(topic, section, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date())
    return hearing.turn(Outcome.ANSWER, reply, answered=(topic.id,), topic=topic.id, section=section.id)


def _chosen(choices: Sequence[Choice], hearing: Hearing) -> bool:
    """Whether the words choose one of them, or lead elsewhere: only a bare question or fact does neither."""
    understood, knowledge = hearing.understood, hearing.knowledge
    if introduces(hearing.text, knowledge):
        return False
    words = _subject(hearing)
    bare = len(words) <= FEW and bool(not words or aspects_in(hearing.text, knowledge))
    first = next(iter(understood.topics), None)
    if not bare or first is None or not understood.from_context or (words and first.score >= SURELY):
        return True
    # Without a word for a subject, a lead is chance: of those offered, or a weak one elsewhere ("cuánto tarda").
    if not words:
        return first.score >= SURELY and first.topic not in map(_named, choices)
    return _chooses(choices, hearing)


def _chooses(choices: Sequence[Choice], hearing: Hearing) -> bool:
    """Whether the message by itself is of the first topic, and much more than of those that were offered."""
    ranker, first = ranker_of(hearing.knowledge), hearing.understood.topics[0].topic
    alone = ranker.by_topic(ranker.likelihoods(ranker.point(hearing.text)))
    offered = {name for name in (first, *map(_named, choices)) if name in ranker.topics}
    likely = {name: float(alone[ranker.number_of[name]]) for name in offered}
    others = (value for name, value in likely.items() if name != first)
    return likely.get(first, 0.0) >= max(CHOSEN, LEADS * max(others, default=0.0))


def _named(choice: Choice) -> str:
    return topic_of(choice.payload) or ""


def _subject(hearing: Hearing) -> Sequence[str]:
    return wording_of(hearing.text, ranker_of(hearing.knowledge), hearing.knowledge).subject
