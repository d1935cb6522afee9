"""The life of a case, pure: opened by an event, claimed, answered, passed on, resolved by people, opened again."""

from bot.conversation.case import Case
from bot.handoff.case import (
    BadHourError,
    ClosedError,
    HandoffError,
    HeldByAnotherError,
    NotClaimedError,
    bring_back,
    call_back,
    claim,
    heard,
    label,
    lapse,
    need,
    opened_by,
    release,
    reopen,
    replied,
    resolve,
    take_up,
    transfer,
)
from bot.handoff.evidence import weighed
from bot.handoff.life import Life
from bot.handoff.merged import merged
from bot.handoff.times import ALERT, ANSWER, CALL_BACK, LADDERS, WINDOW, Due, Ladder, Times, rung, timers
from bot.handoff.window import closes_at, knock

__all__ = [
    "ALERT",
    "ANSWER",
    "CALL_BACK",
    "LADDERS",
    "WINDOW",
    "BadHourError",
    "Case",
    "ClosedError",
    "Due",
    "HandoffError",
    "HeldByAnotherError",
    "Ladder",
    "Life",
    "NotClaimedError",
    "Times",
    "bring_back",
    "call_back",
    "claim",
    "closes_at",
    "heard",
    "knock",
    "label",
    "lapse",
    "merged",
    "need",
    "opened_by",
    "release",
    "reopen",
    "replied",
    "resolve",
    "rung",
    "take_up",
    "timers",
    "transfer",
    "weighed",
]
