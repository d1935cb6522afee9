"""The life of a case, pure: opened by an event, claimed, answered, released, resolved by people."""

from bot.conversation.case import Case
from bot.handoff.case import (
    ClosedError,
    HandoffError,
    HeldByAnotherError,
    NotClaimedError,
    claim,
    need,
    release,
    replied,
    resolve,
)

__all__ = [
    "Case",
    "ClosedError",
    "HandoffError",
    "HeldByAnotherError",
    "NotClaimedError",
    "claim",
    "need",
    "release",
    "replied",
    "resolve",
]
