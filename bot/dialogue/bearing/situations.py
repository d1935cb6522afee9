"""Sections for a situation alone, as a death or a card that expired: in a thread only where somebody spoke of it."""

import re
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

_NOT = re.compile(
    r"\b(?:no|ni|nadie|nadien|nunca|jamas|not|never|nobody|none|isnt|arent|wasnt|werent|hasnt|havent|didnt|dont)"
    r"(?: (?:me|te|se|le|lo|la|los|las|les|nos|a|ha|han|he|hemos|habia|esta|estan|estoy|es|fue|fui|todavia|aun|ya|one"
    r"|has|have|had|been|was|were|is|are|got|get|did|yet|it|him|her|them|us|any|ningun|ninguna|hay|hubo))* $"
)
"""What stands right before a word that is said not to be the case: "nadie me la ha negado"."""
_PARTS = re.compile(r"[,.;:!?\n]+|\b(?:pero|sino|but)\b", re.IGNORECASE)
"""Where one part of a message ends and the next begins."""


def closed_in_thread(topic: Topic, state: Conversation, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The sections of an open topic that are for others, or for a situation of which nobody spoke.

    What was shown stays open, until it is said that this is not the case.
    """
    said = (text, *(one.text for one in state.heard))
    untold = {one.id for one in topic.sections if one.only and not _spoken_of(one.only, said, knowledge)}
    denied = {one.id for one in topic.sections if one.only and _is_denied(one.only, text, knowledge)}
    return closed(topic, state, text, knowledge) | (untold - {*state.shown}) | denied


def denied_alone(topic: Topic, denies: str, others: Sequence[str], knowledge: Knowledge) -> frozenset[str]:
    """The sections for a situation that is only said not to be: "a mí no me han demandado"."""
    return frozenset(
        one.id
        for one in topic.sections
        if one.only
        and (_spoken_of(one.only, (denies,), knowledge) or _is_denied(one.only, denies, knowledge))
        and not _spoken_of(one.only, others, knowledge)
    )


def choose_in_thread(topic: Topic, text: str, state: Conversation, knowledge: Knowledge) -> Chosen:
    """The section that answers best, without those."""
    last = state.section if state.topic == topic.id else None
    shut = closed_in_thread(topic, state, text, knowledge)
    return choose_next(topic, text, aspects_in(text, knowledge), last, knowledge, shut)


def _spoken_of(situations: Sequence[str], said: Sequence[str], knowledge: Knowledge) -> bool:
    return any(True in _told(name, text, knowledge) for name in situations for text in said)


def _is_denied(situations: Sequence[str], text: str, knowledge: Knowledge) -> bool:
    """Whether a text speaks of one of them, and only to say that it is not the case."""
    told = frozenset[bool]().union(*(_told(name, text, knowledge) for name in situations))
    return told == {False}


@lru_cache(maxsize=256)
def _told(situation: str, text: str, knowledge: Knowledge) -> frozenset[bool]:
    """Whether each part of a text that speaks of a situation says that it is the case."""
    spelled = (spell_out(part, knowledge.spelling) for part in _PARTS.split(text))
    frames = frames_of(knowledge.situations[situation])
    return frozenset(_NOT.search(f" {part} "[: found.start]) is None for part in spelled for found in frames.find(part))
