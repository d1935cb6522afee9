"""Who asks is not what is asked for: "somos una red de migrantes de Tijuana, ¿qué foros hay en marzo?"."""

import re
from dataclasses import replace
from functools import lru_cache

from bot.dialogue.calendar.words import GENERIC, Asked, asked_in
from bot.dialogue.hearing import Hearing
from knowledge.frames import FrameSet, fold, unkeyed
from knowledge.model import Knowledge

_CLAUSE = re.compile(r"[,.;:\n]+")


def without_asker(asked: Asked, hearing: Hearing) -> Asked | None:
    """The question without the clauses that tell who asks it; None where they say nothing of its subject."""
    clauses = [clause for clause in _CLAUSE.split(hearing.text) if clause.strip()]
    tells = _tells(hearing.knowledge)
    rest = [clause for clause in clauses if "?" in clause or tells.first(fold(clause)) is None]
    if not (asked.topics or asked.places) or not 0 < len(rest) < len(clauses):
        return None
    alone = asked_in(", ".join(rest), hearing)
    same = alone.dates.spans == asked.dates.spans and alone.named == asked.named
    if not same or not set(alone.kinds) & GENERIC or (alone.topics, alone.places) == (asked.topics, asked.places):
        return None
    return replace(alone, for_osc=asked.for_osc or alone.for_osc)


@lru_cache(maxsize=4)
def _tells(knowledge: Knowledge) -> FrameSet[bool]:
    return FrameSet(unkeyed(f"^{word}" for word in knowledge.introductions.tells))
