"""The state after a turn: what the message told, what was decided, and what was said."""

from typing import Any
from zlib import crc32

from bot.conversation import Conversation, DeletionConfirmed, Heard, LeftConversation, Outcome, ReplyKind, Said
from bot.dialogue import decision as acts
from bot.dialogue.decision import Decision
from bot.dialogue.message import Message
from bot.dialogue.message.commands import language_wished
from bot.dialogue.rendering.rendered import Rendered
from bot.dialogue.signals import Signals
from bot.dialogue.state.wants import wants_after

HEARD = 4
"""Messages of a person that are remembered for what is said in several."""
SHOWN = 40
"""Ids of what was given that are remembered."""
EARLIER = 4
"""Topics that were open before."""
FEEDBACK_AGAIN = 5
"""Turns until "¿Le sirvió?" may be asked again."""


def remember(state: Conversation, m: Message, s: Signals, decision: Decision, rendered: Rendered) -> Conversation:
    """The conversation that the next message finds. After /borrar nothing is left."""
    if any(isinstance(event, DeletionConfirmed) for event in decision.events):
        return Conversation()
    left = any(isinstance(event, LeftConversation) for event in decision.events)
    if m.group or m.inbound.kind is m.inbound.kind.BLOCKED:
        return state
    offered = next((reply.choices for reply in reversed(rendered.replies) if reply.choices), ())
    changes: dict[str, Any] = {
        "lang": s.lang,
        "lang_chosen": state.lang_chosen or language_wished(m.text, m.knowledge) is not None,
        "left": False,
        "greeted": state.greeted or any(reply.kind is ReplyKind.NOTICE for reply in rendered.replies),
        "turns": state.turns + 1,
        "heard": _heard(m, s, state),
        "heard_at": s.now,
        "situation": s.situation,
        "wants": wants_after(m, s, state, decision),
        "said_before": _said(state, rendered),
        "offered": offered if decision.outcome is not Outcome.SILENT else state.offered,
        "asked_place": None,
        "weak": 0,
        "remark": "",
        "until_feedback": _until_feedback(state, offered),
        **_opened(decision, state),
        **decision.changes,
    }
    if left:
        changes |= {"offered": (), "heard": ()}
    return state.having(**changes)


def _heard(m: Message, s: Signals, state: Conversation) -> tuple[Heard, ...]:
    return (*state.heard, Heard(text=m.text, at=s.now))[-HEARD:] if m.text.strip() else state.heard


def _said(state: Conversation, rendered: Rendered) -> Said:
    before = [name for name in state.said_before.shown if name not in rendered.shown]
    words = "\n".join(reply.text for reply in rendered.replies)
    return Said(shown=(*before, *rendered.shown)[-SHOWN:], checksum=crc32(words.encode()))


def _until_feedback(state: Conversation, offered: tuple[Any, ...]) -> int:
    asked = any(choice.payload.startswith("f|") for choice in offered)
    return FEEDBACK_AGAIN if asked else max(0, state.until_feedback - 1)


def _opened(decision: Decision, state: Conversation) -> dict[str, Any]:
    """The topic that is open after the turn: of the section given first."""
    given = next((act for act in decision.acts if isinstance(act, acts.Section)), None)
    if given is None:
        return {}
    earlier = state.earlier
    if state.topic is not None and state.topic != given.topic:
        earlier = (*(one for one in earlier if one not in (state.topic, given.topic)), state.topic)[-EARLIER:]
    return {"topic": given.topic, "section": given.section, "earlier": earlier, "event": None, "consulate": None}
