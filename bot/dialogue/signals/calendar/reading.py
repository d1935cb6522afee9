"""A message in the calendar's words: which forums, subjects, places and days it names, what it asks, what is left."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from bot.dates.reading import CONSUMED, Dates, dates_in
from bot.dialogue.signals.calendar.vocabulary import (
    EVENT,
    Meaning,
    Phrases,
    Vocabulary,
    corrected,
    numbers_in,
    singular,
    vocabulary_of,
)
from knowledge.model import Knowledge
from knowledge.schema.calendar import WordKind

HISTORY = 2018
"""The year of which the whole programme is known."""
LONGEST = 60
"""Words of a message that may be a question about the calendar."""
SPREAD = 5
"""Other words that may stand among those of a name."""
NAME_WITHIN = 4
"""Words after "foro" among which an unknown one is its name."""
BESIDE = 3
"""Words between a number and the forum that it counts."""
TELLING = 20
"""Number from which an edition is told by the noun beside it."""
NAMES = frozenset({WordKind.SERIES, EVENT})
EXCLUDED = NAMES | {WordKind.TOPIC, WordKind.PLACE}
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
    """The message in the calendar's words; a month in the past tense is the last one."""
    found = _read(dates_in(text, today, english=english), knowledge)
    if "past" in found.asks and not found.dates.year_said:
        return _read(dates_in(text, today, past=True, english=english), knowledge)
    return found


def _read(dates: Dates, knowledge: Knowledge) -> Reading:
    v, said = vocabulary_of(knowledge), dates.rest
    plain = tuple(word if word == CONSUMED else singular(word, v.signs["whole-words"]) for word in said)
    words = tuple(corrected(word, v) for word in plain)
    hits = _hits(words, said, v)
    numbered, no_edition = _numbered(hits, said, v, knowledge)
    hits += numbered
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
        no_edition=no_edition,
    )


def _hits(words: Sequence[str], said: Sequence[str], v: Vocabulary) -> list[Hit]:
    """Phrases as they stand, the longest from each word on; names with words apart; hints beside a forum."""
    several = {at for at, word in enumerate(said) if word in v.signs["several"]}
    whole = list(_phrases(words, v.phrases, several))
    apart = [
        hit
        for hit in _apart(words, v)
        if not hit.at & several and not any(_overrules(one, hit, words, v) for one in whole)
    ]
    apart = [hit for hit in apart if not any(hit.at < other.at for other in apart)]
    hits = [hit for hit in whole if not (hit.name and any(_content(hit, words) < other.at for other in apart))]
    hits += apart
    named = any(hit.name for hit in hits)
    spoken = named or any(hit.meaning[0] in (WordKind.TOPIC, WordKind.KIND) for hit in hits)
    if not (spoken or v.signs["world"] & set(said)):
        return hits
    known = {at for hit in hits for at in hit.at}
    hints = [hit for hit in _phrases(words, v.hints) if len(hit.at) > 1 or not hit.at <= known]
    hints = [hit for hit in hints if not (named and hit.name)]  # a forum that is named needs no guessing
    return [hit for hit in hits if not any(hit.at < hint.at for hint in hints)] + hints


def _phrases(words: Sequence[str], phrases: Phrases, several: Set[int] = frozenset()) -> Iterator[Hit]:
    """The longest phrases from the left; `several`: where plural nouns stand, which name no single forum."""
    at = 0
    while at < len(words):
        begun = phrases.get(words[at])
        if begun is None:
            at += 1
            continue
        here = [(p, meaning) for p, meaning in begun if tuple(words[at : at + len(p)]) == p]
        hits = [Hit(meaning, frozenset(range(at, at + len(p)))) for p, meaning in here]
        hits = [hit for hit in hits if not (hit.name and hit.at & several)]
        yield from (hit for hit in hits if len(hit.at) == len(hits[0].at))
        at += len(hits[0].at) if hits else 1


def _apart(words: Sequence[str], v: Vocabulary) -> Iterator[Hit]:
    """Names whose words stand near one another in any order."""
    present = frozenset(words)
    for _, name, meaning in sorted(one for word in present for one in v.names.get(word, ()) if one[1] <= present):
        if at := _nearest(name, words):
            yield Hit(meaning, at)


