"""Which sections speak of the words of a message: every word's sections at once, from the table of the content."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.section_table import table_of
from bot.dialogue.ranking.section_words import IN_TEXT, LABEL, ON_LABEL, PHRASES, TEXT, UNSAID, Said
from bot.dialogue.signals.sections import Numbers, sections_of
from bot.dialogue.words.features import Floats
from knowledge.model import Knowledge


@dataclass(frozen=True, eq=False)
class _Index:
    """By key: the rows that say it, what it counts there, and the share of their phrases that it stands in."""

    starts: dict[str, tuple[int, int]]
    rows: Numbers
    weights: Floats
    shares: Floats
    sizes: Floats
    """How many sections each topic has."""


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> _Index:
    table, sections = table_of(knowledge), sections_of(knowledge)
    codes = np.asarray(table.codes)
    place, label, text, phrases = (np.asarray(column) for column in table.rows)
    numbers, topics = codes % len(table.keys), codes // len(table.keys)
    names = list(table.topics)
    first = {name: sections.first_row.get(name, -1) for name in names}
    rows = np.array([first[name] for name in names])[topics] + place
    kept = np.flatnonzero(np.array([first[name] >= 0 for name in names])[topics] & (rows < len(sections.sections)))
    order = kept[np.argsort(numbers[kept], kind="stable")]
    keys = list(table.keys)
    found, begins = np.unique(numbers[order], return_index=True)
    ends = np.append(begins[1:], len(order))
    return _Index(
        starts={keys[n]: (a, b) for n, a, b in zip(found.tolist(), begins.tolist(), ends.tolist(), strict=True)},
        rows=rows[order],
        weights=(LABEL * label + TEXT * text + np.minimum(1.0, PHRASES * phrases))[order].astype(np.float32),
        shares=(phrases + IN_TEXT * text + ON_LABEL * label)[order].astype(np.float32),
        sizes=np.bincount(sections.topic_of, minlength=len(sections.topics)).astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """Of some rows: how much of what was said each speaks of, how much it is its own, how much its topic speaks of."""

    alike: Floats
    odds: Floats
    covered: Floats
    best: Floats
    """The most alike of each row's topic."""


def spoken(said: Sequence[Said], rows: Numbers, knowledge: Knowledge) -> Spoken:
    """`alike` and `odds` as in `section_words`, of all rows at once."""
    index, sections = _index(knowledge), sections_of(knowledge)
    topics, count = sections.topic_of, len(sections.topics)
    alike, odds = np.zeros(len(topics), np.float32), np.zeros(len(rows), np.float32)
    covers = np.zeros(count, np.float32)
    whole = sum(word.rarity for word in said) or 1.0
    mine = topics[rows]
    for word in said:
        spans = [index.starts[key] for key in word.keys if key in index.starts]
        if not spans:
            continue
        at, weights, shares = _merged(index, spans, len(topics))
        owners = topics[at]
        uses = np.bincount(owners, minlength=count)
        share = word.rarity / whole
        alike[at] += weights * np.log((index.sizes[owners] + 1) / uses[owners]) * np.float32(share)
        most = np.zeros(count, np.float32)
        np.maximum.at(most, owners, weights)
        covers += np.minimum(most, 1.0) * np.float32(share)
        middle = (np.bincount(owners, shares, count) / index.sizes)[mine]
        own = np.zeros(len(topics), np.float32)
        own[at] = shares
        odds += np.where(middle > 0, np.log((own[rows] + UNSAID) / (middle + UNSAID)), 0.0)
    best = np.zeros(count, np.float32)
    np.maximum.at(best, topics, alike)
    return Spoken(alike[rows], odds, covers[mine], best[mine])


def _merged(index: _Index, spans: Sequence[tuple[int, int]], size: int) -> tuple[Numbers, Floats, Floats]:
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
