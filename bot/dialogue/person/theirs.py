"""Where the one is whom a need is about, where that is said to be somebody else than who writes."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.dialogue.person.signals import places_named, speaks_of_kin
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.model import Knowledge

MEXICO, UNITED_STATES = "MX", "US"
OVER_THERE = {MEXICO: UNITED_STATES, UNITED_STATES: MEXICO, "CA": MEXICO}
"""By where somebody writes from, what they mean by "allá"."""
_CLAUSES = re.compile(r"[,.;:!?\n]|\b(?:y yo|pero yo|yo|pero|and i|but i|and im|but|im|i am|i)\b", re.IGNORECASE)


def home_of_needing(said: Sequence[str], country: str | None, knowledge: Knowledge) -> str | None:
    """By messages, the newest first: the country told last of somebody for whom something was asked before."""
    for at, text in enumerate(said):
        place = _theirs(text, country, knowledge)
        if place is not None and any(speaks_of_kin(before, knowledge) for before in said[at + 1 :]):
            return place
    return None


@lru_cache(maxsize=64)
def _theirs(text: str, country: str | None, knowledge: Knowledge) -> str | None:
    """The country where a message says that somebody else is; None where it wants something for its writer."""
    frames = knowledge.follow_ups
    they, mine, village = (frames_of(one) for one in (frames.they_are, frames.for_me, frames.village))
    if they.first(spell_out(text, knowledge.spelling)) is None or mine.first(spell_out(text, knowledge.spelling)):
        return None
    for clause in _CLAUSES.split(text):
        spelled = spell_out(clause, knowledge.spelling)
        if they.first(spelled) is None:
            continue
        named = places_named(clause, knowledge)
        if len(named) == 1:
            return next(iter(named))
        return MEXICO if village.first(spelled) else OVER_THERE.get(country or "")
    return None
