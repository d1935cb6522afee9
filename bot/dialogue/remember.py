"""The state after a turn: what the message told, what was decided, and what was said."""

from typing import Any

from bot.conversation import Conversation, DeletionConfirmed, Heard, Kind, LeftConversation, Outcome, ReplyKind
from bot.conversation.person import Said, Want
from bot.conversation.state import EARLIER
from bot.dialogue.danger.judging import lent_phone
from bot.dialogue.decision import Decision, Remark, Section
from bot.dialogue.message import Message, language_wished
from bot.dialogue.rendering.words import Rendered
from bot.dialogue.signals import Signals
from bot.dialogue.signals.found import Acts
from knowledge.schema.base import Level

HEARD = 4
"""Messages of a person that are remembered for what is said in several."""
SHOWN = 40
"""Ids of what was given that are remembered."""
FEEDBACK_AGAIN = 5
"""Turns until "¿Le sirvió?" may be asked again."""


def remember(state: Conversation, m: Message, s: Signals, decision: Decision, rendered: Rendered) -> Conversation:
    """The conversation that the next message finds. After /borrar nothing is left but a danger that is open."""
    if any(isinstance(event, DeletionConfirmed) for event in decision.events):
        kept = state.danger.bare(s.now) if state.danger is not None and state.in_danger else None
        return Conversation(danger=kept)
    left = any(isinstance(event, LeftConversation) for event in decision.events)
    if m.inbound.kind in (Kind.GROUP, Kind.BLOCKED):
        return state
    offered = next((reply.choices for reply in reversed(rendered.replies) if reply.choices), ())
    before = (name for name in state.said_before.shown if name not in rendered.shown)
    danger = decision.changes.get("danger", state.danger)
    asked_feedback = any(choice.payload.startswith("f|") for choice in offered)
    changes: dict[str, Any] = {
        "lang": s.lang,
        "lang_chosen": state.lang_chosen or language_wished(m.text, m.knowledge) is not None,
        "left": False,
        "greeted": state.greeted or any(reply.kind is ReplyKind.NOTICE for reply in rendered.replies),
        "turns": state.turns + 1,
        "heard": (*state.heard, Heard(text=m.text, at=s.now))[-HEARD:] if m.text.strip() else state.heard,
        "heard_at": s.now,
        "situation": s.situation,
        "wants": wants_after(m, s, state, decision),
        "said_before": Said(shown=(*before, *rendered.shown)[-SHOWN:]),
        "watched": state.watched or left or lent_phone(m) or (danger is not None and danger.reader != "none"),
        "offered": offered if decision.outcome is not Outcome.SILENT else state.offered,
        "asked_place": None,
        "weak": 0,
        "remark": "",
        "until_feedback": FEEDBACK_AGAIN if asked_feedback else max(0, state.until_feedback - 1),
        **_opened(decision, state),
        **decision.changes,
    }
    if left:
        changes |= {"offered": (), "heard": ()}
    return state.having(**changes)


def _opened(decision: Decision, state: Conversation) -> dict[str, Any]:
    """The topic that is open after the turn: of the section given first."""
    given = _given(decision)
    if given is None:
        return {}
    earlier = state.earlier
    if state.topic is not None and state.topic != given.topic:
        earlier = (*(one for one in earlier if one not in (state.topic, given.topic)), state.topic)[-EARLIER:]
    return {"topic": given.topic, "section": given.section, "earlier": earlier, "event": None, "consulate": None}


KEPT = 6
"""Wants that are remembered."""
WITHOUT = frozenset({"yes", "no", "picks", "done", "next", "shorter", "repeat", "person", "thanks"})
"""Acts of messages that want nothing of their own."""


def wants_after(m: Message, s: Signals, state: Conversation, decision: Decision) -> tuple[Want, ...]:
    """The wants after a turn, answered by the section given first; what was told of a danger to life is no want."""
    if m.smalltalk is None and any(isinstance(act, Remark) for act in decision.acts):
        return state.wants  # small talk that was learned wants nothing either
    given, danger = _given(decision), decision.changes.get("danger")
    if given is None and danger is not None and danger.state != "asked" and danger.level is Level.CRITICAL:
        return state.wants
    return wants_with(m, state, s.acts, f"{given.topic}/{given.section}" if given else None)


def _given(decision: Decision) -> Section | None:
    """The section given first."""
    return next((act for act in decision.acts if isinstance(act, Section)), None)


def wants_with(message: Message, state: Conversation, acts: Acts, answer: str | None) -> tuple[Want, ...]:
    """The wants with that of a message, and what answered it (`topic/section`); one that is rejected is marked."""
    wants, righted = list(state.wants), acts.righted
    first = acts.all[0] if acts.all else ""
    if wants and wants[-1].answer and righted.rejects and not righted.denied:
        wants[-1] = wants[-1].model_copy(update={"complained": True})
    bare = righted.rejects and not righted.meant
    if first in WITHOUT or bare or message.empty or message.smalltalk is not None:
        return tuple(wants)
    text = righted.meant or message.text
    wants.append(Want(text=text, turn=state.turns, answer=answer, against=righted.not_so))
    return tuple(wants[-KEPT:])
