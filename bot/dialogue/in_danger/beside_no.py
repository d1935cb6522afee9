"""What is answered after a "no" to the check: the rest of the same message, else the message that set the check off."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import Turn
from bot.dialogue.danger.judging import CHECK_RULE, likelihood_of
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import read_signals
from bot.dialogue.ranking.context import recent
from bot.dialogue.topics import answer_topic, clarify
from bot.dialogue.understanding import by_itself, understand
from bot.dialogue.words.afterwards import denies, is_calm, means, takes_back
from bot.dialogue.words.ends import ends_of
from bot.dialogue.words.questions import asks
from knowledge.model import Knowledge

CLAUSE = re.compile(r"[,.;:!\n]+\s*(?=\w|¿)")
"""Where the first clause of an answer ends."""
REST = 3
"""Words from which what stands beside a no says something of its own."""


def says_none(category: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message, or what it begins with, says that this danger is none."""
    if denies(category, text, knowledge) or is_calm(category, text, knowledge):
        return True
    return read_signals(text, knowledge).settles or means("no", text, knowledge)


def begins_with_no(text: str, knowledge: Knowledge) -> bool:
    """Whether the first clause is a no, and what is told behind it is hardly danger by itself: `no, sí puede salir`."""
    first, *rest = CLAUSE.split(text.strip(), maxsplit=1)
    if not rest or len(first.split()) > REST or not means("no", first, knowledge):
        return False
    if takes_back(rest[0].split()[0], knowledge):
        return False  # `no, pero nos amenaza`
    return likelihood_of(rest[0], knowledge) < CHECK_RULE


def answer_beside_no(hearing: Hearing, category: str) -> Turn | None:
    """The turn of what is said beside the no, in the open topic."""
    turns = (_answered(rest, hearing) for rest in _beside(category, hearing.text, hearing.knowledge))
    return next(filter(None, turns), None)


def answer_as_ordinary(text: str, hearing: Hearing) -> Turn | None:
    """The turn of the message that the check asked about, which was an ordinary one in the open topic."""
    told = text.strip() and hearing.conversation.topic is not None
    return _answered(text, hearing) if told else None


def _beside(category: str, text: str, knowledge: Knowledge) -> Sequence[str]:
    """The ends of a message before which it only says no, the longest first; without any, a whole question."""
    ends = [rest for no, rest in ends_of(text) if says_none(category, no, knowledge)]
    own = [rest for rest in ends if len(rest.split()) >= REST and not _only_says_none(category, rest, knowledge)]
    whole = not ends and len(text.split()) > REST and asks(text, knowledge)
    return own or ([text] if whole else [])


def _only_says_none(category: str, text: str, knowledge: Knowledge) -> bool:
    """Whether it says no and nothing that is clear: `no manda dinero` is a matter, `no, no es nada` is none."""
    return says_none(category, text, knowledge) and not by_itself(text, knowledge).clear


def _answered(text: str, hearing: Hearing) -> Turn | None:
    """The turn of these words, heard without the exchange about the danger."""
    state = hearing.conversation
    before = tuple(one for one in state.heard[:-1] if one.text != text)
    understood = understand(text, recent(state.having(heard=before), hearing.now), hearing.knowledge)
    heard = replace(hearing, text=text, understood=understood)
    return answer_topic(heard) or clarify(heard)
