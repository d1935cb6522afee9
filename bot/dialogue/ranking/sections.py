"""Every section as rows of arrays: its topic, aspect, place, people; the words that tell it from others, and where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.ranker import Ranker, ranker_of
from bot.dialogue.words.features import REMEMBERED, SHORT_STEM, Floats, features_of, stems_of
from bot.dialogue.words.phrasing import sound, spell_out
from bot.dialogue.words.questions import untold_words
from knowledge.frames import framed
from knowledge.held_aspects import held_in
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, People, Section, Topic, Where

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
ASPECTS = (*Aspect, None)
PLACES = (*Where, None)
GROUPS = tuple(People)
RAREST = 8.0
"""What a word that nobody taught counts: it may be misspelled."""
MOST = 12
"""Words of a message that are looked for; a long story is read by what was learned."""
Keys = frozenset[str]
"""How one word may be met again: its stems by ear, and the concepts that it names."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word, or a concept of several, and how seldom it is said."""

    keys: Keys
    rarity: float


@lru_cache(maxsize=REMEMBERED)
def said_in(text: str, ranker: Ranker, knowledge: Knowledge) -> tuple[Said, ...]:
    """The words of a message that can tell one section from another."""
    empty, reads = untold_words(knowledge), features_of(knowledge)
    words = spell_out(text, knowledge.spelling).split()
    told = [word for word in words if word not in empty and not word.isdigit()]  # an age, a year: a circumstance
    found = [_said(word, ranker, knowledge) for word in told]
    known = frozenset[str]().union(*(word.keys for word in found))
    # A concept of several words ("se me acaba el tiempo") is one word more.
    several = (concept for concept in reads.concepts(words) if f"k:{concept}" not in known)
    found += [Said(frozenset({f"k:{concept}"}), ranker.rarity([f"k:{concept}"])) for concept in several]
    stands_for = framed(knowledge, "follow_ups", "stands_for")
    meant = dict.fromkeys(match.key for match in stands_for.find(" ".join(words)))
    found += [Said(own_keys(label, knowledge), ranker.rarity(())) for label in meant]
    return tuple(found[-MOST:])


def own_keys(text: str, knowledge: Knowledge) -> Keys:
    """The stems of its words alone."""
    return frozenset[str]().union(*map(_stems, spell_out(text, knowledge.spelling).split()))


@lru_cache(maxsize=32768)
def _said(word: str, ranker: Ranker, knowledge: Knowledge) -> Said:
    keys = _stems(word) | {f"k:{concept}" for concept in features_of(knowledge).concepts([word])}
    return Said(keys, min(RAREST, ranker.rarity(f"w:{stem}" for stem in stems_of(word))))


@lru_cache(maxsize=32768)
def _stems(word: str) -> Keys:
    heard = (sound(stem) for stem in stems_of(word))
    return frozenset(said if len(said) >= SHORT_STEM else sound(word) for said in heard)


@dataclass(frozen=True, eq=False)
class Sections:
    """Rows in the order of the ranker's columns, those of everyday talk left out."""

    topics: Sequence[Topic]
    """In the order of the ranker's topics."""
    sections: Sequence[Section]
    topic_of: Numbers
    names: Sequence[tuple[str, str]]
    """The ids of topic and section."""
    place_of: Mapping[str, int]
    """`topic/section` -> row."""
    begins: Numbers
    """Where the rows of each topic begin, as the content has them."""
    written: Numbers
    """Of each topic its place in the content."""
    first: Floats
    aspect: Numbers
    """Place in ASPECTS."""
    holds: Flags
    """Rows x ASPECTS: the text answers it besides its own."""
    where: Numbers
    """Place in PLACES, of the section or of its topic."""
    lands: Flags
    """Whether it speaks of some countries alone."""
    people: Flags
    """Rows x GROUPS: it is for these alone."""
    situations: Sequence[str]
    only: Flags
    """Rows x situations: it is for these alone."""

    def by_topic(self, likely: Floats) -> Floats:
        """The likelihood of each topic, from that of each section; of one reading or of several."""
        found: Floats = np.add.reduceat(likely[..., : len(self.sections)], self.begins, axis=-1)
        return found[..., self.written]

    def among(self, topics: Iterable[int | None]) -> Floats:
        """1 for the topics named."""
        found = np.zeros(len(self.topics), np.float32)
        found[[one for one in topics if one is not None]] = 1.0
        return found


@lru_cache(maxsize=4)
def sections_of(knowledge: Knowledge) -> Sections:
    """Made once for a Knowledge."""
    ranker = ranker_of(knowledge)
    columns = [one for one in ranker.model.columns if one.topic]
    rows = [(knowledge.topics[one.topic], knowledge.topics[one.topic].section_or_first(one.section)) for one in columns]
    held = [held_in(topic.id, knowledge)[section.id] for topic, section in rows]
    people = [topic.people if section.people is None else section.people for topic, section in rows]
    situations = sorted({name for _, section in rows for name in section.only})
    first_row: dict[str, int] = {}
    for row, (topic, _) in enumerate(rows):
        first_row.setdefault(topic.id, row)
    written = {name: number for number, name in enumerate(first_row)}
    return Sections(
        topics=[knowledge.topics[name] for name in ranker.topics],
        sections=[section for _, section in rows],
        topic_of=np.array([ranker.number_of[topic.id] for topic, _ in rows]),
        names=[(topic.id, section.id) for topic, section in rows],
        place_of={f"{topic.id}/{section.id}": row for row, (topic, section) in enumerate(rows)},
        begins=np.array([*first_row.values()]),
        written=np.array([written[name] for name in ranker.topics]),
        first=np.array([topic.sections[0] is section for topic, section in rows], np.float32),
        aspect=np.array([ASPECTS.index(section.aspect) for _, section in rows]),
        holds=np.array([[aspect in one for aspect in ASPECTS] for one in held]),
        where=np.array([PLACES.index(section.where or topic.where) for topic, section in rows]),
        lands=np.array([bool(section.countries) for _, section in rows]),
        people=np.array([[group in one for group in GROUPS] for one in people]),
        situations=situations,
        only=np.array([[name in section.only for name in situations] for _, section in rows]),
    )
