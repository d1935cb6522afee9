"""A check that nobody answered stays open: what bears it out later is that danger, and no other."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import Conversation, Danger, Doubt
from bot.dialogue.danger.context import SPREAD_OVER, settles
from bot.dialogue.danger.judging import SCORER, judge, judge_whole
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.danger.turns import together
from bot.dialogue.person.signals import read_signals
from bot.dialogue.words.afterwards import denies, is_calm
from knowledge.model import Knowledge

ADDS, SIGN = 0.2, 0.6
"""Likelihood of danger by itself from which a message adds to what was asked about, and is a sign of its own."""
TOGETHER = 0.95
"""Likelihood of both together from which what adds bears it out."""


def doubt_left(text: str, conversation: Conversation, knowledge: Knowledge, now: datetime) -> Doubt | None:
    """The open check after a message: who settles or denies it closes it, and so does time."""
    doubt = conversation.doubt
    if doubt is None or (doubt.closed and conversation.checking is None):
        return None
    denied = is_calm(doubt.category, text, knowledge) or denies(doubt.category, text, knowledge)
    closed = settles(text, knowledge) or denied or now - doubt.at > SPREAD_OVER
    return doubt.model_copy(update={"closed": doubt.closed or closed})


def borne_out(
    text: str, doubt: Doubt, danger: Danger | None, check: Danger | None, knowledge: Knowledge
) -> tuple[Danger | None, Danger | None]:
    """What was read in a message, after an open check: the danger asked about, or another that is only asked about."""
    alone, both = judge(text, knowledge), judge_whole(together((doubt.text, text)), knowledge)
    if alone is None or both is None:
        return danger, check
    own, joined = (reading.danger.category == doubt.category for reading in (alone, both))
    more = joined and both.sure and both.likelihood >= alone.likelihood
    if danger is not None:
        if danger.category == doubt.category:
            return danger, None
        if more or (danger.rule == SCORER and (own or joined)):
            return _of(doubt, danger, knowledge), None
        # Two doubtful signs of two dangers are no sure one.
        return (None, danger) if alone.unsure and not own else (danger, None)
    if check is not None and alone.sure:
        # Only what came before made it doubtful, and that was doubtful itself.
        return _of(doubt, alone.danger, knowledge) if more else alone.danger, None
    little = alone.likelihood < ADDS and check is None
    if little or read_signals(text, knowledge).asks or read_rules(text, knowledge).stops:
        return None, check
    first = judge(doubt.text, knowledge)
    likelier = first is not None and both.likelihood >= max(TOGETHER, first.likelihood)
    bears_out = (own and alone.likelihood >= SIGN) or (joined and likelier)
    return (_of(doubt, both.danger, knowledge), None) if bears_out else (None, check)


def _of(doubt: Doubt, danger: Danger, knowledge: Knowledge) -> Danger:
    """The danger as that which was asked about."""
    level = min(danger.level, knowledge.categories[doubt.category].level, key=lambda one: one.rank)
    return replace(danger, category=doubt.category, level=level)
