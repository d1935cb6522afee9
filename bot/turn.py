"""One message: claim the delivery, load under the lock, take the turn, save. One transaction."""

import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import Conversation, Desk, InboundMessage, Lang, LookAgain, Outcome, Reading, Turn
from bot.conversation.ports import Store, Timer
from bot.dialogue.engine import last_resort, take_turn
from bot.handoff.reminding import looked_at, reminded_only, waiting
from bot.handoff.window import closes_at
from bot.telemetry import figures
from knowledge.model import Knowledge

logger = logging.getLogger(__name__)

SURE = timedelta(hours=1)
"""So long before free words are no longer taken a template goes out: a provider that is busy must not lose it."""
Engine = Callable[[Conversation, InboundMessage, Knowledge, datetime], Turn]


async def handle_message(
    message: InboundMessage, store: Store, knowledge: Knowledge, desk: Desk, now: datetime, engine: Engine = take_turn
) -> Turn | None:
    """The turn, committed; None for a delivery that was seen before. Raises StoreBusyError."""
    async with store.turn() as transaction:
        if not await transaction.claim_delivery(message, now):
            return None
        conversation_id, conversation, late = await transaction.load(message, now)
        heard = replace(message, late=late)
        there = desk.model_copy(update={"on_duty": False, "opens_at": None}) if transaction.blocked else desk
        turn = safe_turn(conversation.having(desk=there), heard, knowledge, now, engine)
        await transaction.save(conversation_id, heard, turn, now)
        return turn


def safe_turn(
    conversation: Conversation, message: InboundMessage, knowledge: Knowledge, now: datetime, engine: Engine = take_turn
) -> Turn:
    """The engine's turn; where it fails, the emergency number: help text first, also when all else fails."""
    try:
        with figures.ENGINE.time():
            return engine(conversation, message, knowledge, now)
    except Exception as error:
        # Not the exception's words: they may hold a person's.
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
        logger.error("the engine failed: %s at %s", type(error).__name__, where)
        return last_resort(conversation, knowledge, now)


async def handle_reminders(
    timer: Timer,
    store: Store,
    knowledge: Knowledge,
    desk: Desk,
    now: datetime,
    zones: Callable[[Conversation], Sequence[ZoneInfo]],
    templates: Mapping[Lang, str],
) -> bool:
    """Look at a person's reminders: say that one waits, where it is due, helps and may be said; whether it was said."""
    async with store.turn() as transaction:
        held = await transaction.resume(timer.id)
        if held is None:
            return False
        conversation_id, conversation = held
        looked = looked_at(conversation, knowledge, zones(conversation), now)
        closes = closes_at(transaction.channel, conversation.heard_at)
        lang = conversation.lang or "es"
        template = templates.get(lang, "") if closes is not None and now >= closes - SURE else ""
        replies = (waiting(lang, template),) if looked.tells else ()
        forgotten = conversation.heard_at is None or now - conversation.heard_at > timedelta(days=desk.questions_days)
        state = reminded_only(conversation) if forgotten else conversation
        offered = replies[0].choices if replies else state.offered
        state = state.having(reminding=looked.reminding, offered=offered)
        reading = Reading("other", lang, Outcome.SILENT)
        await transaction.save(conversation_id, None, Turn(state, replies, (LookAgain(looked.again),), reading), now)
        return looked.tells
