"""A message in the calendar's words: which forums, subjects, places and days it names, what it asks, what is left."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.dates.reading import CONSUMED, Dates, dates_in
from bot.dialogue.signals.calendar.vocabulary import (
    EVENT,
    Meaning,
    Phrases,
    Vocabulary,
    in_figures,
    singular,
    vocabulary_of,
)
from knowledge.model import Knowledge
from knowledge.schema.calendar import WordKind

LONGEST = 60
"""Words of a message that may be a question about the calendar."""
NAME_WITHIN = 4
"""Words after "foro" among which an unknown one is its name."""
NAMES = frozenset({WordKind.SERIES, EVENT})
EXCLUDED = NAMES | {WordKind.TOPIC, WordKind.PLACE, WordKind.ASK}
MEANT = {
    WordKind.SERIES: "series",
    EVENT: "editions",
    WordKind.TOPIC: "topics",
    WordKind.KIND: "kinds",
    WordKind.PLACE: "places",
    WordKind.ORGANISER: "organisers",
    WordKind.STRANGER: "strangers",
}
"""What is named, and the field of `Reading` that holds its ids."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as the calendar reads it: ids in the order in which they are said."""

    dates: Dates
    groups: Mapping[str, frozenset[str]]
    """Of the content: ids of asks and kinds that are read alike."""
    series: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    """Forums that we do not have."""
    asks: frozenset[str] = frozenset()
    without: frozenset[Meaning] = frozenset()
    """What is not meant: "not the one in Panama"."""
    unknown: tuple[str, ...] = ()
    """Words that it cannot place."""
    words: tuple[str, ...] = ()
    """All that was said, dates apart, each as the word of ours that it is."""
    signs: frozenset[str] = frozenset()
    """`several`, `plural`, `organisation`, `world`, `when-word`: a word of it stands in the message."""
    unnamed: bool = False
    """A forum's noun stands beside a name that is none of ours."""
    no_edition: bool = False
    """A number stands beside a forum's name that none of its editions here has."""

    @property
    def named(self) -> bool:
        """Whether a forum is named."""
        return bool(self.series or self.editions)

    def asks_for(self, group: str) -> frozenset[str]:
        """Of what is asked, what is of a group."""
        return self.asks & self.groups[group]

    @property
    def generic(self) -> frozenset[str]:
        """Kinds that do not narrow a search."""
        return self.groups["generic"].intersection(self.kinds)

    @property
    def narrowing(self) -> frozenset[str]:
        """Kinds that do."""
        return frozenset(self.kinds) - self.groups["generic"]

    @property
    def facets(self) -> bool:
        """Whether anything is named by which events are found, dates apart."""
        return bool(self.named or self.topics or self.kinds or self.places or self.organisers or self.strangers)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of ours and where its words stand."""

    meaning: Meaning
    at: frozenset[int]

    @property
    def name(self) -> bool:
        """Whether it names a forum or an edition."""
        return self.meaning[0] in NAMES


def read(text: str, knowledge: Knowledge, today: date, *, english: bool = False) -> Reading:
    """The message in the calendar's words; a month in the past tense is the last one, a title of 2018 needs a time."""
    found = _read(dates_in(text, today, english=english), knowledge)
    if found.dates.year_said:
        return found
    if "past" in found.asks:
        return _read(dates_in(text, today, past=True, english=english), knowledge)
    events = (knowledge.events[one] for one in found.editions)
    return replace(found, editions=tuple(e.id for e in events if not e.history or e.edition is not None))


def _read(dates: Dates, knowledge: Knowledge) -> Reading:
    v, said = vocabulary_of(knowledge), dates.rest
    plain = [word if word == CONSUMED else singular(word, v.signs["whole-words"]) for word in said]
    words = tuple(in_figures(plain, v.numbers))
    hits = _hits(words, said, v)
    found, without = _meant(hits, said, v, knowledge)
    known = {at for hit in hits for at in hit.at}
    empty = {CONSUMED} | (v.signs["not"] if without else frozenset())
    unknown = [at for at, word in enumerate(said) if not (at in known or word in empty or word.isdigit())]
    asks = frozenset(found.get(WordKind.ASK, ()))
    asks |= {"past"} if "before" in asks else set()
    return Reading(
        dates,
        v.groups,
        **{field: tuple(found.get(kind, ())) for kind, field in MEANT.items()},
        asks=asks,
        without=without,
        unknown=tuple(said[at] for at in unknown),
        words=words,
        signs=frozenset(sign for sign, of in v.signs.items() if not of.isdisjoint(said)),
        unnamed=_unnamed(hits, unknown, said, v),
        no_edition=EVENT not in found and _is_counted(hits, words, said, v, knowledge),
    )


