"""Danger in a conversation: what was said before makes a message graver, or harmless."""

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from math import exp, log

from bot.conversation import Conversation, Danger
from bot.dialogue.danger.judging import CHECK, FEW_WORDS, SOME_WORDS, DangerReading, judge, judge_whole
from bot.dialogue.danger.rules import says_now
from bot.dialogue.signals import read_signals
from knowledge.model import Knowledge

SPREAD_OVER = timedelta(minutes=15)
"""How far back a message still belongs to the present one."""
TOLD = frozenset({"stop:story", "stop:organisation"})
"""What, said before, speaks of this message too, unless it says that it happens now or to the writer's own people."""
CARRIED = TOLD | {"stop:past", "stop:laughter", "stop:figure"}
"""All such, with what a message goes on with that has few words."""
TOLD_COUNTS, CARRIED_COUNTS = 8.0, 6.5
"""How much they take from the log of the odds."""
TOGETHER = ((FEW_WORDS, 0.7), (SOME_WORDS, 0.35))
TOGETHER_RULE, TOGETHER_LONG = 0.15, 0.1
"""Share of all messages together in the log of the odds: by the words of the last, by its rule, where it is long."""
SUSPECT = 0.2
"""Likelihood of a message alone from which what was said before is looked at."""
HELP_SOME, HELP_LONG = 0.85, 0.65
"""Likelihood for help without a rule after other messages, which mislead more easily than one that stands alone."""
CHECK_SOME, CHECK_QUESTION = 0.7, 0.8
"""Likelihood from which a few words that go on without a rule are asked about, and where they are a question."""
ASKED_ALONE = 0.9
"""Likelihood of a message alone from which it is at least asked about, whatever was said before."""
SPREAD_WORDS = 12
SPREAD, SPREAD_SUSPECT = 0.95, 0.85
"""Likelihood for help of several messages together: the last has at most so many words, or is suspicious itself."""
RULES = frozenset({"rule", "check"})
"""Signs of a rule that fired, surely or not."""
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
    if alone.likelihood >= SUSPECT and not says_now(text, knowledge):
        alone = _doubted(text, alone, _since_question(before, knowledge), knowledge)
    # What was said before help was given is no new danger.
    return alone if alone.sure or helped else _spread(text, alone, before, knowledge) or alone


def _since_question(before: Sequence[str], knowledge: Knowledge) -> list[str]:
    """The messages that no question has followed yet: a question ends what it is about."""
    said = takewhile(lambda text: not read_signals(text, knowledge).asks, reversed(before))
    return list(said)[::-1]


def _doubted(text: str, alone: DangerReading, before: Sequence[str], knowledge: Knowledge) -> DangerReading:
    """A suspicious message as those before it make it sound: never graver than alone."""
    few = len(text.split()) <= SOME_WORDS
    needed = alone.needed if alone.signs & RULES else max(alone.needed, HELP_SOME if few else HELP_LONG)
    together = judge_whole(". ".join([*before, text]), knowledge) if before else None
    if together is None:
        return replace(alone, needed=needed, asked=_asked(text, alone, knowledge))
    own, all_of_it, share = _log_odds(alone), _log_odds(together), _share(text, alone)
    odds = (1 - share) * own + share * min(own, all_of_it)
    odds -= _carried((together.signs - alone.signs) & CARRIED, text, knowledge)
    settles = read_signals(text, knowledge).settles
    asked = alone.asked if all_of_it >= own and not settles else _asked(text, alone, knowledge)
    return replace(alone, likelihood=1 / (1 + exp(-odds)), needed=needed, asked=asked)


def _share(text: str, alone: DangerReading) -> float:
    if alone.signs & RULES:
        return TOGETHER_RULE
    words = len(text.split())
    return next((share for most, share in TOGETHER if words <= most), TOGETHER_LONG)


def _asked(text: str, alone: DangerReading, knowledge: Knowledge) -> float:
    """Likelihood from which it is asked about where what was said before does not bear it out."""
    ruled = bool(alone.signs & RULES)
    if not ruled and read_signals(text, knowledge).settles:
        return HELP_SOME
    if alone.sure and alone.likelihood >= ASKED_ALONE:
        return 0.0
    if ruled or len(text.split()) > SOME_WORDS:
        return alone.asked
    return CHECK_QUESTION if "?" in text else CHECK_SOME


def _carried(stops: Set[str], text: str, knowledge: Knowledge) -> float:
    """What the frame takes from the log of the odds that was set before: a film, a thesis, years ago, a joke."""
    if stops & TOLD and not read_signals(text, knowledge).own:
        return TOLD_COUNTS
    return CARRIED_COUNTS if stops - TOLD and len(text.split()) <= SOME_WORDS else 0.0


def _spread(text: str, alone: DangerReading, before: Sequence[str], knowledge: Knowledge) -> DangerReading | None:
    """Several messages that are danger only together, of which the last adds some, and is short or suspicious."""
    suspicious = alone.likelihood >= CHECK
    if (not suspicious and len(text.split()) > SPREAD_WORDS) or read_signals(text, knowledge).settles:
        return None
    earlier, together = (judge_whole(" ".join(texts), knowledge) for texts in (before, [*before, text]))
    if earlier is None or together is None or together.signs & CARRIED:
        return None
    adds = _log_odds(together) > _log_odds(earlier)
    return together if adds and together.likelihood >= (SPREAD_SUSPECT if suspicious else SPREAD) else None


def _log_odds(reading: DangerReading) -> float:
    likelihood = min(max(reading.likelihood, 1e-6), 1 - 1e-6)
    return log(likelihood / (1 - likelihood))
