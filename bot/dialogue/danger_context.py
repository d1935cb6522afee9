"""Danger in a conversation: what was said before makes a message graver, or harmless."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import exp, log

from bot.conversation import Conversation, Danger
from bot.dialogue.danger import DangerReading, judge
from bot.dialogue.danger_rules import says_now
from bot.dialogue.signals import read_signals
from knowledge.model import Knowledge

SPREAD_OVER = timedelta(minutes=15)
"""How far back a message still belongs to the present one."""
CARRIED = frozenset(f"stop:{stop}" for stop in ("past", "story", "organisation", "laughter", "figure"))
"""What, said before, speaks of this message too, unless it says that it happens now."""
CARRIED_COUNTS = 5.0
"""How much it takes from the log of the odds."""
ALONE, TOGETHER = 0.75, 0.25
"""Shares of a message and of all messages together in the log of the odds."""
HELP = 0.75
"""Likelihood for help after other messages, which mislead more easily than one that stands alone."""
SUSPECT = 0.2
"""Likelihood of a message alone from which what was said before is looked at."""
SPREAD_WORDS = 8
SPREAD = 0.95
"""Likelihood for help of several messages together, of which the last has no more than so many words."""
COMMAND = "/"


def read_conversation(
    text: str, conversation: Conversation, knowledge: Knowledge, now: datetime
) -> tuple[Danger | None, Danger | None]:
    """The danger that a message reports, and the one to ask about; at most one of them."""
    before = [heard.text for heard in conversation.heard if now - heard.at <= SPREAD_OVER and heard.text.strip()]
    helped = any(now - told.at <= SPREAD_OVER for told in conversation.told)
    reading = _in_context(text, before, knowledge, helped=helped)
    if reading is None or not (reading.sure or reading.unsure):
        return None, None
    danger = reading.danger
    if conversation.minor and not read_signals(text, knowledge).minor:
        danger = replace(danger, level=danger.level.raised())
    return (danger, None) if reading.sure else (None, danger)


def _in_context(text: str, before: Sequence[str], knowledge: Knowledge, *, helped: bool) -> DangerReading | None:
    alone = judge(text, knowledge)
    if alone is None or not before or text.startswith(COMMAND):
        return alone
    if alone.likelihood >= SUSPECT:
        alone = _doubted(text, alone, before, knowledge)
    # What was said before help was given is no new danger.
    return alone if alone.sure or helped else _spread(text, before, knowledge) or alone


def _doubted(text: str, alone: DangerReading, before: Sequence[str], knowledge: Knowledge) -> DangerReading:
    """A suspicious message as those before it make it sound: never graver than alone."""
    together = judge(". ".join([*before, text]), knowledge)
    if together is None:
        return alone
    own = _log_odds(alone)
    odds = ALONE * own + TOGETHER * min(own, _log_odds(together))
    if (together.signs - alone.signs) & CARRIED and not says_now(text, knowledge):
        odds -= CARRIED_COUNTS
    return replace(alone, likelihood=1 / (1 + exp(-odds)), needed=max(HELP, alone.needed))


def _spread(text: str, before: Sequence[str], knowledge: Knowledge) -> DangerReading | None:
    """Several messages that are danger only together, of which the last is short."""
    if len(text.split()) > SPREAD_WORDS:
        return None
    together = judge(" ".join([*before, text]), knowledge)
    found = together is not None and together.likelihood >= SPREAD and not together.signs & CARRIED
    return together if found else None


def _log_odds(reading: DangerReading) -> float:
    likelihood = min(max(reading.likelihood, 1e-6), 1 - 1e-6)
    return log(likelihood / (1 - likelihood))
