"""A message that only asks what an acronym or official name means, or only says it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from bot.dialogue.ranking.model_files import Arrays, kept_whole, lessons, packed, unpacked
from bot.dialogue.words.phrasing import REMEMBERED, spell_out
from knowledge.frames import FrameSet, fold, frames_of
from knowledge.model import Knowledge
from knowledge.schema.glossary import Term

ARTICLES = frozenset({"el", "la", "los", "las", "un", "una", "the", "a", "an", "lo", "del", "de"})
LONGEST = 20
"""Words of a message that is read as such a question."""
SHORTEST_MISSPELT = 5
"""Letters of an acronym that is known with two letters swapped or one missing."""
SHORTEST_SAID = 4
"""Letters of one that is known so though it stands alone: "what is SARE" may be of something that we do not know."""
SHORTEST_ALONE = 3
"""Letters that need no capitals where they stand alone."""
MOST_MEANT = 3
"""Topics that are asked about at once."""
KNOWN_WORD = 3
"""Times that a word stands in the phrases from which it is no misspelt acronym."""


@dataclass(frozen=True, slots=True)
class Defined:
    """A term that was asked about; `leads`: its sentence answers, else the first section of its topic."""

    term: Term
    leads: bool


@dataclass(frozen=True, slots=True)
class _Index:
    terms: Mapping[str, Term]
    """Acronyms and full names, spelled out."""
    questions: FrameSet[bool]
    """True: the words behind the letters are wanted."""
    topics: frozenset[str]
    """The names of topics."""
    whole: frozenset[str]
    """The names of topics with their articles."""


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> _Index:
    terms = {
        normal(name, knowledge): term
        for term in knowledge.glossary.values()
        for name in (term.name.es, term.name.en, *term.terms)
    }
    frames = knowledge.definitions
    topics = knowledge.topics.values()
    named = [name for topic in topics for names in topic.names.values() for name in names]
    named += [title for topic in topics for title in (topic.title.es, topic.title.en)]
    return _Index(
        terms=terms,
        questions=FrameSet([*((True, frame) for frame in frames.means), *((False, frame) for frame in frames.what)]),
        topics=frozenset(normal(name, knowledge) for name in named),
        whole=frozenset(spell_out(name, knowledge.spelling) for name in named),
    )


def normal(text: str, knowledge: Knowledge) -> str:
    """Spelled out, letters set apart put together ("S. R. E."), without an article before it."""
    runs = groupby(fold(text).split(), key=lambda word: len(word) == 1)
    joined = " ".join(("" if single else " ").join(run) for single, run in runs)
    words = spell_out(joined, knowledge.spelling).split()
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(words)


def defined(text: str, knowledge: Knowledge) -> Defined | None:
    """The term that the whole message asks about or is."""
    if not knowledge.glossary or len(text.split()) > LONGEST:
        return None
    index = _index(knowledge)
    name, asked, meaning = asked_about(text, knowledge)
    near = (index.terms[name],) if name in index.terms else _near(name, text, index, knowledge, asked=asked)
    if len(near) != 1:
        return None
    term = near[0]
    if asked:
        return Defined(term, leads=meaning or not term.own)
    # Alone, the name of a topic is left to the topics.
    everyday = term.word or len(name) < SHORTEST_ALONE
    if name in index.topics or (everyday and not _in_capitals(name, text)):
        return None
    return Defined(term, leads=not term.own)


@lru_cache(maxsize=REMEMBERED)
def asked_about(text: str, knowledge: Knowledge) -> tuple[str, bool, bool]:
    """What is left without the words of such a question; whether there were any; whether they ask for the meaning."""
    spelled = spell_out(text, knowledge.spelling)
    padded = f" {spelled} "
    start, end, asked, meaning = 1, len(padded), False, False
    for match in _index(knowledge).questions.find(spelled):
        if match.frame.startswith("^"):
            start = max(start, match.end)
        else:
            end = min(end, match.start)
        asked, meaning = True, meaning or match.key
    if not asked:
        return normal(text, knowledge), asked, meaning  # "S.R.E." as it is written: spelled out it is "s are e"
    return normal(padded[start:end] if start < end else "", knowledge), asked, meaning


INSTITUTION = "INSTITUTION"
"""Where its names stand in the frames of who asks how it is reached."""


@lru_cache(maxsize=4)
def _reached(knowledge: Knowledge) -> FrameSet[str]:
    named = [(one, (one.name.es, one.name.en, *one.terms)) for one in knowledge.glossary.values() if one.reach]
    spelled = [(one.id, "|".join(spell_out(name, knowledge.spelling) for name in names)) for one, names in named]
    frames = knowledge.definitions.reached
    return FrameSet((name, frame.replace(INSTITUTION, f"({names})")) for frame in frames for name, names in spelled)


@lru_cache(maxsize=REMEMBERED)
def reached(text: str, knowledge: Knowledge) -> Term | None:
    """The institution whose phone, mail or page a text asks for, if it has any that we may say."""
    spelled = spell_out(text, knowledge.spelling)
    found = _reached(knowledge).first(spelled)
    called = found and frames_of(knowledge.definitions.reached_unless).first(spelled)
    return knowledge.glossary[found.key] if found and not called else None


def _near(name: str, text: str, index: _Index, knowledge: Knowledge, *, asked: bool) -> tuple[Term, ...]:
    """The acronyms of which this has two letters swapped or one missing; none for an everyday word in small letters."""
    if len(name) < (SHORTEST_MISSPELT if asked else SHORTEST_SAID) or " " in name or name in index.topics:
        return ()
    near = {
        term.id: (term, sorted(name) == sorted(known) or len(known) > len(name) >= SHORTEST_MISSPELT)
        for known, term in index.terms.items()
        if len(known) >= len(name) and OSA.distance(name, known, score_cutoff=1) == 1
    }
    if near and name in _known(knowledge).words and not _in_capitals(name, text):
        return ()
    sure = tuple(term for term, is_sure in near.values() if is_sure)
    # What stands alone and is as near to another is asked about.
    return sure if asked or not sure else tuple(term for term, _ in near.values())


def confused(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The topics of the acronyms that a misspelt one may mean, where they are more than one."""
    name, asked, _ = asked_about(text, knowledge)
    index = _index(knowledge)
    near = _near(name, text, index, knowledge, asked=asked) if name not in index.terms else ()
    return tuple(dict.fromkeys(term.topic for term in near))[:MOST_MEANT] if len(near) > 1 else ()


