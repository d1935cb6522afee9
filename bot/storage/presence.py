"""Whether somebody is still there, and so what may be sent to them. Pure."""

from dataclasses import dataclass

from bot.conversation import InboundMessage, Kind, LeftConversation, Reply, Turn
from bot.storage.rows import Held


@dataclass(frozen=True, slots=True)
class Presence:
    """How it stands after a turn."""

    left: bool
    """They asked that nothing be sent until they write again."""
    reachable: bool
    gone: str | None
    """Why all that waits is dropped now: they just left, or blocked us."""
    replies: tuple[Reply, ...]
    """What of the turn's replies may go out."""


def presence(held: Held, message: InboundMessage | None, turn: Turn, late: bool) -> Presence:
    """Who left is back only with something written since; the one line that says goodbye still goes out."""
    leaving = any(isinstance(event, LeftConversation) for event in turn.events)
    blocked = message is not None and message.kind is Kind.BLOCKED
    writes = message is not None and not blocked
    left = leaving or (held.left and (late or not writes))
    reachable = writes or (held.reachable and not blocked)
    # Somebody may be looking over their shoulder: what still waits must not pop up later.
    gone = "blocked" if blocked else "left" if leaving else None
    return Presence(left, reachable, gone, turn.replies if reachable and (leaving or not left) else ())
