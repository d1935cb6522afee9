"""The calendar's words from content, ready for reading: phrases by their first word, names, numbers, near misses."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rapidfuzz.distance import DamerauLevenshtein

from bot.dates.tokens import tokens
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event, WordKind

TEN = 10
FORGIVEN = 6
"""Letters of a word in which one wrong letter is forgiven."""
SEVERAL = 3
"""Content words that name a forum even where some of them are plain ones."""
EVENT = "event"

Meaning = tuple[str, str]
"""What a phrase is (a WordKind, or EVENT for one edition), and its id."""
Name = tuple[int, frozenset[str], Meaning]
"""The place of a name among all, those of most words first; its words, and what it means."""
Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], Meaning]]]
"""First word -> phrases, the longest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All that the calendar's words may mean."""

    phrases: Phrases
    hints: Phrases
    """What counts only beside a forum."""
    names: Mapping[str, Sequence[Name]]
    """By a word of each, names of forums by their content words, which may stand apart."""
    signs: Mapping[str, frozenset[str]]
    """Words that the reading itself needs, as they are written."""
    groups: Mapping[str, frozenset[str]]
    """Ids of asks and kinds that are read alike."""
    numbers: Mapping[str, int]
    known: frozenset[str]
    nearly: Mapping[str, frozenset[str]]
    """A long word with one letter left out -> the words that it may be."""


@lru_cache(maxsize=4)
def vocabulary_of(knowledge: Knowledge) -> Vocabulary:
    """Made once for a knowledge."""
    words = knowledge.calendar_words.values()
    whole = frozenset(knowledge.calendar_words["whole-words"].names)
    signs = {word.id: frozenset(word.names) for word in words if word.kind is WordKind.SIGN}
    groups = {name: frozenset(ids) for name, ids in knowledge.calendar_groups.items()}
    named = [(_phrase(name, whole), meaning) for name, meaning in _named(knowledge)]
    hinted = [(_phrase(name, whole), (word.kind.value, word.id)) for word in words for name in word.hints]
    ours = frozenset(word for phrase, _ in named for word in phrase)
    return Vocabulary(
        phrases=_by_first(named),
        hints=_by_first(hinted),
        names=_names(named, signs, groups["access"]),
        signs=signs,
        groups=groups,
        numbers=_numbers(knowledge),
        known=ours | {word for phrase, _ in hinted for word in phrase},
        nearly=_nearly(ours),
    )


def _phrase(text: str, whole: frozenset[str]) -> tuple[str, ...]:
    return tuple(singular(word, whole) for word in tokens(text))


def _named(knowledge: Knowledge) -> Iterator[tuple[str, Meaning]]:
    for word in knowledge.calendar_words.values():
        if word.kind not in (WordKind.SIGN, WordKind.NUMBER):
            yield from ((name, (word.kind.value, word.id)) for name in word.names)
    for event in knowledge.events.values():
        yield from ((name, (EVENT, event.id)) for name in event.names)


def _by_first(named: Iterable[tuple[tuple[str, ...], Meaning]]) -> Phrases:
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for phrase, meaning in sorted(named, key=lambda one: -len(one[0])):
        if phrase:
            phrases.setdefault(phrase[0], []).append((phrase, meaning))
    return phrases


def _names(
    named: Sequence[tuple[tuple[str, ...], Meaning]], signs: Mapping[str, frozenset[str]], access: Set[str]
) -> Mapping[str, Sequence[Name]]:
    """Names of several words; of plain words only where there are many of them."""
    kinds = {word for phrase, (kind, _) in named if kind == WordKind.KIND for word in phrase}
    plain = (
        {
            word
            for phrase, (kind, asked) in named
            if (kind == WordKind.ASK and asked not in access) or (kind == WordKind.FILLER and len(phrase) == 1)
            for word in phrase
        }
        - kinds
        - signs["world"]
    )
    found: set[tuple[frozenset[str], Meaning]] = set()
    for phrase, meaning in named:
        content = frozenset(phrase) - signs["link"]
        own = content - plain
        if meaning[0] in (WordKind.SERIES, EVENT) and (own == content or len(own) >= SEVERAL):
            found.add((own, meaning))
    several = [one for one in found if len(one[0]) > 1 and one[0] - kinds]
    times = Counter(chain.from_iterable(own for own, _ in several))
    names: dict[str, list[Name]] = {}
    for number, (own, meaning) in enumerate(sorted(several, key=lambda one: (-len(one[0]), one[1], sorted(one[0])))):
        names.setdefault(min(own, key=lambda word: (times[word], word)), []).append((number, own, meaning))
    return names


def _numbers(knowledge: Knowledge) -> dict[str, int]:
    said = {
        name: int(word.id[1:])
        for word in knowledge.calendar_words.values()
        if word.kind is WordKind.NUMBER
        for name in word.names
    }
    return {roman(number): number for number in range(2, 100) if number != 50} | said


def numbers_in(words: Sequence[str], v: Vocabulary) -> Iterator[tuple[int, frozenset[int]]]:
    """Numbers in figures, Roman figures and words, and where they stand: `31`, `57th`, `xxx`, `octogesima segunda`."""
    at = 0
    while at < len(words):
        number, end = _number(words[at], v), at + 1
        if number >= TEN and number % TEN == 0 and not words[at][0].isdigit():
            then = end + 1 if words[end : end + 1] == ["y"] else end
            unit = _number(words[then], v) if then < len(words) else 0
            number, end = (number + unit, then + 1) if 0 < unit < TEN else (number, end)
        if number:
            yield number, frozenset(range(at, end))
        at = end


def _number(word: str, v: Vocabulary) -> int:
    figures = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    if figures.isdigit() and len(figures) < len("1000"):
        return int(figures)
    return v.numbers.get(word, 0)


def roman(number: int) -> str:
    """A number below a hundred in Roman figures, in small letters."""
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return tens[number // 10] + units[number % 10]


def singular(word: str, whole: frozenset[str] = frozenset()) -> str:
    """Without the plural's ending, roughly: the same is done to both sides; `whole`: words left as they stand."""
    if word in whole:
        return word
    if len(word) > 5 and word.endswith("es") and word[-3] in "nrldj":
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _nearly(known: Iterable[str]) -> Mapping[str, frozenset[str]]:
    nearly: dict[str, set[str]] = {}
    for word in known:
        for less in _one_less(word) if len(word) >= FORGIVEN else ():
            nearly.setdefault(less, set()).add(word)
    return {less: frozenset(words) for less, words in nearly.items()}


def _one_less(word: str) -> Iterable[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@lru_cache(maxsize=16384)
def corrected(word: str, vocabulary: Vocabulary) -> str:
    """The word of ours that it is, but for one letter."""
    if word in vocabulary.known or word in vocabulary.signs["whole-words"] or len(word) < FORGIVEN:
        return word
    likely = {known for less in _one_less(word) for known in vocabulary.nearly.get(less, ())}
    return min((known for known in likely if DamerauLevenshtein.distance(word, known) <= 1), default=word)


def places_of(event: Event, knowledge: Knowledge) -> set[str]:
    """Where it is, with country and regions."""
    found, waiting = set[str](), list(event.where)
    while waiting:
        place = waiting.pop()
        found.add(place)
        word = knowledge.calendar_words.get(place)
        waiting.extend(word.within if word else ())
    return found


def home_ground(knowledge: Knowledge) -> frozenset[str]:
    """Places that people name for a hundred reasons."""
    return vocabulary_of(knowledge).signs["home-ground"]
