"""`ventanilla kb coverage`: every catalogue row asked of the engine, by its name and by its own phrases."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.dialogue.engine import assess_alone
from knowledge.model import Knowledge
from knowledge.schema.topics import CatalogueRow, SectionPhrases
from knowledge.stats import gaps

PHRASES_ASKED = 2
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Phrases by themselves: the time does not matter."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """`missing` says of each row why: what was asked, and what answered."""

    covered: tuple[str, ...]
    missing: dict[str, str]
    by_relevance: dict[str, str]
    by_category: dict[str, str]
    gaps: int
    """Aspects of topics that no source answers and that are said to be gaps."""
    sections: int


def coverage(knowledge: Knowledge) -> Coverage:
    """Counts by what the engine really chooses."""
    phrases = _phrases_by_row(knowledge)
    missing: dict[str, str] = {}
    for row in knowledge.catalogue.values():
        if why := _why_missing(row, phrases.get(row.id, []), knowledge):
            missing[row.id] = why
    covered = tuple(row for row in knowledge.catalogue if row not in missing)
    rows = knowledge.catalogue.values()
    return Coverage(
        covered=covered,
        missing=missing,
        by_relevance=_counted((row.relevance, row.id not in missing) for row in rows),
        by_category=_counted((row.category, row.id not in missing) for row in rows),
        gaps=gaps(knowledge),
        sections=sum(len(topic.sections) for topic in knowledge.topics.values()),
    )


def _why_missing(row: CatalogueRow, phrases: list[str], knowledge: Knowledge) -> str:
    """Empty where the row is covered."""
    asked = [row.name.es]
    if row.relevance != "low":
        if len(phrases) < PHRASES_ASKED:
            return f"has {len(phrases)} phrases"
        asked += phrases[:PHRASES_ASKED]
    for text in asked:
        best = assess_alone(text, knowledge, NEVER).ranking.topics[:1]
        section = knowledge.topics[best[0].topic].section(best[0].section) if best else None
        if section is None or row.id not in section.covers:
            answered = f"{best[0].topic}/{best[0].section}" if best else "nothing"
            return f"{text!r} is answered by {answered}"
    return ""


def _phrases_by_row(knowledge: Knowledge) -> dict[str, list[str]]:
    """A row's phrases: those of the sections that name it first, then of those that name it at all."""
    first: dict[str, list[str]] = {}
    also: dict[str, list[str]] = {}
    for phrases in knowledge.phrases.values():
        topic = knowledge.topics[phrases.topic]
        for section_id, texts in phrases.sections.items():
            section = topic.section(section_id)
            for place, row in enumerate(section.covers if section else ()):
                (also if place else first).setdefault(row, []).extend(_texts(texts))
    return {row: first.get(row, []) + also.get(row, []) for row in first.keys() | also.keys()}


def _texts(texts: SectionPhrases) -> Iterator[str]:
    yield from (*texts.es, *texts.mix, *texts.en)


def _counted(pairs: Iterator[tuple[str, bool]]) -> dict[str, str]:
    every, good = Counter[str](), Counter[str]()
    for key, is_good in pairs:
        every[key] += 1
        good[key] += is_good
    return {key: f"{good[key]} of {count}" for key, count in sorted(every.items())}
