"""What a message is to the trained models: stems, pairs, pieces by ear and concepts, each `kind:value` as a number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations, islice, pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
import Stemmer
from numpy.typing import NDArray

from bot.dialogue.words.phrasing import sound, spell_out
from knowledge.model import Knowledge, Spelling

KINDS = "scwbkpKBSTHx"
"""Short piece, piece, stem, pair of neighbours, concept, pair of concepts; the others are of danger alone."""
KIND_BITS = 28
"""How far left the kind stands in a number; a hash of the value is the rest."""
LONGEST = 240
"""Words of a message that are read, half of them from its end."""
LONGEST_WORD = 24
SHORT_PIECES, PIECES = (2, 3), (4, 5)
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
Ids = NDArray[np.uint32]
Bag = tuple[Ids, Floats]
"""The features of a text, each once and in order, and how often each stands in it."""

_KIND = {kind: number << KIND_BITS for number, kind in enumerate(KINDS)}
_HASHED = (1 << KIND_BITS) - 1
_ONE, _OTHER, _HALF = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(15)
_PAIRS = [np.triu_indices(several, 1) for several in range(PAIRED_CONCEPTS + 1)]
"""By how many concepts are paired, which stand in each pair."""
_LENGTHS = [(kind, length) for kind, several in (("s", SHORT_PIECES), ("c", PIECES)) for length in several]


_Sayings = dict[str, "_Sayings"]
"""By the stem of a word of a saying how it goes on; under MEANS the concepts of those that end there."""
MEANS = ""


class Several(NamedTuple):
    """Features as they stand in several texts, and the number of the text of each."""

    ids: Ids
    rows: NDArray[np.intp]


class _Word(NamedTuple):
    """A word as texts are read by it: its first stem, hashed, and the features that it has by itself."""

    stem: int
    ids: Ids


def hashed(value: str) -> int:
    """What stands for a word, a stem or a concept."""
    return crc32(value.encode())


def number_of(name: str) -> int:
    """The number in place of a feature of one part, by its name."""
    return _KIND[name[0]] | hashed(name[2:]) & _HASHED


def numbers_of(names: Iterable[str]) -> Ids:
    """As an array."""
    return np.fromiter(map(number_of, names), dtype=np.uint32)


def of_kind(kind: str, values: Ids) -> Ids:
    """Hashed values as features."""
    found: Ids = np.uint32(_KIND[kind]) | values & np.uint32(_HASHED)
    return found


def joined(one: Ids, other: Ids) -> Ids:
    """The hash of two that stand together, in this order."""
    mixed: Ids = one * _ONE + other * _OTHER
    return mixed ^ (mixed >> _HALF)


def several_of(read: Sequence[Ids]) -> Several:
    """The features of several texts, each read by itself."""
    rows = np.repeat(np.arange(len(read)), list(map(len, read)))
    return Several(np.concatenate([rows[:0].astype(np.uint32), *read]), rows)


def bag_of(ids: Ids) -> Bag:
    """Features as they stand in a text, counted."""
    found, counts = np.unique(ids, return_counts=True)
    return found, counts.astype(np.float32)


class Features:
    """Reads texts."""

    def __init__(self, spelling: Spelling, concepts: Mapping[str, Iterable[str]]) -> None:
        self._spelling = spelling
        self._sayings: _Sayings = {}
        for concept, sayings in concepts.items():
            for saying in sayings:
                spanish, english, whole = zip(*map(_heard, self.words(saying)), strict=True)
                for stems in {whole} if saying.startswith(EXACT) else {spanish, english}:
                    at = self._sayings
                    for stem in stems:
                        at = at.setdefault(stem, {})
                    at.setdefault(MEANS, {})[concept] = {}
        self._heard = lru_cache(maxsize=32768)(self._heard_word)
        self.ids = lru_cache(maxsize=REMEMBERED)(self._read)
        """The features of a text as they stand in it. Read only: topics and danger share it."""

    def words(self, text: str) -> list[str]:
        """The words as they are read: spelled out, the middle of a long text left out."""
        words = [word[:LONGEST_WORD] for word in spell_out(text, self._spelling).split()]
        return words if len(words) <= LONGEST else words[: LONGEST // 2] + words[-LONGEST // 2 :]

    def _read(self, text: str) -> Ids:
        words = self.words(text)
        read, named = list(map(_word, words)), self.concepts(words)
        stems = np.array([word.stem for word in read], dtype=np.uint32)
        hashes = np.array(list(map(hashed, named)), dtype=np.uint32)
        early = np.sort(hashes[:PAIRED_CONCEPTS])  # whatever their order
        one, other = _PAIRS[len(early)]
        beside, pairs = joined(stems[:-1], stems[1:]), joined(early[one], early[other])
        parts = of_kind("b", beside), of_kind("k", hashes), of_kind("p", pairs)
        return np.concatenate([*(word.ids for word in read), *parts])

    def names(self, text: str) -> Mapping[int, str]:
        """The features of a text by number."""
        words = self.words(text)
        pieces = (f"{kind}:{said}" for kind, said in chain.from_iterable(map(_of_word, words)))
        alone = [*pieces, *(f"k:{one}" for one in self.concepts(words))]
        stems = [stems_of(word)[0] for word in words]
        concepts = self.concepts(words)[:PAIRED_CONCEPTS]
        pairs = [(f"b:{one} {two}", one, two) for one, two in pairwise(stems)]
        pairs += [(f"p:{one}+{two}", one, two) for one, two in combinations(sorted(concepts, key=hashed), 2)]
        hashes = np.array([(hashed(one), hashed(two)) for _, one, two in pairs], dtype=np.uint32).reshape(-1, 2)
        both = joined(hashes[:, 0], hashes[:, 1]) & _HASHED
        numbers = [_KIND[name[0]] | number for (name, _, _), number in zip(pairs, both.tolist(), strict=True)]
        return dict(zip([*map(number_of, alone), *numbers], [*alone, *(name for name, _, _ in pairs)], strict=True))

    def concepts(self, words: list[str]) -> list[str]:
        """The concepts that the words name, each once, in the order of the words."""
        heard = list(map(self._heard, words))
        found: tuple[list[str], ...] = ([], [], [])
        for start, (_, begun) in enumerate(heard, 1):
            for ear, means, at in begun:
                found[ear].extend(means)
                for said, _ in islice(heard, start, None) if at else ():
                    ahead = at.get(said[ear])
                    if ahead is None:
                        break
                    at = ahead
                    found[ear].extend(at.get(MEANS, ()))
        return list(dict.fromkeys(chain.from_iterable(found)))

    def _heard_word(self, word: str) -> tuple[Stems, list[tuple[int, Iterable[str], "_Sayings"]]]:
        """A word by ear; for each way of hearing it what it says alone, and how longer sayings go on from it."""
        heard = _heard(word)
        begun = [(ear, self._sayings[stem]) for ear, stem in enumerate(heard) if stem in self._sayings]
        return heard, [(ear, at.get(MEANS, ()), {} if at.keys() <= {MEANS} else at) for ear, at in begun]


@lru_cache(maxsize=32768)
def _heard(word: str) -> Stems:
    """By ear the Spanish stem, the English one, the word itself; a stem too short to tell words apart is the word."""
    if len(word) < SHORT_STEM:
        return word, word, EXACT + word
    one = word.removesuffix("s")
    heard = [said if len(said := sound(stem)) >= SHORT_STEM else sound(one) for stem in stems_of(word)]
    return heard[0], heard[-1], EXACT + sound(word)


def _of_word(word: str) -> Iterator[tuple[str, str]]:
    """The features that it has by itself, each as its kind and what it says."""
    padded = f" {sound(word)} "
    yield from (("w", stem) for stem in stems_of(word))
    for kind, length in _LENGTHS:
        yield from ((kind, padded[at : at + length]) for at in range(len(padded) - length + 1))


@lru_cache(maxsize=32768)
def _word(word: str) -> _Word:
    ids = [_KIND[kind] | crc32(said.encode()) & _HASHED for kind, said in _of_word(word)]
    return _Word(hashed(stems_of(word)[0]), np.array(ids, dtype=np.uint32))


@lru_cache(maxsize=4)
def features_of(knowledge: Knowledge) -> Features:
    """The one reader of this Knowledge."""
    return Features(knowledge.spelling, knowledge.concepts)


@lru_cache(maxsize=65536)
def stems_of(word: str) -> tuple[str, ...]:
    """One or two stems: the Spanish one, and the English one where it differs."""
    # Made anew: they may not be shared by threads, and cost a microsecond.
    spanish, english = (Stemmer.Stemmer(language, 0).stemWord(word) for language in ("spanish", "english"))
    return (spanish,) if spanish == english else (spanish, english)