def _nearest(name: frozenset[str], words: Sequence[str]) -> frozenset[int]:
    last: dict[str, int] = {}
    for at, word in enumerate(words):
        if word in name:
            last[word] = at
            if len(last) == len(name) and at - min(last.values()) < len(name) + SPREAD:
                return frozenset(last.values())
    return frozenset()


def _content(hit: Hit, words: Sequence[str]) -> set[int]:
    return {at for at in hit.at if len(words[at]) > 2}


def _overrules(whole: Hit, apart: Hit, words: Sequence[str], v: Vocabulary) -> bool:
    """A name that stands whole takes its words from one whose words stand apart."""
    if not whole.name:
        asked = whole.meaning[0] == WordKind.ASK and whole.meaning[1] in v.groups["access"]
        return asked and bool(_content(whole, words) & apart.at)  # "help for women without status"
    if apart.at <= whole.at:
        return True
    return len(whole.at) > 1 and bool(apart.at & whole.at) and not _content(whole, words) <= apart.at


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


def _numbered(hits: Sequence[Hit], said: Sequence[str], v: Vocabulary, knowledge: Knowledge) -> tuple[list[Hit], bool]:
    """Editions by a number beside the name of their forum; whether a number is said that none has."""
    numbers = list(numbers_in(said, v))
    found: list[Hit] = []
    missing = False
    for hit in hits:
        beside = {number: at for number, at in numbers if _beside(at, hit.at, said, v)}
        if hit.meaning[0] == WordKind.SERIES and beside:
            editions = [event for event in knowledge.events.values() if event.series == hit.meaning[1]]
            same = [event for event in editions if event.edition in beside]
            for event in same:
                at = beside[event.edition or 0]
                found.append(Hit((EVENT, event.id), at | {min(hit.at, key=lambda one: abs(one - min(at)))}))
            # Of a forum whose next edition has no number here, any may be that one.
            uncounted = any(event.edition is None and not event.history for event in editions)
            counted = any(event.edition is not None for event in editions)
            missing = missing or (counted and not (same or uncounted or 1 in beside))
        elif hit.meaning[0] == WordKind.KIND:
            for number, at in beside.items():
                alike = [e for e in knowledge.events.values() if e.edition == number and not e.history]
                named = [e for e in alike if said[min(hit.at)] in f"{e.title.es} {e.title.en}".lower()]
                found += [Hit((EVENT, named[0].id), at | hit.at)] if number >= TELLING and len(named) == 1 else []
    series = {hit.meaning for hit in hits if hit.meaning[0] == WordKind.SERIES}
    if series and any(knowledge.events[hit.meaning[1]].series in {name for _, name in series} for hit in found):
        found = [hit for hit in found if knowledge.events[hit.meaning[1]].series in {name for _, name in series}]
    return found, missing and len(series) == 1 and not found


def _beside(number: frozenset[int], forum: frozenset[int], words: Sequence[str], v: Vocabulary) -> bool:
    """Whether a number counts a forum: near it, with nothing but links between, and no quantity ("tres foros")."""
    if number <= forum or (min(number) < max(forum) and words[min(number)] in v.signs["cardinal"]):
        return False
    for at in forum:
        first, last = sorted((at, min(number, key=lambda place: abs(place - at))))
        between = words[first + 1 : last]
        if len(between) <= BESIDE and all(word in v.signs["between"] for word in between):
            return True
    return False


def _unnamed(hits: Sequence[Hit], unknown: Sequence[int], words: Sequence[str], v: Vocabulary) -> bool:
    """Whether a forum's noun stands beside a word that we cannot place; with a subject only the very next one."""
    nouns = [hit.at for hit in hits if hit.meaning[0] == WordKind.KIND and hit.meaning[1] in v.groups["nameable"]]
    within = 1 if any(hit.meaning[0] == WordKind.TOPIC for hit in hits) else NAME_WITHIN
    events = [hit.at for hit in hits if hit.meaning == (WordKind.KIND, "event")]
    behind = any(0 < at - max(noun) <= within for noun in nouns for at in unknown)
    behind = behind or any(0 < at - max(e) <= 2 and words[at - 1] in v.signs["link"] for e in events for at in unknown)
    return behind or any(at + 1 in noun and words[at + 1] in v.signs["noun-last"] for noun in nouns for at in unknown)
