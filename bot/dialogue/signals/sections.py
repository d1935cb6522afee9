"""Every section that the ranker knows, as rows of arrays: its topic, aspect, and for whom and where it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.ranking.section_words import IN_TEXT, LABEL, ON_LABEL, PHRASES, TEXT, UNSAID, Said, table_of
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import REMEMBERED
from bot.dialogue.words.questions import held_in
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, People, Section, Topic, Where

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
ASPECTS = (*Aspect, None)
PLACES = (*Where, None)
GROUPS = tuple(People)


@dataclass(frozen=True, eq=False)
class Sections:
    """Rows in the order of the ranker's columns, those of everyday talk left out."""

    topics: Sequence[Topic]
    """In the order of the ranker's topics."""
    sections: Sequence[Section]
    topic_of: Numbers
    place_of: Mapping[str, int]
    """`topic/section` -> row."""
    first_row: Mapping[str, int]
    """Topic -> the row of its first section; the others follow it."""
    first: Floats
    aspect: Numbers
    """Place in ASPECTS."""
    holds: Flags
    """Rows x ASPECTS: the text answers it besides its own."""
    where: Numbers
    """Place in PLACES, of the section or of its topic."""
    own_where: Floats
    """It is said of the section, not of its topic as a whole."""
    people: Flags
    """Rows x GROUPS: it is for these alone."""
    card: Floats
    only: Mapping[str, Flags]
    """Situation -> the rows that are for it alone."""
    words: Sequence[str]
    """All that each says in Spanish, with its label, folded."""

    def id(self, row: int) -> str:
        """`topic/section`."""
        return f"{self.topics[self.topic_of[row]].id}/{self.sections[row].id}"

    def by_topic(self, likely: Floats) -> Floats:
        """The likelihood of each topic, from that of each section."""
        return np.bincount(self.topic_of, likely[: len(self.sections)], len(self.topics)).astype(np.float32)

    def among(self, topics: Iterable[int | None]) -> Floats:
        """1 for the topics named."""
        found = np.zeros(len(self.topics), np.float32)
        found[[one for one in topics if one is not None]] = 1.0
        return found


@lru_cache(maxsize=4)
def sections_of(knowledge: Knowledge) -> Sections:
    """Made once for a Knowledge."""
    ranker = ranker_of(knowledge)
    columns = [one for one in ranker.model.columns if one.topic]
    rows = [(knowledge.topics[one.topic], knowledge.topics[one.topic].section_or_first(one.section)) for one in columns]
    held = [held_in(topic.id, knowledge)[section.id] for topic, section in rows]
    people = [topic.people if section.people is None else section.people for topic, section in rows]
    situations = {name for _, section in rows for name in section.only}
    first_row: dict[str, int] = {}
    for row, (topic, _) in enumerate(rows):
        first_row.setdefault(topic.id, row)
    return Sections(
        topics=[knowledge.topics[name] for name in ranker.topics],
        sections=[section for _, section in rows],
        topic_of=np.array([ranker.number_of[topic.id] for topic, _ in rows]),
        place_of={f"{topic.id}/{section.id}": row for row, (topic, section) in enumerate(rows)},
        first_row=first_row,
        first=np.array([topic.sections[0] is section for topic, section in rows], np.float32),
        aspect=np.array([ASPECTS.index(section.aspect) for _, section in rows]),
        holds=np.array([[aspect in one for aspect in ASPECTS] for one in held]),
        where=np.array([PLACES.index(section.where or topic.where) for topic, section in rows]),
        own_where=np.array([section.where is not None for _, section in rows], np.float32),
        people=np.array([[group in one for group in GROUPS] for one in people]),
        card=np.array([topic.card for topic, _ in rows], np.float32),
        only={name: np.array([name in section.only for _, section in rows]) for name in sorted(situations)},
        words=[fold(_told(section)) for _, section in rows],
    )


def _told(section: Section) -> str:
    words = (section.title, section.text, *section.steps, section.do)
    return " ".join(one.es for one in words if one)


