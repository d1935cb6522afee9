"""Vocabulary of a conversation: messages, replies, state, events. Data only; no rules, no I/O."""

from bot.conversation.events import (
    AnswerRated,
    CaseNeeded,
    CaseReason,
    DeletionConfirmed,
    Event,
    LeftConversation,
    NotUnderstood,
    PlaceGiven,
    RemindLater,
)
from bot.conversation.messages import (
    TAKES_FILES,
    Choice,
    Document,
    InboundMessage,
    Kind,
    Lang,
    Level,
    Location,
    Reply,
    ReplyKind,
)
from bot.conversation.reading import Danger, Outcome, Reading, TopicScore, Turn
from bot.conversation.state import CaseView, Conversation, Desk, Heard, ToldDanger

__all__ = [
    "TAKES_FILES",
    "AnswerRated",
    "CaseNeeded",
    "CaseReason",
    "CaseView",
    "Choice",
    "Conversation",
    "Danger",
    "DeletionConfirmed",
    "Desk",
    "Document",
    "Event",
    "Heard",
    "InboundMessage",
    "Kind",
    "Lang",
    "LeftConversation",
    "Level",
    "Location",
    "NotUnderstood",
    "Outcome",
    "PlaceGiven",
    "Reading",
    "RemindLater",
    "Reply",
    "ReplyKind",
    "ToldDanger",
    "TopicScore",
    "Turn",
]
