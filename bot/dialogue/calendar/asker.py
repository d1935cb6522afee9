"""Who asks is not what is asked for: "somos una red de migrantes de Tijuana, ¿qué foros hay en marzo?"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.dialogue.calendar import replies
from bot.dialogue.calendar.words import GENERIC, Asked, asked_in
from bot.dialogue.hearing import Hearing
from knowledge.frames import FrameSet, fold, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event

FORUMS = frozenset({"forum", "event"})
"""What a list is of that may be led by the subject of who asks."""
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


def only_tells(asked: Asked, hearing: Hearing) -> bool:
    """`Trabajamos con mujeres indígenas`: who they are, of which no forum is asked for."""
    asks = asked.series or asked.kinds or asked.plural or asked.dates.spans or asked.asks - {"which"}
    return not (asks or "?" in hearing.text) and _tells(hearing.knowledge).first(fold(hearing.text)) is not None


def with_subject(asked: Asked, events: Sequence[Event], hearing: Hearing) -> tuple[Sequence[Event], str]:
    """A list for somebody who told of their work, with what has no date on its subject; and that subject."""
    listed = FORUMS.issuperset(asked.kinds) and not (asked.topics or asked.named)
    subject = _works_on(hearing) if listed else ""
    undated = [e for e in replies.coming(hearing) if subject in e.topics and e.begins is None and e not in events]
    return ([*events, *undated], subject) if subject and len(events) > 1 else (events, "")


def _works_on(hearing: Hearing) -> str:
    """The calendar's subject that somebody who tells of their own work named last; "" where none did."""
    for heard in reversed(hearing.conversation.heard):
        for clause in _CLAUSE.split(heard.text):
            asked = asked_in(clause, hearing)
            tells = _tells(hearing.knowledge).first(fold(clause)) is not None or asked.for_osc
            rows = (hearing.knowledge.events[name] for name in asked.editions)
            subjects = (*asked.topics, *(topic for row in rows for topic in row.topics))
            if tells and subjects and "?" not in clause and not asked.kinds:
                return subjects[0]
    return ""


@lru_cache(maxsize=4)
def _tells(knowledge: Knowledge) -> FrameSet[bool]:
    return FrameSet(unkeyed(f"^{word}" for word in knowledge.introductions.tells))
