"""What the thread has said of a country: no twin of a programme in another one, and who said that they go is there."""

from dataclasses import replace
from functools import lru_cache

from bot.conversation import Conversation
from bot.dialogue.aspects import aspects_in
from bot.dialogue.bearing.answering import choose_next
from bot.dialogue.framed import frames_of
from bot.dialogue.phrasing import spell_out
from bot.dialogue.signals import goes_back, places_named
from bot.dialogue.stays import going_on
from bot.dialogue.told import told_by
from bot.dialogue.understanding import Understanding
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.topics import Where


def without_twins(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same without the programmes of another country; the open topic goes on where such a one stood first."""
    found = _towards_mexico(found, text, conversation, knowledge)
    left = tuple(one for one in found.topics if not _is_twin(one.topic, text, conversation, knowledge))
    if left == found.topics:
        return found
    opened = knowledge.topics.get(conversation.topic or "")
    if opened is None or left[:1] == found.topics[:1]:
        return replace(found, topics=left)
    return going_on(opened, replace(found, topics=(found.topics[0], *left)), text, conversation, knowledge)


def _towards_mexico(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same with no section for who moves to the United States first, where somebody goes back to Mexico."""
    best = next(iter(found.topics), None)
    if best is None or not goes_back(text, knowledge):
        return found
    topic = knowledge.topics[best.topic]
    without = frozenset(one.id for one in topic.sections if one.where is Where.US)
    if best.section not in without or topic.where is Where.US or len(without) == len(topic.sections):
        return found
    asked = aspects_in(text, knowledge)
    chosen = choose_next(topic, text, asked, conversation.section, knowledge, without)
    return replace(found, topics=(replace(best, section=chosen.section), *found.topics[1:]))


def _is_twin(topic: str, text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether a topic is of a programme in another country than what was told, and nobody named it."""
    if _is_abroad(topic, text, conversation, knowledge):
        return True
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


def _is_abroad(topic: str, text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether a topic is of what is done outside Mexico, for a matter that was told to be in Mexico."""
    opened = knowledge.topics.get(conversation.topic or "")
    if knowledge.topics[topic].where is not Where.ABROAD or opened is None or opened.id == topic:
        return False
    shown = (opened.section_or_first(name).where or opened.where for name in conversation.shown)
    return Where.MEXICO in shown and told_by(conversation, text, knowledge).settled


def has_come_back(text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether somebody who told that they go back to Mexico says that they are there."""
    if frames_of(knowledge.follow_ups.arrived).first(spell_out(text, knowledge.spelling)) is None:
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
