"""Frames: the small pattern language in which editors write what people say.

    no (puedo|puede) respirar      words; alternatives
    (mi|el)? hijo                  `?` after a word or a group: may be missing
    sangr*                         any ending
    me ... mat*                    `...`: up to four words in between
    ^hola$                         start and end of the message

Frames are matched against folded text: lower case, no accents, words separated by single spaces.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import chain, filterfalse
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakSet

Key = TypeVar("Key", bound=Hashable)

_ELEMENT = re.compile(r"\.\.\.|\(([^()]*)\)(\??)|([^\s()?]+)(\??)")
_WORD = re.compile(r"[a-z0-9]+\*?")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_SEVERAL = b"/"
GAP = r"(?:\S+ ){0,4}?"
REMEMBERED = 64
"""Texts whose words are kept: a message is asked for by dozens of sets at once, and then never again."""
WORDS = 4096
"""Words whose beginnings are kept: most are said again."""
ELEMENTS = 1024
"""Elements of frames that are kept as they were read: most come again soon, and all of them took nine megabytes."""
LONGEST = 20
"""Letters of a word by which frames are looked up; the frame itself reads all of it."""


class FrameError(ValueError):
    """A frame that cannot be read."""


def _unaccented(text: str) -> str:
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text)))


def _folded_code(code: int) -> int:
    plain = _unaccented(chr(code))
    return ord(plain if plain in _LETTERS else " " if _LETTERS.isdisjoint(plain) else _SEVERAL)


_FOLDED = bytes(map(_folded_code, range(256)))
"""Of the letters of Western Europe: what each becomes, and _SEVERAL where it becomes more than one (¼)."""


def fold(text: str) -> str:
    """Lower case, no accents, letters and digits only, single spaces."""
    plain = text.lower()
    if plain.isascii() and plain.isalnum():
        return plain
    try:
        folded = plain.encode("latin-1").translate(_FOLDED)
    except UnicodeEncodeError:
        folded = _SEVERAL
    if _SEVERAL in folded:
        folded = _unaccented(plain).encode("ascii", "replace").translate(_FOLDED)
    return " ".join(folded.decode().split())


def _fold_pattern(word: str) -> str:
    folded = fold(word.removesuffix("*")) + ("*" if word.endswith("*") else "")
    if not _WORD.fullmatch(folded):
        raise FrameError(f"not a word: {word!r}")
    return folded


def _word_regex(word: str) -> str:
    return rf"{word[:-1]}\S* " if word.endswith("*") else f"{word} "


@dataclass(frozen=True)
class Frame:
    """A frame that was read. `needs`: of each element one of these words, or beginnings with `*`, stands in a match."""

    source: str
    pattern: str
    needs: Sequence[frozenset[str]]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when it is first tried: of thousands of frames a run of a few questions tries hundreds."""
        return re.compile(self.pattern)


@lru_cache(maxsize=ELEMENTS)
def _element(said: str) -> tuple[str, frozenset[str]]:
    """A word or a group as a regular expression, and what must stand in a match; nothing where an alternative is empty.

    Most stand in several frames: word groups are written out in each that names them.
    """
    body = said.removesuffix("?")
    texts = body[1:-1].split("|") if body.startswith("(") else [body]
    alternatives = [[_fold_pattern(w) for w in text.split()] for text in texts]
    if not all(alternatives):
        return "", frozenset()
    regex = "|".join("".join(map(_word_regex, words)) for words in alternatives)
    if said.endswith("?"):
        return f"(?:{regex})?", frozenset()
    beginnings = (_beginning(max(words, key=len)) for words in alternatives)
    anchors = frozenset(_ANCHORS.setdefault(one, one) for one in beginnings)
    return f"(?:{regex})", _NEEDS.setdefault(anchors, anchors)


def compile_frame(source: str) -> Frame:
    """Read one frame; FrameError says what is wrong with it."""
    body, start, end = source.strip(), "(?<= )", ""
    if body.startswith("^"):
        body, start = body[1:].strip(), "^ "
    if body.endswith("$"):
        body, end = body[:-1].strip(), "$"
    parts: list[str] = []
    needs: list[frozenset[str]] = []
    position = 0
    for found in _ELEMENT.finditer(body):
        if body[position : found.start()].strip():
            raise FrameError(f"cannot read {source!r} at {body[position:]!r}")
        position = found.end()
        if found.group() == "...":
            parts.append(GAP)
            continue
        regex, anchors = _element(found.group())
        if not regex:
            raise FrameError(f"an empty alternative in {source!r}; write `(a|b)?`")
        parts.append(regex)
        if anchors:
            needs.append(anchors)
    if body[position:].strip() or not needs:
        raise FrameError(f"cannot read {source!r}: a frame needs at least one word that must be there")
    return Frame(source, start + "".join(parts) + end, needs)


_ANCHORS: dict[str, str] = {}
"""What the frames that were ever read need, each kept once: it only grows, so that its size tells what was known."""
_NEEDS: dict[frozenset[str], frozenset[str]] = {}
"""What one element of them needs, each kept once: most stand in several frames."""


def _beginning(word: str) -> str:
    """As words are looked up: of a very long one its beginning."""
    return f"{word[:LONGEST]}*" if len(word) > LONGEST else word


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """A frame found in a text."""

    key: Key
    frame: str
    words: str
    start: int
    end: int

    def touches(self, other: "Match[Key]") -> bool:
        """Whether both have a word of the same text in common."""
        return self.start < other.end and other.start < self.end


