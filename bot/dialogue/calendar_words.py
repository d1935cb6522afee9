"""A message in the calendar's words: which forums, topics and places it names, what it asks, what it says besides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bot.dialogue.date_words import DATE_WORDS, MONTHS
from bot.dialogue.dates import CONSUMED, Dates, dates_in, tokens
from knowledge.model import Knowledge
from knowledge.schema.calendar import WordKind

LONGEST = 60
"""Words of a message that may be a question about the calendar."""
STRAY = 4
"""Words that we cannot place and that may stand beside the name of a forum."""
STRANGERS = frozenset({"forum", "summit", "conference"})
PLURALS = frozenset(
    [
        "foros",
        "eventos",
        "cumbres",
        "reuniones",
        "conferencias",
        "proximos",
        "proximas",
        "siguientes",
        "vienen",
        "forums",
        "events",
        "summits",
        "meetings",
        "conferences",
        "calendario",
        "calendar",
        "agenda",
        "upcoming",
    ]
)
NAME_WITHIN = 4
"""Words after "foro", "cumbre", "comisión" among which an unknown one is its name."""
FORGIVEN = 6
"""Letters of a word in which one wrong letter is forgiven."""
EVENT = "event"
GENERIC = frozenset({"forum", "event", "summit", "assembly", "meeting", "conference"})
"""Kinds that do not narrow a search."""

Meaning = tuple[str, str]
"""What a phrase is (a WordKind, or EVENT for one edition), and its id."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message as the calendar reads it; `unknown`: words that it cannot place."""

    dates: Dates
    series: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    asks: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    length: int = 0
    plural: bool = False
    """More than one is asked for: "foros", "próximas"."""
    stranger: bool = False
    """A forum is named that we do not know."""

    @property
    def named(self) -> bool:
        """Whether a forum is named."""
        return bool(self.series or self.editions)


@dataclass(frozen=True, slots=True, eq=False)
class _Vocabulary:
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]]
    """First word -> phrases, the longest first."""
    words: frozenset[str]
    nearly: dict[str, frozenset[str]]
    """A long word with one letter left out -> the words that it may be."""
    triggers: frozenset[str]


@lru_cache(maxsize=4)
def _vocabulary(knowledge: Knowledge) -> _Vocabulary:
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    triggers, plain_words = set(MONTHS), set[str]()
    for text, meaning in _named(knowledge):
        words = tuple(singular(word) for word in tokens(text))
        if not words:
            continue
        phrases.setdefault(words[0], []).append((words, meaning))
        if meaning[0] == WordKind.FILLER and len(words) == 1:
            plain_words.add(words[0])
        elif meaning[0] in (WordKind.SERIES, WordKind.KIND, EVENT) or meaning == (WordKind.ASK, "until"):
            triggers.update(words)
    for found in phrases.values():
        found.sort(key=lambda phrase: -len(phrase[0]))
    known = frozenset(word for found in phrases.values() for phrase, _ in found for word in phrase)
    nearly: dict[str, set[str]] = {}
    for word in known:
        if len(word) >= FORGIVEN:
            for less in _one_less(word):
                nearly.setdefault(less, set()).add(word)
    frozen = {less: frozenset(found) for less, found in nearly.items()}
    return _Vocabulary(phrases, known, frozen, frozenset(triggers - plain_words))


def _named(knowledge: Knowledge) -> Iterator[tuple[str, Meaning]]:
    for word in knowledge.calendar_words.values():
        yield from ((name, (word.kind, word.id)) for name in word.names)
    for event in knowledge.events.values():
        yield from ((name, (EVENT, event.id)) for name in event.names)


