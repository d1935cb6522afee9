"""What a message looks like to the danger scorer: what the ranker sees, and the order of its words as kinds; and a
place that it names to what judges places: the words around it.

Features are as in bot.dialogue.words.features. Added here, over words where each danger word is its kind (<child>,
<take>): K one, B pair of neighbours, S pair around a word, T three in a row, H one in the second half (many a story
ends otherwise than it begins), x the form of the message.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

import numpy as np

from bot.dialogue.words.features import (
    KIND_BITS,
    KINDS,
    REMEMBERED,
    Bag,
    Ids,
    bag_of,
    features_of,
    hashed,
    joined,
    numbers_of,
    of_kind,
    stems_of,
)
from bot.dialogue.words.phrasing import sound, spell_out
from knowledge.model import Knowledge, Spelling

AS_WRITTEN = Spelling({})
SHORTEST_STEM = 4
"""Letters from which a stem by ear stands for its words: shorter ones are those of half the language."""
SHORT = KINDS.index("s")
"""Short pieces of words say nothing of danger that the longer ones do not."""
SHORTEST_STORY = 12
"""Words from which a message has a second half."""
JUDGED, OTHER = "bobobo", "dododo"
"""In place of the name that is judged, and of every other; words of no language, which sound as they are written."""
BREAKS = frozenset({OTHER, ","})
"""Where the clause before a place begins."""
BEFORE, BEHIND = 5, 3
"""Words on each side that are read by their distance."""
SHORTEST = 4
"""Letters from which a word has an ending: of a verb it tells who, and when."""


class DangerFeatures:
    """Reads texts with one Knowledge's words."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._features = features_of(knowledge)
        self._kinds, self._kinds_by_stem = _kinds(knowledge)
        self._part = lru_cache(maxsize=32768)(self._read_word)
        self.bag = lru_cache(maxsize=REMEMBERED)(self._bag)
        """The features of a text. Read only: danger and all small classifiers share it."""
        self.of_word = lru_cache(maxsize=4096)(self.ids)
        """Those of a word alone."""
        self.words = self._features.words
        """The words of a text as they are read."""

    def _bag(self, text: str) -> Bag:
        return bag_of(self.ids(text))

    def ids(self, text: str) -> Ids:
        """The features of a text as they stand in it."""
        seen, told = self._features.ids(text), ["^", *map(self._part, self.words(text)), "$"]
        parts = np.array(list(map(hashed, told)), dtype=np.uint32)
        pairs = joined(parts[:-1], parts[1:])
        found = (
            seen[seen >> KIND_BITS != SHORT],
            of_kind("K", parts),
            of_kind("B", pairs),
            of_kind("S", joined(parts[:-2], parts[2:])),
            of_kind("T", joined(pairs[:-1], parts[2:])),
            of_kind("H", parts[len(parts) // 2 :] if len(parts) > SHORTEST_STORY else parts[:0]),
            numbers_of(_form(text, told)),
        )
        return np.concatenate(found)

    def _read_word(self, word: str) -> str:
        """The kind of a danger word, else its stem by ear."""
        heard, stem = sound(word), sound(stems_of(word)[0])
        kind = self._kinds.get(heard) or self._kinds_by_stem.get(stem)
        return f"<{kind}>" if kind else stem


def _form(text: str, parts: Sequence[str]) -> Iterator[str]:
    """How long a message is, how it begins and ends, and whether it asks."""
    yield f"x:length {len(parts).bit_length()}"
    yield f"x:begins {parts[1]}"
    yield f"x:begins {' '.join(parts[1:3])}"
    yield f"x:ends {' '.join(parts[-3:-1])}"
    if "?" in text or "¿" in text:
        yield "x:asks"


@lru_cache(maxsize=4)
def danger_features_of(knowledge: Knowledge) -> DangerFeatures:
    """The one reader of this Knowledge."""
    return DangerFeatures(knowledge)


def _kinds(knowledge: Knowledge) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Word by ear -> kind, and stem by ear -> kind; the first kind before the later."""
    words = [(spell_out(word, AS_WRITTEN), kind.id) for kind in knowledge.kinds.values() for word in kind.words]
    whole: dict[str, str] = {}
    stems: dict[str, str] = {}
    for word, kind_id in words:
        whole.setdefault(sound(word), kind_id)
        stem = sound(stems_of(word)[0])
        if len(stem) >= SHORTEST_STEM:
            stems.setdefault(stem, kind_id)
    return whole, stems


def ids_around(text: str) -> Ids:
    """The features of a text, by ear, in which a place is JUDGED."""
    return numbers_of(_names_around(text.split()))


def bag_around(text: str) -> Bag:
    """How often each feature of such a text stands in it."""
    return bag_of(ids_around(text))


def _names_around(words: Sequence[str]) -> Iterator[str]:
    at = words.index(JUDGED)
    before, behind = words[:at], words[at + 1 :]
    back, ahead = [*before[::-1], *["^"] * (BEFORE + 1)], [*behind, *["$"] * (BEHIND + 1)]
    yield from (f"x:l{far} {word}" for far, word in enumerate(back[:BEFORE]))
    yield from (f"x:r{far} {word}" for far, word in enumerate(ahead[:BEHIND]))
    yield from (f"x:l {word} {back[0]}" for word in back[1 : BEFORE + 1])
    yield f"x:ll {back[1]} {back[0]}"
    yield f"x:lll {back[2]} {back[1]} {back[0]}"
    yield f"x:rr {ahead[0]} {ahead[1]}"
    yield f"x:lr {back[0]} {ahead[0]}"
    yield f"x:llr {back[1]} {back[0]} {ahead[0]}"
    clause = [*takewhile(lambda word: word not in BREAKS, back[: len(before)])][::-1]
    rest = [*takewhile(lambda word: word != OTHER, behind)]
    near = before[-BEFORE:]
    for name, part in (("l", clause), ("r", rest), ("n", near)):
        yield from (f"w:{name} {word}" for word in part)
        yield from (f"b:{name} {one} {other}" for one, other in pairwise(part))
    yield from (f"w:m {word}" for word in behind[:BEHIND])
    yield from (f"S:{word[-letters:]}" for word in near if len(word) >= SHORTEST for letters in (2, 3))
    yield from (f"K:l {word}" for word in before)
    yield from (f"K:r {word}" for word in behind)
    yield f"H:places {min(before.count(OTHER), 2)} {min(behind.count(OTHER), 2)}"
    yield f"H:begins {words[0]}"
    yield f"H:begins {' '.join(words[:2])}"
    yield f"H:length {len(words).bit_length()}"
