"""What somebody said no to: what was offered at a question of ours is not offered again in the next turn."""

from collections.abc import Iterable

from bot.conversation import Choice
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.context import corrects
from bot.dialogue.ranking.denied import BARE, apart
from bot.dialogue.words.payload import topic_of
from bot.dialogue.words.phrasing import spell_out

NONE = BARE | {"nel", "nah", "ninguno", "ninguna", "none", "neither"}
"""First words with which all that was offered is turned down."""
FEW = 4
"""Buttons for topics or sections up to which they may have been a question of ours alone."""


def kept(choices: Iterable[Choice], hearing: Hearing) -> list[Choice]:
    """Those that were not turned down."""
    turned_down = rejected(hearing)
    return [one for one in choices if one.payload not in turned_down]


def rejected(hearing: Hearing) -> frozenset[str]:
    """The buttons that a message turns down."""
    state, text, knowledge = hearing.conversation, hearing.text, hearing.knowledge
    meant = [choice.payload for choice in state.offered if topic_of(choice.payload) is not None]
    asked = state.weak > 0 or (state.topic is None and len(meant) <= FEW)
    if not meant or not asked:
        return frozenset()  # beside an answer they were no question
    first = next(iter(spell_out(text, knowledge.spelling).split()), "")
    says_no = first in NONE or corrects(text, knowledge) or bool(apart(text, knowledge)[1])
    return frozenset(meant) if says_no else frozenset()
