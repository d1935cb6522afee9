"""What the ranker is taught: phrases, names of topics and of the catalogue, threads, everyday talk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle

from bot.dialogue.ranking.ranker import EVERYDAY, row_of
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import SectionPhrases, Topic

MEXICO = "MX"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text and where it leads; `exact` false: any section of the topic that speaks of the same row.

    `opened`: the topic that was open when it was written, of a message in a thread.
    """

    text: str
    topic: str
    section: str
    exact: bool = True
    opened: str | None = None


def lessons_of(knowledge: Knowledge) -> tuple[Lesson, ...]:
    """In a fixed order: the same content teaches the same."""
    return tuple(_lessons(knowledge))


def _lessons(knowledge: Knowledge) -> Iterator[Lesson]:
    states = _states(knowledge)
    own = sorted({*states}.intersection(*[chain.from_iterable(name.split("-") for name in knowledge.topics)]))
    for topic in knowledge.topics.values():
        yield from _named(topic)
        of_a_state = bool(_names_one(topic, states))
        for section_id, phrases in _phrases(knowledge, topic):
            texts = tuple(phrases.texts())
            yield from (Lesson(text, topic.id, section_id) for text in texts)
            yield from (Lesson(text, topic.id, section_id, opened=topic.id) for text in phrases.then)
            if not of_a_state:
                yield from (Lesson(moved, topic.id, section_id) for moved in _moved(texts, states, own))
    yield from _catalogued(knowledge)
    yield from _in_threads(knowledge)
    yield from _in_talks(knowledge)
    for kind, texts in knowledge.everyday.items():
        yield from (Lesson(text, EVERYDAY, kind.value) for text in texts)


def _in_threads(knowledge: Knowledge) -> Iterator[Lesson]:
    for thread in (one for field in knowledge.threads.values() for one in field.threads):
        topic = thread.opens
        for message in thread.then:
            opened, topic = topic, message.topic or topic
            if message.section is not None or message.bearing is Bearing.OTHER:
                section = message.section or knowledge.topics[topic].sections[0].id
                yield Lesson(message.text, topic, section, exact=message.section is not None, opened=opened)


def _in_talks(knowledge: Knowledge) -> Iterator[Lesson]:
    """The messages that something answers, behind what answered the one before."""
    for talk in (one for hand in knowledge.talks.values() if hand.ranks for one in hand.talks):
        opened: str | None = None
        for message in talk.turns:
            if message.lesson and message.known and message.ok:
                topic, _, section = message.ok[0].partition("/")
                exact = section or knowledge.topics[topic].sections[0].id
                yield Lesson(message.say, topic, exact, exact=bool(section), opened=opened)
                opened = topic


def _states(knowledge: Knowledge) -> tuple[str, ...]:
    """The states of Mexico that one word names."""
    return tuple(
        fold(one.name.es) for one in knowledge.regions.values() if one.country == MEXICO and " " not in one.name.es
    )


def _names_one(topic: Topic, states: Sequence[str]) -> set[str]:
    """The states that a topic is called after."""
    return set(fold(" ".join((topic.id, *chain.from_iterable(topic.names.values())))).replace("-", " ").split()) & {
        *states
    }


def _moved(texts: Iterable[str], states: Sequence[str], own: Sequence[str]) -> Iterator[str]:
    """Texts that name a state, with another in its place, every other time one that has topics of its own.

    So no topic hangs on where somebody's mother lives.
    """
    others = cycle(chain.from_iterable(zip(states, cycle(own), strict=False)))
    known = frozenset(states)
    for text in texts:
        words = fold(text).split()
        if not known.isdisjoint(words):
            named = next(state for state in states if state in words)
            other = next(state for state in others if state != named)
            yield " ".join(other if word == named else word for word in words)


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
