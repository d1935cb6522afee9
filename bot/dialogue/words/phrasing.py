"""Text cut into sentences and clauses, folded, spelled out and by ear, ready for frames."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.words.sounds import sound_text
from knowledge.frames import fold
from knowledge.model import Spelling

REMEMBERED = 256
"""Texts that are kept as they were read: a message is read by many."""
_SENTENCE_END = re.compile(r"[.!?;¡¿…]+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_APOSTROPHES = str.maketrans("’‘`´", "''''")
_SHORT_FORMS = (
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"\b(he|she|it|that|there|who|what|where)'s\b"), r"\1 is"),
    (re.compile(r"'s\b"), ""),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its folded words, and the same words by ear as one text."""

    words: tuple[str, ...]
    heard: str

    def words_at(self, start: int, end: int) -> str:
        """The words as written for a place in ` heard `, as frames count it."""
        padded = f" {self.heard} "
        first = padded[:start].count(" ") - 1
        return " ".join(self.words[first : first + padded[start:end].count(" ")])


@lru_cache(maxsize=REMEMBERED)
def spell_out(text: str, spelling: Spelling) -> str:
    """Folded, with short forms and chat spellings written out, and letters that are repeated more than once cut."""
    return " ".join(spelling.forms.get(word, word) for word in _folded(text))


def _folded(text: str) -> Sequence[str]:
    """The words with short forms written out."""
    lowered = _REPEATED.sub(r"\1", text.lower().translate(_APOSTROPHES))
    if "'" in lowered:
        for pattern, replacement in _SHORT_FORMS:
            lowered = pattern.sub(replacement, lowered)
    return fold(lowered).split()


@lru_cache(maxsize=REMEMBERED)
def sentences(text: str, spelling: Spelling) -> Sequence[Sentence]:
    """The sentences of a message that have words in them; a new line does not end one."""
    spelled = (spell_out(part, spelling) for part in _SENTENCE_END.split(text))
    return tuple(Sentence(tuple(one.split()), sound_text(one)) for one in spelled if one)


@lru_cache(maxsize=REMEMBERED)
def heard_in(text: str, spelling: Spelling) -> Sequence[str]:
    """The sentences of a message by ear."""
    return tuple(part.heard for part in sentences(text, spelling))
