"""What a message looks like to the ranker: stems, pairs of words, pieces of words by ear, and concepts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, combinations, pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.sounds import sound
from bot.dialogue.words.stems import stems_of
from knowledge.model import Knowledge, Spelling

LONGEST = 240
"""Words of a message that are read, half of them from its end."""
LONGEST_WORD = 24
PIECES = (2, 3, 4, 5)
"""Letters in a piece of a word."""
PAIRED_CONCEPTS = 12
SHORT_STEM = 4
"""Letters from which a stem names a concept; else `queer` would be heard in `que`, `casar` in `casa`, `ia` in `ya`."""
EXACT = "="
"""Begins a saying of the lexicon that means this form of the word alone."""
REMEMBERED = 64
"""Texts whose features are kept: a message is read for danger and for topics."""

Stems = tuple[str, ...]
Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


class Features:
    """Reads texts. A feature is `kind:value`: w stem, b pair of neighbours, c piece, k concept, p pair of concepts."""

    def __init__(self, spelling: Spelling, concepts: Mapping[str, Iterable[str]]) -> None:
        self._spelling = spelling
        self._concepts: dict[Stems, list[str]] = {}
        """By the stems of a saying."""
        for concept, sayings in concepts.items():
            for saying in sayings:
                spanish, english, whole = zip(*map(_heard, self.words(saying)), strict=True)
                for stems in {whole} if saying.startswith(EXACT) else {spanish, english}:
                    self._concepts.setdefault(stems, []).append(concept)
        lengths: dict[str, set[int]] = {}
        for stems in self._concepts:
            lengths.setdefault(stems[0], set()).add(len(stems))
        self._lengths = {first: sorted(found) for first, found in lengths.items()}
        """How many stems the sayings have that begin with this one."""
        self._of = lru_cache(maxsize=REMEMBERED)(self._read)

    def words(self, text: str) -> list[str]:
        """The words as they are read: spelled out, the middle of a long text left out."""
        words = [word[:LONGEST_WORD] for word in spell_out(text, self._spelling).split()]
        return words if len(words) <= LONGEST else words[: LONGEST // 2] + words[-LONGEST // 2 :]

    def of(self, text: str) -> Mapping[str, int]:
        """The features of a text and how often each stands in it. Read only: topics and danger share it."""
        return self._of(text)

    def _read(self, text: str) -> Mapping[str, int]:
        words = self.words(text)
        concepts = self.concepts(words)
        found = list(chain.from_iterable(map(_of_word, words)))
        found += [f"b:{first} {second}" for first, second in pairwise([stems_of(word)[0] for word in words])]
        found += [f"k:{concept}" for concept in concepts]
        found += [f"p:{one}+{other}" for one, other in combinations(sorted(concepts[:PAIRED_CONCEPTS]), 2)]
        return Counter(found)

    def concepts(self, words: list[str]) -> list[str]:
        """The concepts that the words name, each once, in the order of the words."""
        return list(dict.fromkeys(self._concepts_in([_heard(word) for word in words])))

    def _concepts_in(self, heard: list[Stems]) -> Iterator[str]:
        for stems in zip(*heard, strict=True):
            for start, first in enumerate(stems):
                for length in self._lengths.get(first, ()):
                    yield from self._concepts.get(stems[start : start + length], ())


@lru_cache(maxsize=32768)
def _heard(word: str) -> Stems:
    """By ear the Spanish stem, the English one, the word itself; a stem too short to tell words apart is the word."""
    if len(word) < SHORT_STEM:
        return word, word, EXACT + word
    one = word.removesuffix("s")
    heard = [said if len(said := sound(stem)) >= SHORT_STEM else sound(one) for stem in stems_of(word)]
    return heard[0], heard[-1], EXACT + sound(word)


@lru_cache(maxsize=32768)
def _of_word(word: str) -> tuple[str, ...]:
    padded = f" {sound(word)} "
    pieces = (padded[at : at + n] for n in PIECES for at in range(max(1, len(padded) - n + 1)) if n <= len(padded))
    return (*(f"w:{stem}" for stem in stems_of(word)), *(f"c:{piece}" for piece in pieces))


@lru_cache(maxsize=4)
def features_of(knowledge: Knowledge) -> Features:
    """The one reader of this Knowledge."""
    return Features(knowledge.spelling, knowledge.concepts)


def known_in(bag: Mapping[str, int], vocabulary: Mapping[str, int]) -> tuple[Ints, Floats]:
    """The numbers of the features that the vocabulary has, and how often each stands in the text."""
    found = np.array(list(map(vocabulary.get, bag, repeat(-1))), dtype=np.int32)
    counts = np.array(list(bag.values()), dtype=np.float32)
    known = found >= 0
    return found[known], counts[known]