def _hits(words: tuple[str, ...], said: Sequence[str], v: Vocabulary) -> list[Hit]:
    """Phrases as they stand and names with words apart, the fullest of each place; hints beside a forum."""
    several = {at for at, word in enumerate(said) if word in v.signs["several"]}
    hits = _fullest([*_phrases(words, v.phrases), *_apart(words, said, v)], several)
    spoken = any(hit.name or hit.meaning[0] in (WordKind.TOPIC, WordKind.KIND) for hit in hits)
    if not (spoken or v.signs["world"] & set(said)):
        return hits
    named, known = any(hit.name for hit in hits), {at for hit in hits for at in hit.at}
    hints = (hit for hit in _phrases(words, v.hints) if len(hit.at) > 1 or not hit.at <= known)
    return _fullest([*hits, *(hit for hit in hints if not (named and hit.name))], several)


def _fullest(hits: Sequence[Hit], several: Set[int]) -> list[Hit]:
    """Without those whose words all stand in a fuller one; plural nouns name no single forum."""
    found = [hit for hit in hits if not (hit.name and hit.at & several)]
    wide = {hit.at for hit in found if len(hit.at) > 1}
    return [hit for hit in found if not any(map(hit.at.__lt__, wide))]


def _phrases(words: tuple[str, ...], phrases: Phrases) -> Iterator[Hit]:
    """Every phrase of ours that stands in the words."""
    for at, word in enumerate(words):
        for phrase, meaning in phrases.get(word, ()):
            if words[at : at + len(phrase)] == phrase:
                yield Hit(meaning, frozenset(range(at, at + len(phrase))))


def _apart(words: Sequence[str], said: Sequence[str], v: Vocabulary) -> Iterator[Hit]:
    """Names whose words stand near one another in any order, with no "not" between."""
    present = frozenset(words)
    for name, meaning in (one for word in present for one in v.names.get(word, ()) if one[0] <= present):
        last: dict[str, int] = {}
        for at, word in enumerate(words):
            if said[at] in v.signs["not"]:
                last.clear()
            if word in name:
                last[word] = at
            if len(last) == len(name):
                yield Hit(meaning, frozenset(last.values()))
                break


def _meant(
    hits: Sequence[Hit], said: Sequence[str], v: Vocabulary, knowledge: Knowledge
) -> tuple[Mapping[str, dict[str, None]], frozenset[Meaning]]:
    """What is meant, by kind, and what a "not" leaves out; "after COP31" leaves the next COP."""
    found: dict[str, dict[str, None]] = {}
    without: set[Meaning] = set()
    for hit in sorted(hits, key=lambda hit: min(hit.at)):
        if hit.meaning[0] in EXCLUDED and _is_excluded(said, min(hit.at), v):
            without.add(hit.meaning)
        else:
            found.setdefault(hit.meaning[0], {})[hit.meaning[1]] = None
    without -= {(kind, name) for kind, names in found.items() for name in names}
    without -= {(WordKind.SERIES, knowledge.events[name].series or "") for kind, name in without if kind == EVENT}
    return found, frozenset(without)


def _is_excluded(words: Sequence[str], at: int, v: Vocabulary) -> bool:
    before = at - 1
    while before >= 0 and words[before] in v.signs["not-link"]:
        before -= 1
    return before >= 0 and words[before] in v.signs["not"] and (words[before] != "no" or before < at - 1)


def _is_counted(
    hits: Sequence[Hit], words: Sequence[str], said: Sequence[str], v: Vocabulary, knowledge: Knowledge
) -> bool:
    """Whether a number stands beside the one forum named, all of whose coming editions have other numbers."""
    series = {hit.meaning[1] for hit in hits if hit.meaning[0] == WordKind.SERIES}
    editions = [event for event in knowledge.events.values() if event.series in series] if len(series) == 1 else []
    if not any(e.edition for e in editions) or any(not (e.edition or e.history) for e in editions):
        return False
    forum = {at for hit in hits if hit.meaning[1] in series for at in hit.at}
    numbers = {at for at, word in enumerate(words) if word.isdigit() and said[at] not in v.signs["cardinal"]} - forum
    near = [at for at, word in enumerate(said) if at in forum or word not in v.signs["between"]]
    return any({one, other} & numbers and {one, other} & forum for one, other in pairwise(near))


def _unnamed(hits: Sequence[Hit], unknown: Sequence[int], words: Sequence[str], v: Vocabulary) -> bool:
    """Whether a forum's noun stands beside a word that we cannot place; with a subject only the very next one."""
    nouns = [hit.at for hit in hits if hit.meaning[0] == WordKind.KIND and hit.meaning[1] in v.groups["nameable"]]
    within = 1 if any(hit.meaning[0] == WordKind.TOPIC for hit in hits) else NAME_WITHIN
    behind = any(0 < at - max(noun) <= within for noun in nouns for at in unknown)
    return behind or any(at + 1 in noun and words[at + 1] in v.signs["noun-last"] for noun in nouns for at in unknown)
