"""The life of a case, pure: opened by an event, claimed, answered, passed on, resolved by people, opened again."""

from bot.conversation.case import Case
from bot.handoff.case import (
    ClosedError,
    HandoffError,
    HeldByAnotherError,
    NotClaimedError,
    claim,
    heard,
    label,
    lapse,
    need,
    release,
    reopen,
    replied,
    resolve,
    transfer,
)
from bot.handoff.life import Life
from bot.handoff.times import ALERT, ANSWER, LADDERS, Due, Ladder, Times, rung, timers

__all__ = [
    "ALERT",
    "ANSWER",
    "LADDERS",
    "Case",
    "ClosedError",
    "Due",
    "HandoffError",
    "HeldByAnotherError",
    "Ladder",
    "Life",
    "NotClaimedError",
    "Times",
    "claim",
    "heard",
    "label",
    "lapse",
    "need",
    "release",
    "reopen",
    "replied",
    "resolve",
    "rung",
    "timers",
    "transfer",
]
