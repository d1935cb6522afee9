"""What speaks for and against the calendar in a message: named features, weighed together into one strength."""

from collections.abc import Mapping
from math import exp

from bot.dialogue.signals.calendar.reading import GENERIC, HISTORY, Reading
from bot.dialogue.signals.calendar.search import SINCE
from bot.dialogue.signals.calendar.vocabulary import home_ground
from knowledge.model import Knowledge

MANY = 8
"""Unknown words of which no more are counted."""
PLAIN = ("when", "where", "until", "next", "list", "which", "how", "access", "status", "attendance")
"""Asks that are features of their own."""
DATED = frozenset({"when", "where", "until", "next"})
SEEKING = frozenset({"when", "until", "next", "past", "list", "all"})
LENT = frozenset({"visa", "expenses", "fee", "age", "people", "language", "side", "theme", "own", "aside", "organiser"})
"""What is asked of a forum only where one is spoken of."""


def features(asked: Reading, knowledge: Knowledge) -> Mapping[str, float]:
    """Each between 0 and 1; absent: 0."""
    dated = bool(asked.dates.spans or asked.dates.problem)
    forum, kind = bool(set(asked.kinds) & GENERIC), bool(set(asked.kinds) - GENERIC)
    name = asked.named or any(one[0] in ("series", "event") for one in asked.without)
    place = bool(set(asked.places) - home_ground(knowledge))
    subject, seeks = bool(asked.topics or asked.organisers), bool(asked.asks & SEEKING)
    spoken = asked.strangers or name or forum or kind or subject or place
    kinds = {event.kind for event in knowledge.events.values() if event.series in asked.series}
    deadline = kinds == {"deadline"} and not asked.editions
    strange = min(len(asked.unknown), MANY) / MANY
    found: dict[str, float] = {
        **_of_dates(asked, spoken=bool(spoken)),
        "name": name and not deadline,
        "name seeks": name and not deadline and (seeks or dated),
        "name how": name and "how" in asked.asks and not asked.asks & DATED,
        "name bare": name and not strange and not asked.asks,
        "deadline": deadline,
        "deadline seeks": deadline and bool(asked.asks & DATED),
        "forum": forum,
        "forum seeks": forum and seeks,
        "kind": kind,
        "kind seeks": kind and seeks,
        "subject": subject,
        "subject seeks": subject and seeks,
        "place": place,
        "place seeks": place and (seeks or dated),
        "home": bool(asked.places) and not place,
        "stranger": bool(asked.strangers),
        "unnamed": asked.unnamed,
        "lent": bool(asked.asks & LENT),
        "asks alone": bool(asked.asks) and not (spoken or dated),
        "unknown": strange,
        "unknown alone": strange if not (name or forum) else 0,
        "unknown beside": strange if name and (seeks or dated) else 0,
        "long": min(len(asked.words), 40) / 40,
        **{sign: sign in asked.signs for sign in ("plural", "organisation")},
        **{ask: ask in asked.asks for ask in PLAIN},
    }
    return {name: float(value) for name, value in found.items() if value}


def _of_dates(asked: Reading, *, spoken: bool) -> dict[str, float]:
    dates = asked.dates.spans
    dated = bool(dates or asked.dates.problem)
    return {
        "dated": dated,
        "dated alone": dated and not spoken,
        "day": any(span.days == 1 for span in dates),
        "year": asked.dates.year_said,
        "history": any(span.first.year == HISTORY for span in dates),
        "other year": bool(dates) and all(s.last.year < HISTORY or HISTORY < s.last.year < SINCE for s in dates),
    }


def strength(asked: Reading, knowledge: Knowledge, weights: Mapping[str, float], *, opened: bool = False) -> float:
    """How surely the calendar is meant, from 0 to 1; `opened`: an event was shown last."""
    found = {**features(asked, knowledge), "opened": float(opened)}
    return 1 / (1 + exp(-weights["bias"] - sum(weights.get(name, 0.0) * value for name, value in found.items())))
