"""What the thread has said of a country: no twin of a programme in another one, and who said that they go is there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.conversation import Conversation, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.bearing.answering import choose_next
from bot.dialogue.directory.places import read
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import WHERE
from bot.dialogue.person.signals import goes_back, place_alone, places_named
from bot.dialogue.person.told import MEXICO, told_by
from bot.dialogue.thread.stays import going_on
from bot.dialogue.understanding import CLARIFY, Understanding, understand
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from bot.texts import say
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic, Where

NOT_THERE = {"US": "elsewhere.not_us", MEXICO: "elsewhere.not_mexico"}
"""By where somebody says that it is, what is said where we know it only for the other country."""
ONLY_THERE: Mapping[Where | None, str] = {Where.US: "elsewhere.only_us", Where.MEXICO: "elsewhere.only_mexico"}


def without_twins(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same without the programmes of another country; the open topic goes on where such a one stood first."""
    found = _towards_mexico(found, text, conversation, knowledge)
    left = tuple(one for one in found.topics if not _is_twin(one.topic, text, conversation, knowledge))
    if left == found.topics:
        return found
    opened = knowledge.topics.get(conversation.topic or "")
    if opened is None or left[:1] == found.topics[:1]:
        return replace(found, topics=left)
    gone = going_on(opened, replace(found, topics=(found.topics[0], *left)), text, conversation, knowledge)
    return replace(gone, topics=tuple(one for one in gone.topics if one == gone.topics[0] or one in left))


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


def asked_there(text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding | None:
    """What was asked last, read for the country that a message only names, where the open answer is of another."""
    opened = knowledge.topics.get(conversation.topic or "")
    if opened is None or any(not told.over for told in conversation.told):
        return None  # in danger a place is where that is
    country = place_only(text, knowledge)
    if country is None or _is_there(opened, conversation.section, country):
        return None
    asked = [one.text for one in reversed(conversation.heard) if place_only(one.text, knowledge) is None]
    if not asked:
        return None
    found = understand(asked[0], conversation.person().having(country=country), knowledge)
    first = [one for one in found.topics[: found.clear] if _is_there(knowledge.topics[one.topic], one.section, country)]
    own = [one for one in found.topics if _where(knowledge.topics[one.topic], one.section) is WHERE.get(country)]
    there = first or [one for one in own if one.score >= CLARIFY]
    return Understanding((replace(there[0], score=1.0), *there[1:]), found.aspect) if there else None


def answer_not_there(hearing: Hearing) -> Turn | None:
    """That the open answer is of another country than the one now told, where nothing of ours answers it there."""
    state, knowledge = hearing.conversation, hearing.knowledge
    opened = knowledge.topics.get(state.topic or "")
    country = place_only(hearing.text, knowledge) if opened is not None else None
    if opened is None or country not in NOT_THERE or _is_there(opened, state.section, country):
        return None
    here = WHERE.get(country)
    if any(one.where is here for one in opened.sections) or asked_there(hearing.text, state, knowledge) is not None:
        return None
    said = hearing.fill(say(NOT_THERE[country], hearing.lang))
    return hearing.turn(Outcome.CLARIFY, Reply(ReplyKind.CLARIFY, said))


def asks_country(topic: Topic, section: Section, hearing: Hearing) -> Sequence[Reply]:
    """Where an answer holds, and how to be told of the other country: for foreigners who may be in either."""
    told = told_by(hearing.conversation, hearing.text, hearing.knowledge)
    key = ONLY_THERE.get(section.where or topic.where)
    open_now = hearing.conversation.topic == topic.id or any(not one.over for one in hearing.conversation.told)
    if key is None or open_now or not told.foreign or told.places:
        return ()
    return (Reply(ReplyKind.QUESTION, say(key, hearing.lang)),)


def place_only(text: str, knowledge: Knowledge) -> str | None:
    """The country of the places that a message names, where it says nothing else: "no, en McAllen, Texas"."""
    asked = read(text, knowledge)
    if asked is None or not asked.only_told:
        return place_alone(text, knowledge)
    named = {
        one.region.country if one.region else one.towns[0].country for one in asked.named if one.region or one.towns
    }
    return named.pop() if len(named) == 1 else None


def _where(topic: Topic, section: str | None) -> Where | None:
    return topic.section_or_first(section or "").where or topic.where


def _is_there(topic: Topic, section: str | None, country: str) -> bool:
    where = _where(topic, section)
    return where is None or (where in (WHERE.get(country), Where.ABROAD) and (where, country) != (Where.ABROAD, MEXICO))


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
