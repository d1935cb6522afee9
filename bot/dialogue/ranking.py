"""From likelihoods of columns to candidates: topics with their likeliest row, and how everyday the message is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.lessons import EVERYDAY
from bot.dialogue.ranker import Column, Floats
from knowledge.model import Knowledge
from knowledge.schema.topics import Everyday

LOOKED_AT = 60
"""Columns, the likeliest first, that candidates are made of."""
CARD = 0.5
"""What the likelihood of a card counts, so that it never stands ahead of a topic that fits."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic and the row meant; its sections that speak of it, each with its share of the row, the likeliest first."""

    topic: str
    row: str
    likelihood: float
    sections: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first; `everyday`: the message is likelier that than the first candidate."""

    candidates: tuple[Candidate, ...]
    everyday: Everyday | None


def rank(likely: Floats, columns: Sequence[Column], knowledge: Knowledge, count: int) -> Ranking:
    """The topics by the likelihood of their best row; a topic's own likelihood is that of all its rows."""
    rows: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    topics: dict[str, float] = defaultdict(float)
    for number in (-likely).argsort()[:LOOKED_AT].tolist():
        column, value = columns[number], float(likely[number])
        rows[column.topic, column.row][column.section] = value
        topics[column.topic] += value
    talk = {section: value for (topic, _), found in rows.items() if topic == EVERYDAY for section, value in found.items()}
    ordered = sorted(
        (key for key in rows if key[0] != EVERYDAY),
        key=lambda key: -sum(rows[key].values()) * (CARD if knowledge.topics[key[0]].card else 1.0),
    )
    best = list({topic: (topic, row) for topic, row in reversed(ordered)}.values())[::-1]
    best.sort(key=ordered.index)
    candidates = tuple(_candidate(topic, row, topics[topic], rows[topic, row]) for topic, row in best[:count])
    first = candidates[0].likelihood if candidates else 0.0
    everyday = Everyday(max(talk, key=lambda kind: talk[kind])) if sum(talk.values()) > first else None
    return Ranking(candidates, everyday)


def _candidate(topic: str, row: str, likelihood: float, sections: dict[str, float]) -> Candidate:
    whole = sum(sections.values()) or 1.0
    shares = sorted(((name, value / whole) for name, value in sections.items()), key=lambda pair: -pair[1])
    return Candidate(topic, row, min(likelihood, 1.0), tuple(shares))
