"""Sections for a situation alone, as a death or a card that expired: in a thread only where somebody spoke of it."""

from collections.abc import Sequence
from functools import lru_cache

from bot.conversation import Conversation
from bot.dialogue.bearing.answering import choose_next
from bot.dialogue.person.audience import closed
from bot.dialogue.ranking.sections import Chosen
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.model import Knowledge
from knowledge.schema.topics import Topic


def closed_in_thread(topic: Topic, state: Conversation, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The sections of an open topic that are for others, or for a situation of which nobody spoke."""
    said = (text, *(one.text for one in state.heard))
    untold = {one.id for one in topic.sections if one.only and not _spoken_of(one.only, said, knowledge)}
    return closed(topic, state, text, knowledge) | (untold - {*state.shown})


def denied_alone(topic: Topic, denies: str, others: Sequence[str], knowledge: Knowledge) -> frozenset[str]:
    """The sections for a situation that is only said not to be: "a mí no me han demandado"."""
    return frozenset(
        one.id
        for one in topic.sections
        if one.only and _spoken_of(one.only, (denies,), knowledge) and not _spoken_of(one.only, others, knowledge)
    )


def choose_in_thread(topic: Topic, text: str, state: Conversation, knowledge: Knowledge) -> Chosen:
    """The section that answers best, without those."""
    last = state.section if state.topic == topic.id else None
    shut = closed_in_thread(topic, state, text, knowledge)
    return choose_next(topic, text, aspects_in(text, knowledge), last, knowledge, shut)


def _spoken_of(situations: Sequence[str], said: Sequence[str], knowledge: Knowledge) -> bool:
    return any(_tells(name, text, knowledge) for name in situations for text in said)


@lru_cache(maxsize=256)
def _tells(situation: str, text: str, knowledge: Knowledge) -> bool:
    frames = knowledge.situations[situation]
    return frames_of(frames).first(spell_out(text, knowledge.spelling)) is not None
