"""Threads and talks of the content as lessons: each message, the conversation in which it is said, what answers it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from bot.conversation import Choice, Conversation, InboundMessage, Kind, Said, Situation
from bot.dialogue.message import Message, read
from bot.dialogue.remember import wants_with
from bot.dialogue.rendering.words import section_button
from bot.dialogue.signals.acts import Acts, acts_of
from bot.dialogue.signals.ranking import BEST, Ranking, weighed
from bot.dialogue.signals.situation import situation_with
from knowledge.model import Knowledge
from knowledge.schema.taught import Talk

EVERY = 3
"""Threads of which the opening is a lesson."""
AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, eq=False)
class Lesson:
    """A message in its conversation; `right`: sections (`topic/section`) or topics, any of them; empty = none."""

    message: Message
    state: Conversation
    situation: Situation
    acts: Acts
    right: tuple[str, ...]


def lessons_of(knowledge: Knowledge) -> Iterator[Lesson]:
    """Of all talks, and of some threads the message that opens them: what is behind it has taught the ranker."""
    for field in knowledge.threads.values():
        for thread in field.threads[::EVERY]:
            yield from _lessons([Told(thread.first, (thread.opens,), True)], knowledge)
    for talk in _talks(knowledge):
        yield from in_talk(talk, knowledge)


def _talks(knowledge: Knowledge) -> Iterator[Talk]:
    """Those of hands that the ranker does not know."""
    return (talk for hand in knowledge.talks.values() if not hand.ranks for talk in hand.talks)


def own_lessons_of(knowledge: Knowledge, weights: Mapping[str, float]) -> Iterator[Lesson]:
    """Of all talks, the messages after what these weights would have answered and offered: mistakes and all.

    Without them a message that follows an offer, or a wrong answer, is met for the first time by a person
    (Ross et al. 2011, DAgger).
    """
    for talk in _talks(knowledge):
        yield from in_talk(talk, knowledge, weights)


def in_talk(talk: Talk, knowledge: Knowledge, weights: Mapping[str, float] | None = None) -> Iterator[Lesson]:
    """The messages of a talk, as if earlier ones had been answered well, or as these weights would have."""
    told = [Told(one.say, one.ok if one.known else (), one.lesson) for one in talk.turns]
    yield from _lessons(told, knowledge, weights)


class Told(NamedTuple):
    """A message, what answers it, and whether it is a lesson."""

    text: str
    right: tuple[str, ...]
    teaches: bool


def _lessons(
    told: Sequence[Told], knowledge: Knowledge, weights: Mapping[str, float] | None = None
) -> Iterator[Lesson]:
    state = Conversation()
    for text, right, teaches in told:
        message = message_of(text, knowledge)
        situation, acts = situation_with(message, state), acts_of(message, state)
        if teaches:
            yield Lesson(message, state, situation, acts, right)
        if weights is None:
            answer, offered = _section(right[0], knowledge) if right else None, NO_CHOICES
        else:
            answer, offered = _own(weighed(message, state, situation, acts, weights), knowledge)
        state = _after(message, state, situation, acts, answer, offered)


NO_CHOICES: tuple[Choice, ...] = ()


def _own(found: Ranking, knowledge: Knowledge) -> tuple[str | None, tuple[Choice, ...]]:
    """The section that would be answered with, and the choices that would be offered."""
    if found.verdict == "answer":
        return found.candidates[0].id, NO_CHOICES
    likely = found.candidates[:BEST] if found.verdict == "offer" else ()
    topics = [(knowledge.topics[one.topic], one.section) for one in likely]
    choices = (section_button(topic, topic.section_or_first(name), knowledge, "es") for topic, name in topics)
    return None, tuple(choices)


def _after(
    message: Message,
    state: Conversation,
    situation: Situation,
    acts: Acts,
    answer: str | None,
    offered: tuple[Choice, ...],
) -> Conversation:
    return state.having(
        offered=offered,
        wants=wants_with(message, state, acts, answer),
        said_before=Said(shown=(*state.said_before.shown, *([answer] if answer else []))),
        situation=situation,
        turns=state.turns + 1,
    )


@lru_cache(maxsize=1 << 14)  # each is a lesson twice: once more after our own answers
def message_of(text: str, knowledge: Knowledge) -> Message:
    """A text as it would come in."""
    return read(InboundMessage("lesson", "", "", Kind.TEXT, AT, text=text), knowledge)


def _section(name: str, knowledge: Knowledge) -> str | None:
    """`topic/section` of a section, or of the first one of a topic."""
    topic = knowledge.topics.get(name.split("/")[0])
    return None if topic is None else name if "/" in name else f"{name}/{topic.sections[0].id}"
