"""A message in the calendar's words: which forums, topics and places it names, what it asks, what it says besides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.dialogue.calendar_hints import hints_in
from bot.dialogue.calendar_vocabulary import EVENT, Meaning, Vocabulary, corrected, singular, vocabulary_of
from bot.dialogue.date_words import DATE_WORDS
from bot.dialogue.dates import CONSUMED, Dates, dates_in, tokens
from knowledge.model import Knowledge
from knowledge.schema.calendar import WordKind

LONGEST = 60
"""Words of a message that may be a question about the calendar."""
STRANGERS = frozenset({"forum", "summit", "conference", "meeting"})
BEFORE_NOUN = frozenset({"summit", "forum", "conference", "commission", "congress"})
"""Nouns behind their names, in English."""
PLURALS = frozenset(
    tokens(
        "foros eventos cumbres reuniones conferencias proximos proximas siguientes vienen forums events summits "
        "meetings conferences calendario calendar agenda upcoming"
    )
)
ORGANISATIONS = frozenset(
    tokens(
        "osc ong asociacion association organization organisation organizacion "
        "colectivo colectiva cooperativa fundacion ngo cso nonprofit org civil society"
    )
)
ABOUT = frozenset(tokens("de sobre acerca on about of for"))
"""Words between "event" and what it is about."""
SEVERAL = frozenset(tokens("foros cumbres reuniones conferencias forums summits meetings conferences"))
"""Nouns that name no single forum: "foros de migración"."""
NAME_WITHIN = 4
"""Words after "foro", "cumbre", "comisión" among which an unknown one is its name."""
SPREAD = 5
"""Other words that may stand among those of a name."""
GENERIC = frozenset({"forum", "event", "summit", "assembly", "meeting", "conference"})
"""Kinds that do not narrow a search."""
NOT = frozenset(map(singular, tokens("not no excepto salvo menos except than besides aparte despues luego after tras")))
NOT_LINKS = frozenset(tokens("the la el los las de del sea sean es son one in en a lo"))
"""Words between a "not" and what is not meant."""
SPEAKS_OF_FORUMS = frozenset({WordKind.TOPIC, WordKind.KIND, WordKind.SERIES, EVENT})
"""What makes everyday words mean a forum's topic."""
EXCLUDED = frozenset({WordKind.TOPIC, WordKind.PLACE, WordKind.SERIES, EVENT})


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
    guessed: tuple[str, ...] = ()
    """Words that were taken for others with one letter wrong."""
    elsewhere: int = 0
    """Of these, words of topics that no event leads to."""
    words: frozenset[str] = frozenset()
    """All that was said."""
    length: int = 0
    plural: bool = False
    """More than one is asked for: "foros", "próximas"."""
    for_osc: bool = False
    """An organisation is named as who asks."""
    stranger: bool = False
    """A forum is named that we do not know."""
    without: frozenset[Meaning] = frozenset()
    """What is not meant: "not the one in Panama"."""

    @property
    def named(self) -> bool:
        """Whether a forum is named."""
        return bool(self.series or self.editions)


def may_ask(words: list[str], knowledge: Knowledge) -> bool:
    """Whether the message is worth reading: short, a word of forums or dates in it."""
    if not words or len(words) > LONGEST:
        return False
    vocabulary = vocabulary_of(knowledge)
    plain = (word if word in DATE_WORDS else corrected(singular(word), vocabulary) for word in words)
    return any(word in vocabulary.triggers or word[0].isdigit() or word in DATE_WORDS for word in plain)


def read(text: str, knowledge: Knowledge, today: date, *, english: bool = False) -> Asked:
    """The message in the calendar's words."""
    asked = _read(text, knowledge, dates_in(text, today, english=english))
    if "past" in asked.asks and not asked.dates.year_said:
        return _read(text, knowledge, dates_in(text, today, past=True, english=english))
    return asked


