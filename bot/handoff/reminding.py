"""What is said unasked of a reminder, and when it has to wait. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import Choice, Conversation, Lang, Reply, ReplyKind
from bot.conversation.reminders import Looked, look
from bot.texts import say
from knowledge.calendar import HOME
from knowledge.model import Knowledge
from knowledge.reminding import day_of

HARM = frozenset({"violence", "kidnapping", "self_harm"})
"""Dangers in which nothing pops up on a telephone, also while others have the person in their care."""
ASKED = timedelta(days=1)
"""So long after we asked about another danger, and were not answered, a reminder waits for it."""
SEE = Choice(label="", payload="r|v")


def looked_at(state: Conversation, knowledge: Knowledge, zones: Sequence[ZoneInfo], now: datetime) -> Looked:
    """What became of somebody's reminders by now, with the dates that content has."""
    today = now.astimezone(HOME).date()
    held = state.claimed or must_wait(state, now)
    return look(state.reminding, lambda matter: day_of(matter, knowledge, today), zones, now, held=held)


def must_wait(state: Conversation, now: datetime) -> bool:
    """Whether a danger is open or asked about in which it would harm, or somebody may read the phone."""
    danger = state.danger
    asked = state.doubt is not None and not state.doubt.closed and state.doubt.category in HARM
    if danger is None or danger.state == "over":
        return asked
    if danger.state == "asked" and danger.category not in HARM and danger.reader == "none":
        return asked or now - danger.heard_at < ASKED
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
