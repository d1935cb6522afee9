"""The real server with an engine that costs nothing, for benchmarks.webhook. Run: python -m benchmarks.stubbed"""

import gc
from datetime import datetime
from functools import partial

from bot.cli.server import run
from bot.conversation import Conversation, InboundMessage, Outcome, Reading, Reply, ReplyKind, Turn
from bot.turn import handle_message
from bot.wiring import running, service

REPLY = Reply(ReplyKind.ANSWER, "x" * 600)


def engine(state: Conversation, message: InboundMessage, knowledge: object, now: datetime) -> Turn:
    """One reply to whatever is said."""
    return Turn(state, (REPLY,), (), Reading("es", "es", Outcome.ANSWER))


def warm(_: object) -> None:
    """As the real one ends: what is held for good is not walked by the collector in the middle of an answer."""
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    service.handle_message = partial(handle_message, engine=engine)  # type: ignore[assignment]
    running.warm = warm
    run.callback()  # type: ignore[misc]
