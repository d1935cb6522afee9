"""What the thread has said of a country: no twin of a programme in another one, and who said that they go is there."""

from dataclasses import replace
from functools import lru_cache

from bot.conversation import Conversation, TopicScore
from bot.dialogue.aspects import aspects_in
from bot.dialogue.audience import closed
from bot.dialogue.bearing.answering import choose_next
from bot.dialogue.phrasing import spell_out
from bot.dialogue.signals import goes_back, places_named
from bot.dialogue.understanding import CANDIDATES, Understanding
from knowledge.frames import FrameSet, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing


def without_twins(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same without the programmes of another country; the open topic goes on where such a one stood first."""
    left = tuple(one for one in found.topics if not _is_twin(one.topic, text, conversation, knowledge))
    if left == found.topics:
        return found
    opened = knowledge.topics.get(conversation.topic or "")
    if opened is None or left[:1] == found.topics[:1]:
        return replace(found, topics=left)
    without = closed(opened, conversation, text, knowledge)
    best = choose_next(opened, text, aspects_in(text, knowledge), conversation.section, knowledge, without)
    others = tuple(one for one in left if one.topic != opened.id)
    return Understanding(
        (TopicScore(opened.id, best.section, found.topics[0].score), *others)[:CANDIDATES],
        best.aspect,
        best.gap,
        from_context=True,
        goes_on=True,
        fits=best.fits,
        bearing=Bearing.GOES_ON,
        again=best.section in conversation.shown,
    )


def _is_twin(topic: str, text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether a topic is of a programme in another country than what was told, and nobody named it."""
    own = _countries(knowledge).get(topic)
    opened = (conversation.topic, *conversation.earlier)
    told = {_countries(knowledge)[name] for name in opened if name in _countries(knowledge)}
    if own is None or own in told | {conversation.country}:
        return False
    said = (text, *(heard.text for heard in conversation.heard))
    if any(own in places_named(one, knowledge) or own in _named(one, knowledge) for one in said):
        return False
    others = set(_countries(knowledge).values()) - {own}
    return bool(told) or any(others & (places_named(one, knowledge) | _named(one, knowledge)) for one in said)


def has_come_back(text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether somebody who told that they go back to Mexico says that they are there."""
    if _arrived(knowledge).first(spell_out(text, knowledge.spelling)) is None:
        return False
    return any(goes_back(heard.text, knowledge) for heard in conversation.heard)


def _named(text: str, knowledge: Knowledge) -> set[str]:
    return {found.key for found in _names(knowledge).find(spell_out(text, knowledge.spelling))}


@lru_cache(maxsize=4)
def _countries(knowledge: Knowledge) -> dict[str, str]:
    """By topic, the country of its programme."""
    return {topic: land.country for land in knowledge.follow_ups.lands for topic in land.topics}


@lru_cache(maxsize=4)
def _names(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((land.country, frame) for land in knowledge.follow_ups.lands for frame in land.named)


@lru_cache(maxsize=4)
def _arrived(knowledge: Knowledge) -> FrameSet[bool]:
    return FrameSet(unkeyed(knowledge.follow_ups.arrived))
