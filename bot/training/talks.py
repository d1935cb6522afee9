"""Threads and talks of the content as lessons: each message, the conversation in which it is said, what answers it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from bot.conversation import Conversation, InboundMessage, Kind, Said, Situation
from bot.dialogue.message import Message, read
from bot.dialogue.signals.acts import Acts, acts_of
from bot.dialogue.signals.situation import situation_with
from bot.dialogue.state.wants import wants_with
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing, Talk, Thread, ThreadMessage

EVERY = 3
"""Threads of which one is a lesson: all of them teach the weighing no more, and take a minute longer."""
AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, eq=False)
class Lesson:
    """A message in its conversation; `right`: sections (`topic/section`) or topics, any of them; empty = none."""

    message: Message
    state: Conversation
    situation: Situation
    acts: Acts
    right: tuple[str, ...]
    weight: float = 1.0


def lessons_of(knowledge: Knowledge) -> Iterator[Lesson]:
    """Of every so many threads, and of all talks."""
    for field in knowledge.threads.values():
        for thread in field.threads[::EVERY]:
            yield from _lessons(_in_thread(thread, sections=field.sections), knowledge, 1.0)
    for hand in knowledge.talks.values():
        for talk in hand.talks:
            yield from in_talk(talk, knowledge, hand.weight)


def in_talk(talk: Talk, knowledge: Knowledge, weight: float = 1.0) -> Iterator[Lesson]:
    """The messages of a talk, as if earlier ones had been answered well."""
    told = [Told(one.say, one.ok if one.known else (), one.lesson) for one in talk.turns]
    yield from _lessons(told, knowledge, weight)


class Told(NamedTuple):
    """A message, what answers it, and whether it is a lesson."""

    text: str
    right: tuple[str, ...]
    teaches: bool


def _in_thread(thread: Thread, *, sections: bool) -> list[Told]:
    told, topic = [Told(thread.first, (thread.opens,), True)], thread.opens
    for one in thread.then:
        topic = one.topic or topic
        right = _right(one, topic, sections=sections)
        told.append(Told(one.text, right or (), right is not None))
    return told


def _right(message: ThreadMessage, topic: str, *, sections: bool) -> tuple[str, ...] | None:
    """What answers a message of a thread; None where it teaches nothing of that."""
    if message.section is not None:
        return (f"{topic}/{message.section}",)
    if message.bearing is Bearing.OTHER:
        return (topic,)
    if message.bearing is Bearing.GOES_ON:
        return () if sections else (topic,)
    return () if message.bearing is Bearing.NOT_OURS else None


def _lessons(told: Sequence[Told], knowledge: Knowledge, weight: float) -> Iterator[Lesson]:
    state = Conversation()
    for text, right, teaches in told:
        message = message_of(text, knowledge)
        situation, acts = situation_with(message, state), acts_of(message, state)
        if teaches:
            yield Lesson(message, state, situation, acts, right, weight)
        state = _after(message, state, situation, acts, _section(right[0], knowledge) if right else None)


def _after(message: Message, state: Conversation, situation: Situation, acts: Acts, answer: str | None) -> Conversation:
    return state.having(
        wants=wants_with(message, state, acts, answer),
        said_before=Said(shown=(*state.said_before.shown, *([answer] if answer else []))),
        situation=situation,
        turns=state.turns + 1,
    )


def states_in(thread: Thread, knowledge: Knowledge) -> Iterator[tuple[ThreadMessage, Message, Conversation]]:
    """Each message of a thread, and only what was shown before it."""
    topic, answer = thread.opens, _section(thread.opens, knowledge)
    for one in thread.then:
        state = Conversation(said_before=Said(shown=(answer,) if answer else ()))
        yield one, message_of(one.text, knowledge), state
        topic = one.topic or topic
        answer = f"{topic}/{one.section}" if one.section else _section(topic, knowledge)


def message_of(text: str, knowledge: Knowledge) -> Message:
    """A text as it would come in."""
    return read(InboundMessage("lesson", "", "", Kind.TEXT, AT, text=text), knowledge)


def _section(name: str, knowledge: Knowledge) -> str | None:
    """`topic/section` of a section, or of the first one of a topic."""
    topic = knowledge.topics.get(name.split("/")[0])
    return None if topic is None else name if "/" in name else f"{name}/{topic.sections[0].id}"
