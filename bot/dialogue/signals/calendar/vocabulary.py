"""The calendar's words from content, ready for reading: phrases, names whose words may stand apart, numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from bot.dates.tokens import tokens
from knowledge.model import Knowledge
from knowledge.schema.calendar import WordKind

TEN = 10
TELLING = 20
"""Number from which an edition is told by its forum's noun: "la 82 asamblea"."""
EVENT = "event"

Item = TypeVar("Item")
Meaning = tuple[str, str]
"""What a phrase is (a WordKind, or EVENT for one edition), and its id."""
Named = tuple[tuple[str, ...], Meaning]
Phrases = Mapping[str, Sequence[Named]]
"""First word -> phrases."""
Name = tuple[frozenset[str], Meaning]
Names = Mapping[str, Sequence[Name]]
"""Longest word -> names of forums, by their content words."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All that the calendar's words may mean."""

    phrases: Phrases
    hints: Phrases
    """What counts only beside a forum."""
    names: Names
    signs: Mapping[str, frozenset[str]]
    """Words that the reading itself needs, as they are written."""
    groups: Mapping[str, frozenset[str]]
    """Ids of asks and kinds that are read alike."""
    numbers: Mapping[str, int]


@lru_cache(maxsize=4)
def vocabulary_of(knowledge: Knowledge) -> Vocabulary:
    """Made once for a knowledge."""
    words = knowledge.calendar_words.values()
    signs = {word.id: frozenset(word.names) for word in words if word.kind is WordKind.SIGN}
    numbers = _numbers(knowledge)

    def phrase(text: str) -> tuple[str, ...]:
        return tuple(in_figures([singular(word, signs["whole-words"]) for word in tokens(text)], numbers))

    named = [(phrase(name), meaning) for name, meaning in _named(knowledge)]
    hinted = [(phrase(name), (word.kind.value, word.id)) for word in words for name in word.hints]
    return Vocabulary(
        phrases=_by_first(named),
        hints=_by_first(hinted),
        names=_indexed((max(own, key=len), (own, of)) for own, of in {*_apart(named, signs["link"], knowledge)}),
        signs=signs,
        groups={name: frozenset(ids) for name, ids in knowledge.calendar_groups.items()},
        numbers=numbers,
    )


def _named(knowledge: Knowledge) -> Iterator[tuple[str, Meaning]]:
    for word in knowledge.calendar_words.values():
        if word.kind not in (WordKind.SIGN, WordKind.NUMBER):
            yield from ((name, (word.kind.value, word.id)) for name in word.names)
    for event in knowledge.events.values():
        yield from ((name, (EVENT, event.id)) for name in event.names)


def _by_first(named: Iterable[Named]) -> Phrases:
    return _indexed((phrase[0], (phrase, meaning)) for phrase, meaning in named if phrase)


def _indexed(words: Iterable[tuple[str, Item]]) -> Mapping[str, Sequence[Item]]:
    found: dict[str, list[Item]] = {}
    for word, item in words:
        found.setdefault(word, []).append(item)
    return found


def _apart(named: Sequence[Named], link: frozenset[str], knowledge: Knowledge) -> Iterator[Name]:
    """Names of forums, and of editions: with their number beside the forum's name, or its noun ("82 asamblea")."""
    for phrase, meaning in named:
        if meaning[0] in (WordKind.SERIES, EVENT) and len(content := frozenset(phrase) - link) > 1:
            yield content, meaning
    for event in knowledge.events.values():
        telling = not event.history and (event.edition or 0) >= TELLING
        title = frozenset(singular(word) for word in tokens(f"{event.title.es} {event.title.en}"))
        for phrase, meaning in named if event.edition else ():
            noun = telling and meaning[0] == WordKind.KIND and len(phrase) == 1 and title.issuperset(phrase)
            if noun or meaning == (WordKind.SERIES, event.series):
                yield frozenset(phrase) - link | {str(event.edition)}, (EVENT, event.id)


def _numbers(knowledge: Knowledge) -> Mapping[str, int]:
    words = (word for word in knowledge.calendar_words.values() if word.kind is WordKind.NUMBER)
    said = {singular(name): int(word.id[1:]) for word in words for name in word.names}
    tens, units = ("", "x", "xx", "xxx", "xl"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    romans = {f"{ten}{unit}": TEN * n + m for n, ten in enumerate(tens) for m, unit in enumerate(units)}
    return {roman: number for roman, number in romans.items() if number > 1} | said


def in_figures(words: Sequence[str], numbers: Mapping[str, int]) -> list[str]:
    """Each number but one as plain figures, where its first word stands: `57th`, `xxx`, `octogesima segunda`."""
    found = list(words)
    for at, word in enumerate(words):
        figures, number = word.rstrip("abcdefghijklmnopqrstuvwxyz"), numbers.get(word, 0)
        then = at + 2 if words[at + 1 : at + 2] == ["y"] else at + 1
        unit = numbers.get(words[then], 0) if then < len(words) and number and number % TEN == 0 else 0
        if 0 < unit < TEN:
            number, found[at + 1 : then + 1] = number + unit, [""] * (then - at)
        if found[at] and (figures.isdigit() or number > 1):
            found[at] = figures or str(number)
    return found


def singular(word: str, whole: frozenset[str] = frozenset()) -> str:
    """Without the plural's ending, roughly: the same is done to both sides; `whole`: words left as they stand."""
    if word in whole:
        return word
    word = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return word[:-1] if len(word) > 4 and word.endswith("e") and word[-2] in "nrldj" else word  # reunione, deadline


@lru_cache(maxsize=4)
def meanings_of(knowledge: Knowledge) -> Mapping[str, frozenset[Meaning]]:
    """What names each event: itself, its forum, kind and topics, its places with their regions, who calls it."""
    organisers = [word for word in knowledge.calendar_words.values() if word.kind is WordKind.ORGANISER]
    found: dict[str, frozenset[Meaning]] = {}
    for event in knowledge.events.values():
        own = {(EVENT, event.id), (WordKind.SERIES, event.series or ""), (WordKind.KIND, event.kind)}
        places = list(event.where)
        for place in places:  # grows by what each is within
            places += [one for one in knowledge.calendar_words[place].within if one not in places]
        said = " ".join(tokens(f"{event.organiser.es} {event.organiser.en}")) if event.organiser else ""
        calls = [it.id for it in organisers if any(f" {' '.join(tokens(name))} " in f" {said} " for name in it.names)]
        named = ((WordKind.TOPIC, event.topics), (WordKind.PLACE, places), (WordKind.ORGANISER, calls))
        found[event.id] = frozenset({*own, *((kind, one) for kind, ids in named for one in ids)})
    return found
