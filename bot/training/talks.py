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
from bot.dialogue.signals.acts import acts_of
from bot.dialogue.signals.found import BEST, Acts, Ranking
from bot.dialogue.signals.ranking import weighed
from bot.dialogue.signals.situation import situation_with
from knowledge.model import Knowledge
from knowledge.schema import taught
from knowledge.schema.base import Lang
from knowledge.schema.taught import Talk

OPENINGS = 5
"""One of so many threads has its opening as a lesson: all of them can be answered, and too many teach to answer all."""
EVERY = 3
"""One of so many messages of a talk has others beside it."""
APART = 7
"""How far off the talk is whose opening is said in the middle of another."""
AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, eq=False)
class Lesson:
    """A message in its conversation; `right`: sections (`topic/section`) or topics, any of them; empty = none."""

    message: Message
    state: Conversation
    situation: Situation
    acts: Acts
    right: tuple[str, ...]


class Told(NamedTuple):
    """A message, what answers it, and whether it is a lesson."""

    text: str
    right: tuple[str, ...]
    teaches: bool
    gave: str | None = None
    """What was answered, where that was something else."""
    beside: tuple["Told", ...] = ()
    """What else might have been said there."""


def _told(one: taught.Said) -> Told:
    return Told(one.say, one.ok if one.known else (), one.lesson, one.gave)


def lessons_of(knowledge: Knowledge) -> Iterator[Lesson]:
    """Of all talks, and of some threads the message that opens them: what is behind it has taught the ranker."""
    for field in knowledge.threads.values():
        for thread in field.threads[::OPENINGS]:
            yield from _lessons([Told(thread.first, (thread.opens,), True)], knowledge)
    yield from _in_talks(knowledge)


def _in_talks(knowledge: Knowledge, weights: Mapping[str, float] | None = None) -> Iterator[Lesson]:
    """The messages of all talks; beside some also the opening of another talk, and the same behind closing words.

    Hands that write down one need after the other hardly ever thank and turn to something else.
    """
    talks = [[_told(one) for one in talk.turns] for talk in _talks(knowledge)]
    for number, told in enumerate(talks):
        for at in range(1 + number % EVERY, len(told), EVERY):
            opening, count = talks[(number + at * APART) % len(talks)][0], number // EVERY + at
            both = (_behind(opening, count, knowledge), _behind(told[at], count, knowledge, goes_on=True))
            told[at] = told[at]._replace(beside=tuple(one for one in both if one.teaches))
        yield from _lessons(told, knowledge, weights)


def _behind(said: Told, count: int, knowledge: Knowledge, *, goes_on: bool = False) -> Told:
    """A message behind closing words, of every two one, and behind such as turn to another matter."""
    lang: Lang = "en" if message_of(said.text, knowledge).lang == "en" else "es"
    closes, turns = knowledge.turns.closes[lang], knowledge.turns.turns[lang]
    front = [closes[count % len(closes)]] if goes_on or count & 1 else []
    front += [turns[count % len(turns)]] if count & 2 and not goes_on else []
    return said._replace(text=" ".join((*front, said.text)), beside=())


def _talks(knowledge: Knowledge) -> Iterator[Talk]:
    """Those of hands that the ranker does not know."""
    return (talk for hand in knowledge.talks.values() if not hand.ranks for talk in hand.talks)


def own_lessons_of(knowledge: Knowledge, weights: Mapping[str, float]) -> Iterator[Lesson]:
    """Of all talks, the messages after what these weights would have answered and offered: mistakes and all.

    Without them a message that follows an offer, or a wrong answer, is met for the first time by a person
    (Ross et al. 2011, DAgger).
    """
    yield from _in_talks(knowledge, weights)


def _lessons(
    told: Sequence[Told], knowledge: Knowledge, weights: Mapping[str, float] | None = None
) -> Iterator[Lesson]:
    state = Conversation()
    for text, right, teaches, gave, beside in told:
        yield from (_lesson(one.text, state, one.right, knowledge) for one in beside)
        lesson = _lesson(text, state, right, knowledge)
        message, situation, acts = lesson.message, lesson.situation, lesson.acts
        if teaches:
            yield lesson
        if weights is None or gave:
            answer, offered = gave or (_section(right[0], knowledge) if right else None), NO_CHOICES
        else:
            answer, offered = _own(weighed(message, state, situation, acts, weights), knowledge)
        state = _after(message, state, situation, acts, answer, offered)


def _lesson(text: str, state: Conversation, right: tuple[str, ...], knowledge: Knowledge) -> Lesson:
    message = message_of(text, knowledge)
    return Lesson(message, state, situation_with(message, state), acts_of(message, state), right)


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