@dataclass(frozen=True, eq=False)
class _Words:
    """By key: the rows that say it, what it counts there, and the share of their phrases that it stands in."""

    starts: dict[str, tuple[int, int]]
    rows: Numbers
    weights: Floats
    shares: Floats
    sizes: Floats
    """How many sections each topic has."""


@lru_cache(maxsize=4)
def _words_of(knowledge: Knowledge) -> _Words:
    table, sections = table_of(knowledge), sections_of(knowledge)
    numbers, topics = table.codes % len(table.keys), table.codes // len(table.keys)
    first = np.array([sections.first_row.get(name, -1) for name in table.topics])[topics]
    rows: Numbers = first + table.section.astype(np.intp)
    kept = np.flatnonzero((first >= 0) & (rows < len(sections.sections)))
    order = kept[np.argsort(numbers[kept], kind="stable")]
    keys, label, text, phrases = table.keys, table.label, table.text, table.phrases
    found, begins = np.unique(numbers[order], return_index=True)
    ends = np.append(begins[1:], len(order))
    return _Words(
        starts={keys[n]: (a, b) for n, a, b in zip(found.tolist(), begins.tolist(), ends.tolist(), strict=True)},
        rows=rows[order],
        weights=(LABEL * label + TEXT * text + np.minimum(1.0, PHRASES * phrases))[order].astype(np.float32),
        shares=(phrases + IN_TEXT * text + ON_LABEL * label)[order].astype(np.float32),
        sizes=np.bincount(sections.topic_of, minlength=len(sections.topics)).astype(np.float32),
    )


@dataclass(frozen=True, eq=False, slots=True)
class Spoken:
    """By row: how much of what was said it speaks of, how much likelier than its neighbours' the words are its own."""

    alike: Floats
    odds: Floats
    """Log odds."""
    best: Floats
    """The most alike of each row's topic."""
    covered: Floats
    """By topic: how much of what was said any of its sections speaks of, 0 to 1."""


@lru_cache(maxsize=REMEMBERED)
def spoken(said: tuple[Said, ...], knowledge: Knowledge) -> Spoken:
    """Words that few neighbours use count more."""
    index, sections = _words_of(knowledge), sections_of(knowledge)
    topics, count = sections.topic_of, len(sections.topics)
    alike, odds = np.zeros(len(topics), np.float32), np.zeros(len(topics), np.float32)
    covered, best = np.zeros(count, np.float32), np.zeros(count, np.float32)
    whole = sum(word.rarity for word in said) or 1.0
    for word in said:
        spans = [index.starts[key] for key in word.keys if key in index.starts]
        if not spans:
            continue
        at, weights, shares = _merged(index, spans, len(topics))
        owners, share = topics[at], np.float32(word.rarity / whole)
        uses = np.bincount(owners, minlength=count)
        alike[at] += weights * np.log((index.sizes[owners] + 1) / uses[owners]) * share
        most = np.zeros(count, np.float32)
        np.maximum.at(most, owners, weights)
        covered += np.minimum(most, 1.0) * share
        middle = (np.bincount(owners, shares, count) / index.sizes)[topics]
        own = np.zeros(len(topics), np.float32)
        own[at] = shares
        odds += np.where(middle > 0, np.log((own + UNSAID) / (middle + UNSAID)), 0.0)
    np.maximum.at(best, topics, alike)
    return Spoken(alike, odds, best[topics], covered)


def _merged(index: _Words, spans: Sequence[tuple[int, int]], size: int) -> tuple[Numbers, Floats, Floats]:
    """The rows of several keys of one word, each once."""
    if len(spans) == 1:
        part = slice(*spans[0])
        return index.rows[part], index.weights[part], index.shares[part]
    weights, shares = np.zeros(size, np.float32), np.zeros(size, np.float32)
    for begin, end in spans:
        at = index.rows[begin:end]
        weights[at] = np.maximum(weights[at], index.weights[begin:end])
        shares[at] = np.maximum(shares[at], index.shares[begin:end])
    found: NDArray[np.intp] = np.flatnonzero(weights)
    return found, weights[found], shares[found]
