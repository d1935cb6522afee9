"""A check that was neither answered nor denied: what is said next carries the number once more."""

from dataclasses import replace

from bot.conversation import Kind, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.commands import command_in
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.beside_no import says_none

HELPED = frozenset({Outcome.URGENT, Outcome.CHECK, Outcome.COMMAND, Outcome.SILENT})
"""Outcomes that hold the number already, or are no answer to what a message says."""


def with_number(turn: Turn, hearing: Hearing) -> Turn:
    """The turn behind one line with the number, where a check was asked and the message is no no."""
    category, knowledge = hearing.conversation.checking, hearing.knowledge
    if category is None or turn.reading.outcome in HELPED or hearing.message.kind is not Kind.TEXT:
        return turn
    if command_in(hearing.text, knowledge) is not None or says_none(category, hearing.text, knowledge):
        return turn
    number = hearing.fill("{emergency}")
    if any(number in reply.text for reply in turn.replies):
        return turn
    line = Reply(ReplyKind.CARE, hearing.in_danger("check.open"))
    return replace(turn, replies=(line, *turn.replies))