Numbered = tuple[int, tuple[Key, Frame], Sequence[frozenset[str]]]
"""A frame with its key, its place in the order given, and what it needs beside its anchor, the rarest first."""


@lru_cache(maxsize=REMEMBERED)
def _anchors_in(folded: str, known: int) -> frozenset[str]:
    """What any frame needs of what stands in a text; every set asks for it."""
    return frozenset(chain.from_iterable(_anchors_of(word, known) for word in folded.split()))


@lru_cache(maxsize=WORDS)
def _anchors_of(word: str, known: int) -> Sequence[str]:
    """A word and its beginnings, as the anchors of frames are written, where a frame has them."""
    beginnings = (f"{word[:n]}*" for n in range(1, min(len(word), LONGEST) + 1))
    return [anchor for anchor in (word, *beginnings) if anchor in _ANCHORS]


class FrameSet(Generic[Key]):
    """Many frames, looked for at once: only those with an anchor in the text are tried."""

    _all: "ClassVar[WeakSet[FrameSet[Any]]]" = WeakSet()

    def __init__(self, frames: Iterable[tuple[Key, str]]) -> None:
        self._anchored: dict[str, list[Numbered[Key]]] = {}
        read = [(key, compile_frame(source)) for key, source in frames]
        uses = Counter(chain.from_iterable(words for _, frame in read for words in frame.needs))
        for number, (key, frame) in enumerate(read):
            # What few frames need stands in few texts.
            rarest, *others = sorted(frame.needs, key=lambda words: sum(uses[word] for word in words))
            one = number, (key, frame), tuple(others)
            for anchor in rarest:
                self._anchored.setdefault(anchor, []).append(one)
        self._anchors = frozenset(self._anchored)
        FrameSet._all.add(self)

    @classmethod
    def compiled(cls) -> Iterator[Frame]:
        """The frames of every set that there is, each compiled as it is given."""
        for held in list(cls._all):
            for _, (_, frame), _ in chain.from_iterable(held._anchored.values()):
                _ = frame.regex
                yield frame

    def may_find(self, folded: str) -> bool:
        """Whether any frame may match these words, or some of them."""
        return not self._anchors.isdisjoint(_anchors_in(folded, len(_ANCHORS)))

    def find(self, folded: str) -> Iterator[Match[Key]]:
        """All frames that match, in the order in which they were given."""
        padded = f" {folded} "
        for key, frame in self.may_match(folded):
            if found := frame.regex.search(padded):
                yield Match(key, frame.source, found.group().strip(), found.start(), found.end())

    def begins(self, folded: str) -> dict[int, int]:
        """The words of a text at which a frame begins -> how many words the longest there holds. No `^` begins any."""
        tried, padded = [frame.regex.match for _, frame in self.may_match(folded)], f" {folded} "
        places = enumerate(at for at, letter in enumerate(padded, 1) if letter == " ") if tried else ()
        found = ((word, [one for match in tried if (one := match(padded, at))]) for word, at in places)
        return {word: max(one.group().count(" ") for one in held) for word, held in found if held}

    def may_match(self, folded: str) -> Sequence[tuple[Key, Frame]]:
        """The frames of whose every part a word stands in a text."""
        present = _anchors_in(folded, len(_ANCHORS))
        held: dict[int, tuple[Key, Frame]] = {}
        for anchor in self._anchors & present:
            for number, one, more in self._anchored[anchor]:
                for words in more:  # asked a hundred times a message: plain loops are the quickest
                    if present.isdisjoint(words):
                        break
                else:
                    held[number] = one
        return [held[number] for number in sorted(held)] if held else ()

    def first(self, folded: str) -> Match[Key] | None:
        """The first match in the order given, or None."""
        if not self.may_find(folded):  # as mostly: no generator is made for it
            return None
        return next(self.find(folded), None)


@dataclass(frozen=True, slots=True)
class FramesUnless(Generic[Key]):
    """Frames that say something, and frames that take back what is said under the same key."""

    says: FrameSet[Key]
    unless: FrameSet[Key]

    def standing(self, *sentences: str) -> list[Match[Key]]:
        """What these sentences say and none of them takes back."""
        said = [match for sentence in sentences for match in self.says.find(sentence)]
        back = {match.key for sentence in sentences for match in self.unless.find(sentence)} if said else ()
        return [match for match in said if match.key not in back]

    def untouched(self, sentence: str) -> list[Match[Key]]:
        """What a sentence says in words that nothing which takes it back touches."""
        said = list(self.says.find(sentence))
        back = list(self.unless.find(sentence)) if said else ()
        return [match for match in said if not any(b.touches(match) and b.key == match.key for b in back)]


def unkeyed(sources: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """Frames that all say the same, for a FrameSet."""
    return ((True, source) for source in sources)


@lru_cache(maxsize=256)
def frames_of(sources: tuple[str, ...]) -> FrameSet[bool]:
    """What finds any of these frames of the content."""
    return FrameSet(unkeyed(sources))


@lru_cache(maxsize=64)
def framed(knowledge: Hashable, *fields: str) -> FrameSet[str]:
    """The frames of a mapping of content (`situations`, or `follow_ups`, `stands_for`), each under its key."""
    held: Any = reduce(getattr, fields, knowledge)
    return FrameSet((key, frame) for key, frames in held.items() for frame in frames)
