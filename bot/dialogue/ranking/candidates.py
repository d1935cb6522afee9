"""From likelihoods of columns to candidates: topics with their likeliest row, and how everyday the message is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.conversation import Conversation
from bot.dialogue.ranking.lessons import EVERYDAY
from bot.dialogue.ranking.ranker import Column, Ranker
from bot.dialogue.words.features import Floats
from bot.dialogue.words.payload import topic_of
from knowledge.model import Knowledge
from knowledge.schema.topics import Everyday

LOOKED_AT = 60
"""Columns, the likeliest first, that candidates are made of."""
CARD = 0.5
"""What the likelihood of a card counts: it is asked for far less often than the share of its phrases."""
OFFERED = 4.0
"""How much likelier a topic is that we offered in the last turn."""

Row = tuple[str, str]
"""A topic and the catalogue row that some of its sections speak of."""


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
    rows: dict[Row, dict[str, float]] = defaultdict(dict)
    topics: dict[str, float] = defaultdict(float)
    for number in (-likely).argsort()[:LOOKED_AT].tolist():
        column, value = columns[number], float(likely[number])
        rows[column.topic, column.row][column.section] = value
        topics[column.topic] += value
    best: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: -_weight(row, rows[row], knowledge)):
        best.setdefault(row[0], row)
    best.pop(EVERYDAY, None)
    candidates = tuple(_candidate(row, topics[row[0]], rows[row]) for row in list(best.values())[:count])
    first = candidates[0].likelihood if candidates else 0.0
    talk = max((row for row in rows if row[0] == EVERYDAY), key=lambda row: sum(rows[row].values()), default=None)
    return Ranking(candidates, Everyday(talk[1]) if talk and topics[EVERYDAY] > first else None)


def candidate_of(topic: str, likely: Floats, ranker: Ranker) -> Candidate:
    """A topic as a candidate with its likeliest row, however unlikely."""
    numbers = ranker.of_topic(topic).tolist()
    rows: dict[str, float] = {}
    for number in numbers:
        row = ranker.model.columns[number].row
        rows[row] = rows.get(row, 0.0) + float(likely[number])
    return Candidate(topic, max(rows, key=lambda row: rows[row]), sum(rows.values()), ())


def _weight(row: Row, sections: dict[str, float], knowledge: Knowledge) -> float:
    """What a row counts in the order."""
    topic = knowledge.topics.get(row[0])
    return sum(sections.values()) * (CARD if topic and topic.card else 1.0)


def _candidate(row: Row, likelihood: float, sections: dict[str, float]) -> Candidate:
    whole = sum(sections.values()) or 1.0
    shares = sorted(((name, value / whole) for name, value in sections.items()), key=lambda pair: -pair[1])
    return Candidate(row[0], row[1], min(likelihood, 1.0), tuple(shares))


def towards_offered(likely: Floats, conversation: Conversation, ranker: Ranker) -> Floats:
    """Where we asked which topic is meant, what is said next is likelier of those than of others."""
    named = (topic_of(choice.payload) for choice in conversation.offered)
    offered = {name for name in named if name and name in ranker.topics}
    if not offered:
        return likely
    nearer = likely.copy()
    for name in offered:
        nearer[ranker.of_topic(name)] *= np.float32(OFFERED)
    whole = float(nearer.sum())
    result: Floats = nearer * np.float32(float(likely.sum()) / whole) if whole else likely
    return result
