"""What is said unasked of a reminder, and when it has to wait. Pure."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation import Choice, Conversation, Lang, Reply, ReplyKind
from bot.conversation.reminders import Looked, look
from bot.texts import say
from knowledge.calendar import HOME
from knowledge.model import Knowledge
from knowledge.reminding import day_of

HARM = frozenset({"violence", "kidnapping", "self_harm"})
"""Dangers in which nothing pops up on a telephone, also while others have the person in their care."""
SEE = Choice(label="", payload="r|v")


def looked_at(state: Conversation, knowledge: Knowledge, zones: Sequence[ZoneInfo], now: datetime) -> Looked:
    """What became of somebody's reminders by now, with the dates that content has."""
    today = now.astimezone(HOME).date()
    held = state.claimed or must_wait(state)
    return look(state.reminding, lambda matter: day_of(matter, knowledge, today), zones, now, held=held)


def must_wait(state: Conversation) -> bool:
    """Whether a danger is open or asked about in which it would harm, or somebody may read the phone."""
    danger = state.danger
    asked = state.doubt is not None and not state.doubt.closed and state.doubt.category in HARM
    if danger is None or danger.state == "over":
        return asked
    return asked or danger.state != "handed" or danger.category in HARM or danger.reader != "none"


def waiting(lang: Lang, template: str = "") -> Reply:
    """One line for all that waits, which names no matter; where free words are not taken the template in its place."""
    see = SEE.model_copy(update={"label": say("reminders.see", lang)})
    return Reply(ReplyKind.NOTICE, say("reminders.waiting", lang), (see,), template=template)


def reminded_only(state: Conversation) -> Conversation:
    """What is left of a conversation whose words are no longer kept: its reminders, and what it takes to send them."""
    return Conversation(
        lang=state.lang, lang_chosen=state.lang_chosen, greeted=state.greeted, watched=state.watched,
        danger=state.danger, reminding=state.reminding, heard_at=state.heard_at,
    )  # fmt: skip
