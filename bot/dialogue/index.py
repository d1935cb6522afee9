"""What messages are compared with: names and phrases of every section, as stems with weights."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.dialogue.aspects import aspect_words
from bot.dialogue.phrasing import spell_out
from bot.dialogue.stems import STOP_WORDS, stems_of
from knowledge.model import Knowledge

_SHORTEST_FUZZY = 5
LONGEST = 400
"""Words of a message that are read for its subject."""
UNKNOWN = 0.5
"""Weight of a word that no phrase knows, as a share of the rarest known one's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase or name and where it leads."""

    topic: str
    section: str
    is_name: bool


class Index:
    """Inverted lists from stem to entries; `search` gives the cosine of a message with every entry it meets."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.entries: list[Entry] = []
        self._spelling = knowledge.spelling
        # What is asked of a thing ("cuánto cuesta") says nothing about which thing.
        self._empty = STOP_WORDS | aspect_words(knowledge)
        texts: list[str] = []
        for entry, text in _entries(knowledge):
            self.entries.append(entry)
            texts.append(spell_out(text, knowledge.spelling))
        self._vocabulary = sorted({w for t in texts for w in t.split()})
        self._known = frozenset(self._vocabulary)
        bags = [frozenset(s for w in t.split() if w not in self._empty for s in stems_of(w)) for t in texts]
        self._weight = _weights(bags)
        self._rarest = max(self._weight.values(), default=1.0)
        self._lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, bag in enumerate(bags):
            norm = sqrt(sum(self._weight[s] ** 2 for s in bag)) or 1.0
            for stem in bag:
                self._lists[stem].append((number, self._weight[stem] / norm))
        self._sizes = [len(bag) for bag in bags]
        self._corrected = lru_cache(maxsize=16384)(self._correct)

    def _correct(self, word: str) -> str:
        """The known word that a misspelled one stands for, or the word itself."""
        if word in self._known or len(word) < _SHORTEST_FUZZY or not word.isalpha():
            return word
        allowed = 1 if len(word) < 8 else 2
        near = [w for w in self._vocabulary if w[0] == word[0] or w[1:3] == word[1:3]]
        best = process.extractOne(word, near, scorer=DamerauLevenshtein.distance, score_cutoff=allowed)
        return best[0] if best else word

    def content_words(self, text: str) -> tuple[str, ...]:
        """The words of a message that carry a subject, with typos mended."""
        words = (self._corrected(word) for word in spell_out(text, self._spelling).split()[:LONGEST])
        return tuple(word for word in words if word not in self._empty)

    def knows(self, word: str) -> bool:
        """Whether a (mended) word stands in any phrase or name."""
        return word in self._known

    def search(self, words: Iterable[str]) -> Iterator[tuple[Entry, float, bool]]:
        """Entries met, with their cosine between 0 and 1 and whether all their words stand in the message.

        Words that no entry knows count in the message's length, so that a foreign subject lowers every score.
        """
        stems = {s for w in words for s in stems_of(w)}
        weights = {s: self._weight.get(s, self._rarest * UNKNOWN) for s in stems}
        norm = sqrt(sum(w * w for w in weights.values())) or 1.0
        scores: dict[int, float] = defaultdict(float)
        hits: dict[int, int] = defaultdict(int)
        for stem, weight in weights.items():
            for number, value in self._lists.get(stem, ()):
                scores[number] += weight * value / norm
                hits[number] += 1
        for number, score in scores.items():
            yield self.entries[number], score, hits[number] == self._sizes[number]


def _entries(knowledge: Knowledge) -> Iterable[tuple[Entry, str]]:
    for topic in knowledge.topics.values():
        first = topic.sections[0].id
        names = [*topic.names.get("es", ()), *topic.names.get("en", ()), topic.title.es, topic.title.en]
        for name in dict.fromkeys(names):
            yield Entry(topic.id, first, True), name
        phrases = knowledge.phrases.get(topic.id)
        for section_id, section in phrases.sections.items() if phrases else ():
            for text in (*section.es, *section.en, *section.mix):
                yield Entry(topic.id, section_id, False), text


def _weights(bags: list[frozenset[str]]) -> dict[str, float]:
    counts: dict[str, int] = defaultdict(int)
    for bag in bags:
        for stem in bag:
            counts[stem] += 1
    return {stem: log(1 + len(bags) / n) for stem, n in counts.items()}


@lru_cache(maxsize=4)
def index_of(knowledge: Knowledge) -> Index:
    """The index of this Knowledge, built once."""
    return Index(knowledge)
