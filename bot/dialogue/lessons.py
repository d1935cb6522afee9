"""What the ranker is taught: every phrase and name of the content, and the everyday talk."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.ranker import Column
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, SectionPhrases, Topic

EVERYDAY = ""
"""In place of a topic."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text and where it leads; `exact` false: any section of the topic that speaks of the same row."""

    text: str
    topic: str
    section: str
    exact: bool = True


def columns_of(knowledge: Knowledge) -> tuple[Column, ...]:
    """Every answer that can be learned: all sections, then the kinds of everyday talk."""
    sections = [Column(t.id, s.id, row_of(t, s)) for t in knowledge.topics.values() for s in t.sections]
    return (*sections, *(Column(EVERYDAY, kind.value, kind.value) for kind in knowledge.everyday))


def row_of(topic: Topic, section: Section) -> str:
    """What a section speaks of first: a catalogue row, or the topic itself."""
    return section.covers[0] if section.covers else topic.id


def lessons_of(knowledge: Knowledge) -> Iterator[Lesson]:
    """In a fixed order: the same content teaches the same."""
    for topic in knowledge.topics.values():
        yield from _named(topic)
        for section_id, phrases in _phrases(knowledge, topic):
            yield from (Lesson(text, topic.id, section_id) for text in (*phrases.es, *phrases.en, *phrases.mix))
    yield from _catalogued(knowledge)
    for kind, texts in knowledge.everyday.items():
        yield from (Lesson(text, EVERYDAY, kind.value) for text in texts)


def _phrases(knowledge: Knowledge, topic: Topic) -> Iterator[tuple[str, SectionPhrases]]:
    phrases = knowledge.phrases.get(topic.id)
    for section_id, by_lang in phrases.sections.items() if phrases else ():
        if topic.section(section_id):
            yield section_id, by_lang


def _named(topic: Topic) -> Iterator[Lesson]:
    first = topic.sections[0].id
    names = (*topic.names.get("es", ()), *topic.names.get("en", ()), topic.title.es, topic.title.en)
    for name in dict.fromkeys(names):
        yield Lesson(name, topic.id, first, exact=False)


def _catalogued(knowledge: Knowledge) -> Iterator[Lesson]:
    """The names of the catalogue's rows, each at the first section that speaks of it first."""
    homes: dict[str, tuple[str, str]] = {}
    for topic in knowledge.topics.values():
        for section in topic.sections:
            homes.setdefault(row_of(topic, section), (topic.id, section.id))
    for row in knowledge.catalogue.values():
        if row.id in homes:
            yield from (Lesson(name, *homes[row.id]) for name in dict.fromkeys((row.name.es, row.name.en)))
