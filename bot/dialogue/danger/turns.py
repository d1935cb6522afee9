"""A message in its conversation as numbers: how it sounds alone, with those before it, and the kind of its words."""

from collections.abc import Sequence
from itertools import takewhile

from bot.dialogue.danger.rules import read_rules, says_now
from bot.dialogue.person.signals import read_signals
from knowledge.model import Knowledge

REMEMBERED = 3
"""How many messages before one are read with it."""
FEW_WORDS, SOME_WORDS = 6, 15
FRAMES = frozenset({"stop:story", "stop:organisation"})
"""What, said before, speaks of this message too: a film, a thesis, our work."""
PAST = frozenset({"stop:past", "stop:months-ago"})
"""What, said before, speaks of this message too where it is not long: something of years ago."""
JOKE = frozenset({"stop:laughter", "stop:figure"})
"""What, said before, may speak of this message."""
FRAMED = "framed"
"""A mark of what goes on with a story, or with what is past."""


def together(texts: Sequence[str]) -> str:
    """Messages of a person as one text."""
    return ". ".join(texts)


def marks_of(text: str, before: Sequence[str], knowledge: Knowledge) -> frozenset[str]:
    """What kind of words a message has, and those before it."""
    said, words, signs = read_signals(text, knowledge), len(text.split()), read_rules(text, knowledge).signs
    # A question ends what it is about.
    since = list(takewhile(lambda one: not read_signals(one, knowledge).asks, reversed(before)))
    going_on = frozenset[str]().union(*(read_rules(one, knowledge).signs for one in since))
    found = {
        "few": words <= FEW_WORDS,
        "some": FEW_WORDS < words <= SOME_WORDS,
        "many": words > SOME_WORDS,
        "rule": "rule" in signs,
        "check": "check" in signs,
        "now": says_now(text, knowledge),
        "own": said.own,
        "asks": said.asks,
        "asked": len(since) < len(before),
        "settles": said.settles,
        "joke": bool(going_on & JOKE),
        FRAMED: bool(going_on & FRAMES and not said.own) or bool(going_on & PAST and words <= SOME_WORDS),
    }
    return frozenset(mark for mark, holds in found.items() if holds)
