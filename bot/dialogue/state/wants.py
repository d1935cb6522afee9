"""What was asked in a conversation: with every message one more, those complained of marked."""

from typing import TYPE_CHECKING

from bot.conversation import Conversation, Want
from bot.dialogue import decision as ours
from bot.dialogue.decision import Decision
from bot.dialogue.message import Message
from bot.dialogue.signals.acts import Acts

if TYPE_CHECKING:
    from bot.dialogue.signals.signals import Signals

KEPT = 6
"""Wants that are remembered."""
WITHOUT = frozenset({"yes", "no", "picks", "done", "next", "shorter", "repeat", "person", "thanks"})
"""Acts of messages that want nothing of their own."""
COMPLAINS = frozenset({"complains", "corrects"})


def wants_after(message: Message, s: "Signals", state: Conversation, decision: Decision) -> tuple[Want, ...]:
    """The wants after a turn: its message is answered by the section that was given first."""
    given = next((act for act in decision.acts if isinstance(act, ours.Section)), None)
    return wants_with(message, state, s.acts, f"{given.topic}/{given.section}" if given else None)


def wants_with(message: Message, state: Conversation, acts: Acts, answer: str | None) -> tuple[Want, ...]:
    """The wants with that of a message, and what answered it (`topic/section`); of a complaint the last is marked."""
    wants = list(state.wants)
    first = acts.all[0] if acts.all else ""
    if wants and wants[-1].answer and first in COMPLAINS:
        wants[-1] = wants[-1].model_copy(update={"complained": True})
    if first in WITHOUT or message.empty or message.smalltalk is not None:
        return tuple(wants)
    wants.append(Want(text=acts.meant or message.text, turn=state.turns, answer=answer))
    return tuple(wants[-KEPT:])
