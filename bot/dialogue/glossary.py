"""A message that only asks what an acronym or official name means, or only says it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from rapidfuzz.distance import OSA

from bot.dialogue.lessons import lessons_of
from bot.dialogue.phrasing import spell_out
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge
from knowledge.schema.glossary import Term
from knowledge.schema.topics import Section

ARTICLES = frozenset({"el", "la", "los", "las", "un", "una", "the", "a", "an", "lo", "del", "de"})
LONGEST = 20
"""Words of a message that is read as such a question."""
SHORTEST_MISSPELT = 4
"""Letters of an acronym that is known with one letter changed, or two swapped; from one more on, also one missing."""
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
    """The same with their articles."""


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


def is_name(text: str, knowledge: Knowledge) -> bool:
    """Whether the whole message, articles and all, is the name of a topic."""
    return spell_out(text, knowledge.spelling) in _index(knowledge).whole


def normal(text: str, knowledge: Knowledge) -> str:
    """Spelled out, letters set apart put together ("S. R. E."), without an article before it."""
    words = spell_out(text, knowledge.spelling).split()
    joined = ["".join(run) if len(run) > 1 else run[0] for run in _runs(words)]
    while len(joined) > 1 and joined[0] in ARTICLES:
        joined = joined[1:]
    return " ".join(joined)


def _runs(words: Iterable[str]) -> list[list[str]]:
    """Words, single letters that follow one another as one run."""
    runs = [(single, list(run)) for single, run in groupby(words, key=lambda word: len(word) == 1)]
    return [part for single, run in runs for part in ([run] if single else [[word] for word in run])]


def defined(text: str, knowledge: Knowledge) -> Defined | None:
    """The term that the whole message asks about or is."""
    if not knowledge.glossary or len(text.split()) > LONGEST:
        return None
    index = _index(knowledge)
    name, asked, meaning = asked_about(text, knowledge)
    near = (index.terms[name],) if name in index.terms else _near(name, text, index, knowledge)
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
    return normal(padded[start:end] if start < end else "", knowledge), asked, meaning


def _near(name: str, text: str, index: _Index, knowledge: Knowledge) -> tuple[Term, ...]:
    """The acronyms that are one letter away; none for an everyday word in small letters, which is taken as it is."""
    if len(name) < SHORTEST_MISSPELT or " " in name or name in index.topics:
        return ()
    stretch = int(len(name) > SHORTEST_MISSPELT)
    near = {
        term.id: term
        for known, term in index.terms.items()
        if abs(len(known) - len(name)) <= stretch and OSA.distance(name, known, score_cutoff=1) == 1
    }
    if near and _words(knowledge)[name] >= KNOWN_WORD and not _in_capitals(name, text):
        return ()
    return tuple(near.values())


def spoken_of(term: Term, knowledge: Knowledge) -> Section:
    """The section that speaks of a term."""
    topic = knowledge.topics[term.topic]
    return topic.section(term.section or "") or topic.sections[0]


def confused(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The topics of the acronyms that a misspelt one may mean, where they are more than one."""
    name, _, _ = asked_about(text, knowledge)
    index = _index(knowledge)
    near = _near(name, text, index, knowledge) if name not in index.terms else ()
    return tuple(dict.fromkeys(term.topic for term in near))[:MOST_MEANT] if len(near) > 1 else ()


def _in_capitals(name: str, text: str) -> bool:
    return any(word.isupper() and fold(word).replace(" ", "") == name for word in text.split())


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> Counter[str]:
    """How often each word stands in the phrases."""
    return Counter(word for lesson in lessons_of(knowledge) for word in fold(lesson.text).split())
