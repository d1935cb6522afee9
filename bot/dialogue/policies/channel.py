"""Policy 1: what is no message to us, and messages without words."""

from bot.conversation import Conversation, Kind, Outcome, ReplyKind
from bot.dialogue.decision import Decision, Say
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals

WORDLESS = {
    Kind.VOICE: "voice",
    Kind.PHOTO: "photo",
    Kind.STICKER: "sticker",
    Kind.CONTACT: "contact",
    Kind.OTHER: "other",
}
"""What is said of a message without words."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Who blocks us is told nothing; a group reads along; what we cannot hear or see is asked for in words."""
    kind = m.inbound.kind
    if kind is Kind.BLOCKED:
        return Decision(Outcome.SILENT, why="blocked us")
    if kind is Kind.GROUP:
        return Decision(Outcome.COMMAND, (Say("group", values={"link": m.inbound.payload}),), why="a group")
    if kind not in WORDLESS or m.text.strip() or state.claimed:
        return None
    key = "wordless.danger" if state.in_danger else WORDLESS[kind]
    return Decision(
        Outcome.QUESTION, (Say(key, ReplyKind.QUESTION),), why="no words", changes={"offered": state.offered}
    )
