"""What there is, how old and how sure it is, and which answers rest on the weakest sources: `kb stats`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from knowledge.brevity import ANSWER, SENTENCE, SHORT, said, sentences, words
from knowledge.citing import shown
from knowledge.frames import fold, frames_of
from knowledge.freshness import is_due, is_withdrawn
from knowledge.model import Knowledge
from knowledge.render import fill
from knowledge.schema.base import LANGS, Confidence, Dated
from knowledge.schema.institutions import SourceKind
from knowledge.schema.topics import Aspect, Section

DOUBT = {Confidence.HIGH: 0.0, Confidence.MEDIUM: 1.0, Confidence.LOW: 2.0}
UNDATED = 0.5
"""Doubt added where the source shows no date."""
OLD_YEARS = 5
LONG = 25
"""Words of a sentence that few read at once; one of a section has SENTENCE at most where a value counts as one."""
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
DOCUMENT = 1.0
"""Doubt of a source document: true of its year, which the answer says."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """An answer and its weakest sources; `doubt`: 0 (sure, dated, new) to 3.5, the mean over what it rests on."""

    answer: str
    doubt: float
    reason: str


def stats(knowledge: Knowledge, today: date) -> dict[str, dict[str, int]]:
    """Counts by heading, in the order in which they are read."""
    own = [topic for topic in knowledge.topics.values() if not topic.card]
    facts, contacts = list(knowledge.facts.values()), list(knowledge.contacts.values())
    phrases = Counter[str]()
    for texts in (texts for each in knowledge.phrases.values() for texts in each.sections.values()):
        phrases.update(es=len(texts.es), en=len(texts.en), mix=len(texts.mix))
    return {
        "answers": {
            "topics": len(own),
            "cards": len(knowledge.topics) - len(own),
            "sections": sum(len(topic.sections) for topic in knowledge.topics.values()),
            "gaps said openly": gaps(knowledge),
            "terms": len(knowledge.glossary),
            "events": len(knowledge.events),
            "consulates": len(knowledge.consulates),
        },
        "step by step": {
            "procedures": len(knowledge.procedures),
            "steps": sum(len(one.steps) for one in knowledge.procedures.values()),
            "papers": sum(len(one.papers) for one in knowledge.procedures.values()),
            "questions": sum(len(one.questions) for one in knowledge.procedures.values()),
            "deadlines": sum(len(one.deadlines) for one in knowledge.procedures.values()),
            "gaps said openly": sum(len(step.gaps) for one in knowledge.procedures.values() for step in one.steps),
        },
        "phrases": dict(phrases),
        "words and sentences": {
            **brevity(knowledge, today),
            "first answers that tell an old year": old_years(knowledge, today),
        },
        "source line of a first answer": lines((topic.sections[0] for topic in knowledge.topics.values()), knowledge),
        "source line of a section": lines(
            (section for topic in knowledge.topics.values() for section in topic.sections), knowledge
        ),
        "facts by confidence": _counted(item.confidence.value for item in facts),
        "facts by the year of their source": _counted((item.as_of or "undated")[:7].split("-")[0] for item in facts),
        "facts by freshness": _counted(_state(item, today) for item in facts),
        "contacts by confidence": _counted(item.confidence.value for item in contacts),
        "contacts by freshness": _counted(_state(item, today) for item in contacts),
    }


def gaps(knowledge: Knowledge) -> int:
    """Aspects of topics that no source answers and that are said to be gaps."""
    own = (topic for topic in knowledge.topics.values() if not topic.card)
    return sum(len(set(Aspect) - {section.aspect for section in topic.sections}) for topic in own)


def brevity(knowledge: Knowledge, today: date) -> dict[str, int]:
    """How long answers are as people read them, each value in full, and how many say that a thing was not found."""
    topics = [topic for topic in knowledge.topics.values() if not topic.card]
    sections = [section for topic in knowledge.topics.values() for section in topic.sections]
    figures = {"short forms": sum(section.short is not None for section in sections)}
    unfound = frames_of(knowledge.follow_ups.unfound)
    for lang in LANGS:
        read = [fill(said(section, lang), knowledge, lang, today).text for section in sections]
        firsts = [words(fill(said(topic.sections[0], lang), knowledge, lang, today).text) for topic in topics]
        shorts = [fill(section.short.say(lang), knowledge, lang, today).text for section in sections if section.short]
        lengths = [words(one) for text in read for one in sentences(text)]
        gaps_told = (any(unfound.first(fold(one)) for one in sentences(text)) for text in read)
        figures |= {
            f"sentences ({lang})": len(lengths),
            **{f"over {most} ({lang})": _over(most, lengths) for most in (SENTENCE, LONG)},
            f"words of a first answer ({lang})": round(median(firsts)),
            f"first answers over {ANSWER} ({lang})": _over(ANSWER, firsts),
            f"sections over {ANSWER} ({lang})": _over(ANSWER, map(words, read)),
            f"short forms over {SHORT} ({lang})": _over(SHORT, map(words, shorts)),
            f"sections that did not find a thing ({lang})": sum(gaps_told),
        }
    return figures


def _over(most: int, lengths: Iterable[int]) -> int:
    return sum(length > most for length in lengths)


def old_years(knowledge: Knowledge, today: date) -> int:
    """First answers with a year in them that is so old that its sources count as doubtful."""
    firsts = (said(topic.sections[0], "es") for topic in knowledge.topics.values() if not topic.card)
    return sum(any(today.year - int(year) >= OLD_YEARS for year in _YEAR.findall(text)) for text in firsts)


def lines(sections: Iterable[Section], knowledge: Knowledge) -> dict[str, int]:
    """Whose is the one source under these answers, how many of them show no date, and how many are a bare host."""
    cited = [shown(section.sources, knowledge, section.text.es) for section in sections]
    kinds = Counter(one.kind for one in cited)
    undated = sum(one.on is None for one in cited)
    bare = sum(one.names is None for one in cited)
    return {**{kind.value: kinds[kind] for kind in SourceKind}, "undated": undated, "bare host": bare}


def least_trusted(knowledge: Knowledge, today: date, count: int) -> list[Doubted]:
    """The answers with the most doubt, the most doubtful first."""
    answers = [
        _doubted(f"{topic.id}/{section.id}", section, knowledge, today)
        for topic in knowledge.topics.values()
        for section in topic.sections
        if not topic.card
    ]
    return sorted(answers, key=lambda one: (-one.doubt, one.answer))[:count]


def _doubted(answer: str, section: Section, knowledge: Knowledge, today: date) -> Doubted:
    weighed = [(_doubt(knowledge.dated(source), today), source) for source in section.sources]
    worst = [source for doubt, source in sorted(weighed, reverse=True) if doubt > DOCUMENT][:3]
    mean = sum(doubt for doubt, _ in weighed) / len(weighed)
    reason = ", ".join(_why(knowledge.dated(source), source) for source in worst) or "source documents only"
    return Doubted(answer, round(mean, 2), reason)


def _doubt(item: Dated | None, today: date) -> float:
    if item is None:
        return DOCUMENT
    old = item.as_of is not None and today.year - int(item.as_of[:4]) >= OLD_YEARS
    return DOUBT[item.confidence] + UNDATED * (item.as_of is None) + old


def _why(item: Dated | None, source: str) -> str:
    return source if item is None else f"{source} ({item.confidence}, {item.as_of or 'undated'})"


def _state(item: Dated, today: date) -> str:
    return "withdrawn" if is_withdrawn(item, today) else "due" if is_due(item, today) else "fresh"


def _counted(keys: Iterator[str]) -> dict[str, int]:
    return dict(sorted(Counter(keys).items()))
