"""That we answered something else, by a message's own words: what it asks beside that, what it says is not the case."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation import Conversation
from bot.dialogue.excerpts.quoting import has_it
from bot.dialogue.ranking.model_cache import ranker_of
from bot.dialogue.ranking.section_words import said_in
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import REMEMBERED, spell_out
from knowledge.model import Knowledge

BARRED = 8
"""Answers that stay barred: no matter has more."""
OPENING = 2
"""Clauses at the beginning among which a complaint stands: later ones tell of others."""
_CLAUSE = re.compile(r"[,.;:!?¡¿\n]+|\b(?:sino|pero|but)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\s*(?:ya |y |and |es que )?(?:no|not|ni|nadie|ninguno|ninguna|nobody|no one|none)\b", re.IGNORECASE
)
"""How a clause begins that says what is not the case: nothing in it is searched for."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """`asks`: what is asked beside it, empty where it only complains; `denies`: what is said not to be the case."""

    asks: str
    denies: str


@lru_cache(maxsize=REMEMBERED)
def complaint_in(text: str, knowledge: Knowledge) -> Complaint | None:
    """The complaint that a message begins with; None where it makes none."""
    clauses = [clause.strip() for clause in _CLAUSE.split(text) if clause.strip()]
    held = [
        frames_of(knowledge.follow_ups.complains).first(spell_out(clause, knowledge.spelling)) is not None
        for clause in clauses
    ]
    if not any(held[:OPENING]):
        return None
    rest = [clause for clause, complains in zip(clauses, held, strict=True) if not complains]
    denied = [clause for clause in rest if _DENIES.match(clause)]
    # What somebody has already is not what they ask for.
    meant = [clause for clause in rest if clause not in denied and not has_it(clause, knowledge)]
    asks = ". ".join(meant or [clause for clause in rest if clause not in denied])
    return Complaint(asks if said_in(asks, ranker_of(knowledge), knowledge) else "", ". ".join(denied))


def barred_by(text: str, conversation: Conversation, knowledge: Knowledge) -> tuple[str, ...]:
    """The answers that the person said were to something else, with those that this message complains of."""
    if not conversation.places or complaint_in(text, knowledge) is None:
        return conversation.barred
    return tuple(dict.fromkeys((*conversation.barred, *conversation.places)))[-BARRED:]
