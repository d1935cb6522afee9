"""Vocabulary of a conversation: messages, replies, state, events. Data only; no rules, no I/O."""

from bot.conversation.danger import OpenDanger
from bot.conversation.events import (
    AnswerRated,
    CaseNeeded,
    CaseReason,
    DeletionConfirmed,
    Event,
    LeftConversation,
    LookAgain,
    NotUnderstood,
    PlaceGiven,
)
from bot.conversation.messages import (
    TAKES_FILES,
    UNDECORATED,
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
from bot.conversation.parts import Block, Part, Role, Span
from bot.conversation.person import Known, Said, Situation, Want
from bot.conversation.reading import Danger, Outcome, Reading, TopicScore, Turn
from bot.conversation.reminders import Reminder, Reminding
from bot.conversation.state import CaseView, Conversation, Desk, Doubt, Heard
from bot.conversation.steps import KEPT, NEAR, UNSEEN, Progress

__all__ = [
    "KEPT",
    "NEAR",
    "TAKES_FILES",
    "UNDECORATED",
    "UNSEEN",
    "AnswerRated",
    "Block",
    "CaseNeeded",
    "CaseReason",
    "CaseView",
    "Choice",
    "Conversation",
    "Danger",
    "DeletionConfirmed",
    "Desk",
    "Document",
    "Doubt",
    "Event",
    "Heard",
    "InboundMessage",
    "Kind",
    "Known",
    "Lang",
    "LeftConversation",
    "Level",
    "Location",
    "LookAgain",
    "NotUnderstood",
    "OpenDanger",
    "Outcome",
    "Part",
    "PlaceGiven",
    "Progress",
    "Reading",
    "Reminder",
    "Reminding",
    "Reply",
    "ReplyKind",
    "Role",
    "Said",
    "Situation",
    "Span",
    "TopicScore",
    "Turn",
    "Want",
]