def _read(text: str, knowledge: Knowledge, dates: Dates) -> Asked:
    vocabulary = vocabulary_of(knowledge)
    plain = tuple(word if word == CONSUMED else singular(word) for word in dates.rest)
    words = tuple(corrected(word, vocabulary) for word in plain)
    several = frozenset(at for at, said in enumerate(dates.rest) if said in SEVERAL)
    placed = _placed(words, vocabulary, several)
    found, unknown = placed.found, placed.unknown
    return Asked(
        dates=dates,
        series=tuple(found.get(WordKind.SERIES, ())),
        editions=tuple(found.get(EVENT, ())),
        topics=tuple(found.get(WordKind.TOPIC, ())),
        kinds=tuple(found.get(WordKind.KIND, ())),
        places=tuple(found.get(WordKind.PLACE, ())),
        asks=frozenset(found.get(WordKind.ASK, ())),
        unknown=tuple(dates.rest[at] for at in unknown),
        guessed=tuple(said for said, word, read in zip(dates.rest, plain, words, strict=True) if word != read),
        elsewhere=sum(words[at] in vocabulary.elsewhere for at in unknown),
        words=frozenset(words),
        length=len(words),
        plural=bool(PLURALS & set(dates.rest)),
        for_osc=not ORGANISATIONS.isdisjoint(words),
        stranger=placed.stranger,
        without=placed.without,
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """Ids that the words name, by kind; where words stand that name nothing; whether such a word follows "foro"."""

    found: dict[str, dict[str, None]]
    unknown: list[int]
    stranger: bool
    without: frozenset[Meaning]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase of ours and where its words stand."""

    meaning: Meaning
    at: frozenset[int]


def _placed(words: tuple[str, ...], vocabulary: Vocabulary, several: frozenset[int]) -> _Placed:
    hits: list[_Hit] = []
    at = 0
    while at < len(words):
        length, meanings = _longest(words, at, vocabulary, several)
        hits += [_Hit(meaning, frozenset(range(at, at + length))) for meaning in meanings]
        at += length or 1
    apart = [
        hit
        for hit in _apart(words, vocabulary)
        if not hit.at & several and not any(_is_name(h) and hit.at <= h.at for h in hits)
    ]
    hits = [hit for hit in hits if not (_is_name(hit) and any(_content(hit, words) < other.at for other in apart))]
    hits += [hit for hit in apart if not any(hit.at < other.at for other in apart)]
    hits = _with_hints(hits, words, vocabulary)
    found: dict[str, dict[str, None]] = {}
    without: set[Meaning] = set()
    for hit in sorted(hits, key=lambda hit: min(hit.at)):
        if hit.meaning[0] in EXCLUDED and _is_excluded(words, min(hit.at)):
            without.add(hit.meaning)
        else:
            found.setdefault(hit.meaning[0], {})[hit.meaning[1]] = None
    without -= {(kind, name) for kind, names in found.items() for name in names}
    known = {at for hit in hits for at in hit.at}
    plain = {CONSUMED} | (NOT if without else frozenset())
    unknown = [at for at, word in enumerate(words) if at not in known and word not in plain and not word.isdigit()]
    return _Placed(found, unknown, _has_stranger(hits, unknown, words), frozenset(without))


def _with_hints(hits: list[_Hit], words: tuple[str, ...], vocabulary: Vocabulary) -> list[_Hit]:
    """Beside a forum, everyday words too: they go before what else their words may mean."""
    forum = any(hit.meaning[0] in SPEAKS_OF_FORUMS for hit in hits)
    hints = [_Hit(*hint) for hint in hints_in(words, {at for hit in hits for at in hit.at}, vocabulary, forum=forum)]
    return [hit for hit in hits if not any(hit.at < hint.at for hint in hints)] + hints


def _is_name(hit: _Hit) -> bool:
    return hit.meaning[0] in (WordKind.SERIES, EVENT)


def _content(hit: _Hit, words: Sequence[str]) -> set[int]:
    return {at for at in hit.at if len(words[at]) > 2}


def _apart(words: tuple[str, ...], vocabulary: Vocabulary) -> list[_Hit]:
    """Names whose words stand near one another in any order."""
    present = frozenset(words)
    hits = []
    for name, meaning in vocabulary.apart:
        if name <= present and (at := _nearest(name, words)):
            hits.append(_Hit(meaning, at))
    return hits


def _nearest(name: frozenset[str], words: Sequence[str]) -> frozenset[int]:
    """Where the words of a name stand, close together; empty where they are too far apart."""
    last: dict[str, int] = {}
    for at, word in enumerate(words):
        if word in name:
            last[word] = at
            if len(last) == len(name) and at - min(last.values()) < len(name) + SPREAD:
                return frozenset(last.values())
    return frozenset()


def _is_excluded(words: Sequence[str], at: int) -> bool:
    """Whether a "not" stands before it."""
    before = at - 1
    while before >= 0 and words[before] in NOT_LINKS:
        before -= 1
    return before >= 0 and words[before] in NOT and (words[before] != "no" or before < at - 1)


def _has_stranger(hits: Sequence[_Hit], unknown: Sequence[int], words: Sequence[str]) -> bool:
    nouns = [hit.at for hit in hits if hit.meaning[0] == WordKind.KIND and hit.meaning[1] in STRANGERS]
    # With a topic of ours it is a forum on that, unless the name begins at once: "foro económico de mujeres".
    within = 1 if any(hit.meaning[0] == WordKind.TOPIC for hit in hits) else NAME_WITHIN
    behind = any(0 < at - max(noun) <= within for noun in nouns for at in unknown)
    about = [at for hit in hits if hit.meaning == (WordKind.KIND, "event") for at in hit.at]
    behind = behind or any(0 < at - event <= 2 and words[at - 1] in ABOUT for event in about for at in unknown)
    return behind or any(at + 1 in noun and words[at + 1] in BEFORE_NOUN for noun in nouns for at in unknown)


def _longest(
    words: tuple[str, ...], at: int, vocabulary: Vocabulary, several: frozenset[int]
) -> tuple[int, list[Meaning]]:
    """How many words the longest phrase from here has, and all that it may mean."""
    length, meanings = 0, list[Meaning]()
    for phrase, meaning in vocabulary.phrases.get(words[at], ()):
        if len(phrase) < length:
            break
        if meaning[0] in (WordKind.SERIES, EVENT) and not several.isdisjoint(range(at, at + len(phrase))):
            continue
        if words[at : at + len(phrase)] == phrase:
            length = len(phrase)
            meanings.append(meaning)
    return length, meanings