def _in_capitals(name: str, text: str) -> bool:
    return any(word.isupper() and fold(word).replace(" ", "") == name for word in text.split())


@lru_cache(maxsize=4)
def _ambiguous(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    return {normal(phrase, knowledge): one.means for one in knowledge.ambiguous.values() for phrase in one.phrases}


def meanings(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The topics that the whole message, or what it asks to explain, may mean; none where it is not declared."""
    name, spelled = asked_about(text, knowledge)[0], spell_out(text, knowledge.spelling)
    if name != spelled and spelled in _index(knowledge).whole:
        return ()  # "UN jobs" is no "jobs" with an article
    return _ambiguous(knowledge).get(name, ())


Place = tuple[str, str]
"""A topic and its section."""


@dataclass(frozen=True, eq=False, slots=True)
class _Known:
    """Texts as 64 bits each, sorted, and the place of each: a dictionary of them would be read for half a second."""

    texts: NDArray[np.uint64]
    at: NDArray[np.uint16]
    places: Sequence[Place]
    words: frozenset[str]
    """Those that stand in them often enough to be no misspelt acronym."""


@lru_cache(maxsize=4)
def _known(knowledge: Knowledge) -> _Known:
    """Kept in a file."""
    return kept_whole("known", knowledge, lambda: _arrays(lessons("ranker_lessons", knowledge)), _read)


def _places(told: Sequence[Any]) -> dict[str, Place | None]:
    """None where two topics know the same words. "¿Cuánto tarda?", of a thread, led there in that thread alone."""
    found: dict[str, Place | None] = {}
    for lesson in (one for one in told if one.opened is None):
        words, place = fold(lesson.text), (lesson.topic, lesson.section)
        first = found.setdefault(words, place)
        if first is not None and first[0] != lesson.topic:
            found[words] = None
        elif first is not None and lesson.exact:
            found[words] = place  # a section's phrase says more than a name of the topic
    return found


def _arrays(told: Sequence[Any]) -> Arrays:
    led = sorted((_number(words), place) for words, place in _places(told).items() if place and place[0])
    times = Counter(chain.from_iterable(fold(lesson.text).split() for lesson in told))
    places = sorted({place for _, place in led})
    numbers = {place: number for number, place in enumerate(places)}
    texts: Arrays = {
        "texts": np.array([text for text, _ in led], np.uint64),
        "at": np.array([numbers[place] for _, place in led], np.uint16),
    }
    words = packed(sorted(word for word, count in times.items() if count >= KNOWN_WORD))
    return {**texts, "places": packed([json.dumps(places)]), "words": words}


def _read(held: Arrays) -> _Known:
    places = [(topic, section) for topic, section in json.loads(unpacked(held["places"])[0])]
    return _Known(held["texts"], held["at"], places, frozenset(unpacked(held["words"])))


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())


@lru_cache(maxsize=REMEMBERED)
def place_of(text: str, knowledge: Knowledge) -> Place | None:
    """Where exactly these words lead, apart from case, accents and punctuation."""
    known, number = _known(knowledge), np.uint64(_number(fold(text)))
    at = int(np.searchsorted(known.texts, number))
    return known.places[known.at[at]] if at < len(known.texts) and known.texts[at] == number else None
