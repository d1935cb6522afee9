"""How a message was understood, and the result of a turn."""

from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.events import Event
from bot.conversation.messages import Reply
from bot.conversation.state import Conversation
from knowledge.schema.base import Lang, Level


class Outcome(StrEnum):
    """What the person got."""

    URGENT = "urgent"
    CHECK = "check"
    ANSWER = "answer"
    CLARIFY = "clarify"
    QUESTION = "question"
    COMMAND = "command"
    SMALLTALK = "smalltalk"
    FALLBACK = "fallback"
    SILENT = "silent"
    """Nothing: a person holds the case, or the message needs no answer."""


@dataclass(frozen=True, slots=True)
class Danger:
    """Danger as it was read: the rule that fired and the words that it found."""

    category: str
    level: Level
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class TopicScore:
    """A topic and the section chosen in it; score between 0 and 1."""

    topic: str
    section: str
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood: `predict` prints it, operators see it."""

    lang: str
    """es, en, mixed or other: the language of the message."""
    reply_lang: Lang
    outcome: Outcome
    urgent: Danger | None = None
    check: str | None = None
    topics: tuple[TopicScore, ...] = ()
    answered: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    section: str | None = None
    """`topic/section` that was answered."""
    acts: tuple[str, ...] = ()
    """What the person did with the message: goes_on, corrects, thanks …"""
    policy: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """The new state, neutral replies, events, and how the message was read."""

    conversation: Conversation
    replies: tuple[Reply, ...]
    events: tuple[Event, ...]
    reading: Reading
