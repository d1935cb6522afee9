"""Text cut into sentences, folded, spelled out and by ear: words spelled as they sound become the same word."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from string import ascii_lowercase

from knowledge.frames import ELEMENTS, FrameSet, FramesUnless, Key, fold, unkeyed
from knowledge.model import Spelling
from knowledge.schema.protocols import Reading, Transition
from knowledge.schema.turned import Milder

LONGEST_PLACE = 4
"""Words in the longest name of a place."""
REMEMBERED = 256
"""Texts that are kept as they were read: a message is read by many."""
_SENTENCE_END = re.compile(r"[.!?;¡¿…]+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_AND_YES = re.compile(r"\by (?=sí\b|si,)")
"""Before a yes that a frame would hear as "and if": "y sí, están con la vecina"."""
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
    lowered = _AND_YES.sub("", _REPEATED.sub(r"\1", text.lower().translate(_APOSTROPHES)))
    if "'" in lowered:
        for pattern, replacement in _SHORT_FORMS:
            lowered = pattern.sub(replacement, lowered)
    return " ".join(spelling.forms.get(word, word) for word in fold(lowered).split())


@lru_cache(maxsize=REMEMBERED)
def sentences(text: str, spelling: Spelling) -> Sequence[Sentence]:
    """The sentences of a message that have words in them; a new line does not end one."""
    spelled = (spell_out(part, spelling) for part in _SENTENCE_END.split(text))
    return tuple(Sentence(tuple(one.split()), sound_text(one)) for one in spelled if one)


@lru_cache(maxsize=REMEMBERED)
def heard_in(text: str, spelling: Spelling) -> Sequence[str]:
    """The sentences of a message by ear."""
    return tuple(part.heard for part in sentences(text, spelling))


_STEPS = (
    (re.compile(r"qu(?=[ei])|q"), "k"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"c(?!h)"), "k"),
    (re.compile(r"(?<=[aeiounlr])h"), ""),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"([^r\d])\1+"), r"\1"),
    (re.compile(r"y"), "i"),  # last: the `ll` of `killed` must not melt into the `i` before it, or it begins as `quien`
)
_LONG = 4
"""Shorter English words would become one another without their `h`: his, is; hit, it."""
_MORE = "wxwx"
"""Letters that change no other: in place of the ending that a beginning leaves open."""
_KEPT = frozenset({"hay", "hoy"})
_LAUGHTER = re.compile(r"(?:ha){2,}h?")
_FRAME_PART = re.compile(r"\(([^()]*)\)|[^\s()?^$]+")


@lru_cache(maxsize=32768)
def sound(word: str) -> str:
    """A folded word as it sounds; never empty. Laughter stays as it is: nothing of `haha` would be heard."""
    if _LAUGHTER.fullmatch(word):
        return "haha"
    if word.startswith("h") and (len(word) >= _LONG or word in _KEPT):
        word = word[1:]
    word = (word.replace("ll", "y") if len(word) >= _LONG else word).replace("v", "b")
    for pattern, replacement in _STEPS:
        word = pattern.sub(replacement, word)
    return word


def sound_text(folded: str) -> str:
    """A folded text, word by word: the number of words stays the same."""
    return " ".join(map(sound, folded.split()))


def _sounds_of(word: str) -> Sequence[str]:
    """What a word of a frame may sound like: of a beginning that ends in c, both sounds that a next letter gives it."""
    beginning = fold(word.removesuffix("*"))
    if not word.endswith("*"):
        return (sound(beginning) if beginning else word,)
    open_end = {"c": "ks", "q": "k"}.get(beginning[-1], beginning[-1])
    return tuple(f"{sound(beginning[:-1] + last + _MORE).removesuffix(_MORE)}*" for last in open_end)


@lru_cache(maxsize=ELEMENTS)
def _sound_part(said: str) -> str:
    heard = [" ".join(words) for one in said.strip("()").split("|") for words in product(*map(_sounds_of, one.split()))]
    return heard[0] if len(heard) == 1 and not said.startswith("(") else f"({'|'.join(heard)})"


def sound_frame(source: str) -> str:
    """A frame with its words as they sound."""
    return _FRAME_PART.sub(lambda found: _sound_part(found.group()), source)


def heard_frames(frames: Iterable[tuple[Key, str]]) -> FrameSet[Key]:
    """A FrameSet for texts by ear."""
    return FrameSet((key, sound_frame(source)) for key, source in frames)


def heard_items(items: Iterable[Reading | Transition | Milder]) -> FramesUnless[str]:
    """FramesUnless of items, by their ids."""
    items = tuple(items)
    says = ((item.id, frame) for item in items for frame in item.any)
    return heard_unless(says, ((item.id, frame) for item in items for frame in item.unless))


def heard_unless(says: Iterable[tuple[Key, str]], unless: Iterable[tuple[Key, str]]) -> FramesUnless[Key]:
    """FramesUnless for texts by ear."""
    return FramesUnless(heard_frames(says), heard_frames(unless))


@lru_cache(maxsize=256)
def heard_of(sources: tuple[str, ...]) -> FrameSet[bool]:
    """What finds any of them in a text by ear."""
    return heard_frames(unkeyed(sources))


def one_off(word: str) -> Iterator[str]:
    """What a word becomes by one letter more, less, another, or by two swapped; itself too."""
    for at in range(len(word) + 1):
        before, behind = word[:at], word[at:]
        yield from (before + behind[1:], before + behind[1:2] + behind[:1] + behind[2:])
        yield from (f"{before}{letter}{left}" for letter in ascii_lowercase for left in (behind, behind[1:]))


def by_length(words: Sequence[str], off: int = 1) -> Mapping[int, Sequence[str]]:
    """The letters of a word -> the words that it may be but for so many letters, in their order."""
    found: dict[int, list[str]] = {}
    for word in words:
        for letters in range(len(word) - off, len(word) + off + 1):
            found.setdefault(letters, []).append(word)
    return found


def by_first_word(names: Iterable[str], most: int) -> dict[str, int]:
    """The first word of names -> words of the longest that begins so, `most` at most."""
    found: dict[str, int] = {}
    for name in names:
        first = name.partition(" ")[0]
        found[first] = max(found.get(first, 0), min(name.count(" ") + 1, most))
    return found


def names_apart(words: Sequence[str], names: Container[str], begin: Mapping[str, int]) -> Iterator[tuple[str, bool]]:
    """The longest names from the left on (True), and the words that are of none (False); `begin`: by first word."""
    at = 0
    while at < len(words):
        spans = range(min(at + begin.get(words[at], 0), len(words)), at, -1)
        end = next((end for end in spans if " ".join(words[at:end]) in names), 0)
        yield " ".join(words[at : end or at + 1]), bool(end)
        at = end or at + 1