def singular(word: str) -> str:
    """Without the plural's ending, roughly: the same is done to both sides."""
    if len(word) > 5 and word.endswith("es") and word[-3] in "nrldj":
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _one_less(word: str) -> Iterable[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def may_ask(words: list[str], knowledge: Knowledge) -> bool:
    """Whether the message is worth reading: short, a word of forums or dates in it, few words besides."""
    if not words or len(words) > LONGEST:
        return False
    vocabulary = _vocabulary(knowledge)
    plain = [word if word in DATE_WORDS else singular(word) for word in words]
    strange = sum(word not in vocabulary.words and not _of_dates(word) for word in plain)
    if strange > 2 * STRAY:
        return False
    corrected = [_corrected(word, vocabulary) for word in plain]
    if not any(word in vocabulary.triggers or _of_dates(word) for word in corrected):
        return False
    # "fecha" and the like are names of no forum, so a date is taken out before names are looked for.
    line = tuple(CONSUMED if word[0].isdigit() or word in MONTHS else word for word in corrected)
    _, unknown, _ = _placed(line, vocabulary)
    return sum(not _of_dates(line[at]) for at in unknown) <= STRAY


def _of_dates(word: str) -> bool:
    return word[0].isdigit() or word in DATE_WORDS


@lru_cache(maxsize=16384)
def _corrected(word: str, vocabulary: _Vocabulary) -> str:
    if word in vocabulary.words or len(word) < FORGIVEN:
        return word
    likely = {known for less in _one_less(word) for known in vocabulary.nearly.get(less, ())}
    close = sorted(known for known in likely if DamerauLevenshtein.distance(word, known) <= 1)
    return close[0] if close else word


def read(text: str, knowledge: Knowledge, today: date, *, english: bool = False) -> Asked:
    """The message in the calendar's words."""
    asked = _read(text, knowledge, dates_in(text, today, english=english))
    if "past" in asked.asks and not asked.dates.year_said:
        return _read(text, knowledge, dates_in(text, today, past=True, english=english))
    return asked


def _read(text: str, knowledge: Knowledge, dates: Dates) -> Asked:
    vocabulary = _vocabulary(knowledge)
    words = tuple(word if word == CONSUMED else _corrected(singular(word), vocabulary) for word in dates.rest)
    found, unknown, stranger = _placed(words, vocabulary)
    return Asked(
        dates=dates,
        series=tuple(found.get(WordKind.SERIES, ())),
        editions=tuple(found.get(EVENT, ())),
        topics=tuple(found.get(WordKind.TOPIC, ())),
        kinds=tuple(found.get(WordKind.KIND, ())),
        places=tuple(found.get(WordKind.PLACE, ())),
        asks=frozenset(found.get(WordKind.ASK, ())),
        unknown=tuple(dates.rest[at] for at in unknown),
        length=len(words),
        plural=bool(PLURALS & set(dates.rest)),
        stranger=stranger,
    )


def _placed(words: tuple[str, ...], vocabulary: _Vocabulary) -> tuple[dict[str, dict[str, None]], list[int], bool]:
    """Ids that the words name, by kind; where words stand that name nothing; whether such a word follows "foro"."""
    found: dict[str, dict[str, None]] = {}
    unknown: list[int] = []
    at, noun_ends, stranger = 0, -NAME_WITHIN, False
    while at < len(words):
        phrase, meanings = _longest(words, at, vocabulary)
        if not phrase and words[at] != CONSUMED:
            unknown.append(at)
            stranger = stranger or at - noun_ends < NAME_WITHIN
        for kind, name in meanings:
            found.setdefault(kind, {})[name] = None
        at += phrase or 1
        if any(kind == WordKind.KIND and name in STRANGERS for kind, name in meanings):
            noun_ends = at
    return found, unknown, stranger


def _longest(words: tuple[str, ...], at: int, vocabulary: _Vocabulary) -> tuple[int, list[Meaning]]:
    """How many words the longest phrase from here has, and all that it may mean."""
    length, meanings = 0, list[Meaning]()
    for phrase, meaning in vocabulary.phrases.get(words[at], ()):
        if len(phrase) < length:
            break
        if words[at : at + len(phrase)] == phrase:
            length = len(phrase)
            meanings.append(meaning)
    return length, meanings
