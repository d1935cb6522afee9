"""What a message looks like to the danger scorer: what the ranker sees, and the order of its words as kinds.

A feature is `kind:value`, as in bot.dialogue.words.features. Added here, over words where each danger word is its kind
(<child>, <take>): K one, B pair of neighbours, S pair around a word, T three in a row, H one in the second half (many a
story ends otherwise than it begins), x the form of the message.
"""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from bot.dialogue.words.features import REMEMBERED, features_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.sounds import sound
from bot.dialogue.words.stems import stems_of
from knowledge.model import Knowledge, Spelling

AS_WRITTEN = Spelling({})
SHORTEST_STEM = 4
"""Letters from which a stem by ear stands for its words: shorter ones are those of half the language."""
SHORTEST_PIECE = len("c:abcd")
"""Shorter pieces of words say nothing of danger that the longer ones do not."""
SHORTEST_STORY = 12
"""Words from which a message has a second half."""


class DangerFeatures:
    """Reads texts with one Knowledge's words."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._features = features_of(knowledge)
        self._kinds, self._kinds_by_stem = _kinds(knowledge)
        self._part = lru_cache(maxsize=32768)(self._read_word)
        self._of = lru_cache(maxsize=REMEMBERED)(self._read)

    def of(self, text: str) -> Mapping[str, int]:
        """The features of a text and how often each stands in it. Read only: danger and moves share it."""
        return self._of(text)

    def _read(self, text: str) -> Mapping[str, int]:
        seen = self._features.of(text)
        found = {name: n for name, n in seen.items() if len(name) >= SHORTEST_PIECE or name[0] != "c"}
        found.update(Counter(self._ordered(text)))  # no name of which begins as one of those does
        return found

    def words(self, text: str) -> list[str]:
        """The words of a text as they are read."""
        return self._features.words(text)

    def _ordered(self, text: str) -> list[str]:
        parts = ["^", *map(self._part, self._features.words(text)), "$"]
        found = [f"K:{part}" for part in parts]
        found += [f"B:{one} {two}" for one, two in pairwise(parts)]
        found += [f"S:{one} {two}" for one, two in zip(parts, parts[2:], strict=False)]
        found += [f"T:{one} {two} {three}" for one, two, three in zip(parts, parts[1:], parts[2:], strict=False)]
        if len(parts) > SHORTEST_STORY:
            found += [f"H:{part}" for part in parts[len(parts) // 2 :]]
        found.append(f"x:length {len(parts).bit_length()}")
        found.append(f"x:begins {parts[1]}")
        found.append(f"x:begins {' '.join(parts[1:3])}")
        found.append(f"x:ends {' '.join(parts[-3:-1])}")
        if "?" in text or "¿" in text:
            found.append("x:asks")
        return found

    def _read_word(self, word: str) -> str:
        """The kind of a danger word, else its stem by ear."""
        heard, stem = sound(word), sound(stems_of(word)[0])
        kind = self._kinds.get(heard) or self._kinds_by_stem.get(stem)
        return f"<{kind}>" if kind else stem


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
