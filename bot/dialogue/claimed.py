"""While a person holds the case: the bot is silent, except for new danger, and for leaving or erasing."""

from bot.conversation import Outcome, Turn
from bot.dialogue.commands import command_in, run_command
from bot.dialogue.danger.help_text import answer_danger
from bot.dialogue.flows import answer_open_question
from bot.dialogue.hearing import Hearing
from bot.dialogue.location import answer_location
from bot.dialogue.taps import answer_tap

STILL_OURS = frozenset({"leave", "delete"})
"""Commands that work all the same."""


def leave_to_holder(hearing: Hearing) -> Turn | None:
    """The turn of a message in a claimed case, None in every other."""
    if not hearing.conversation.claimed:
        return None
    turn = answer_danger(hearing) or answer_location(hearing)
    if turn is None and _is_leaving(hearing):
        turn = run_command(hearing) or answer_tap(hearing) or answer_open_question(hearing)
    return turn or hearing.turn(Outcome.SILENT, offered=hearing.conversation.offered)


def _is_leaving(hearing: Hearing) -> bool:
    erasing = hearing.conversation.flow == "delete"
    return erasing or command_in(hearing.text, hearing.knowledge) in STILL_OURS
