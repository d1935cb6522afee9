"""Every section that the ranker knows, as rows of arrays: its topic, aspect, and for whom and where it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.aspects import held_in
from bot.dialogue.words.features import Floats
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, People, Section, Topic, Where

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
ASPECTS = (*Aspect, None)
PLACES = (*Where, None)
GROUPS = tuple(People)


@dataclass(frozen=True, eq=False)
class Sections:
    """Rows in the order of the ranker's columns, those of everyday talk left out."""

    topics: Sequence[Topic]
    """In the order of the ranker's topics."""
    sections: Sequence[Section]
    topic_of: Numbers
    place_of: Mapping[str, int]
    """`topic/section` -> row."""
    first_row: Mapping[str, int]
    """Topic -> the row of its first section; the others follow it."""
    first: Floats
    aspect: Numbers
    """Place in ASPECTS."""
    holds: Flags
    """Rows x ASPECTS: the text answers it besides its own."""
    where: Numbers
    """Place in PLACES, of the section or of its topic."""
    own_where: Floats
    """It is said of the section, not of its topic as a whole."""
    people: Flags
    """Rows x GROUPS: it is for these alone."""
    card: Floats
    only: Mapping[str, Flags]
    """Situation -> the rows that are for it alone."""
    words: Sequence[str]
    """All that each says in Spanish, with its label, folded."""

    def id(self, row: int) -> str:
        """`topic/section`."""
        return f"{self.topics[self.topic_of[row]].id}/{self.sections[row].id}"

    def by_topic(self, likely: Floats) -> Floats:
        """The likelihood of each topic, from that of each section."""
        return np.bincount(self.topic_of, likely[: len(self.sections)], len(self.topics)).astype(np.float32)

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
    situations = {name for _, section in rows for name in section.only}
    first_row: dict[str, int] = {}
    for row, (topic, _) in enumerate(rows):
        first_row.setdefault(topic.id, row)
    return Sections(
        topics=[knowledge.topics[name] for name in ranker.topics],
        sections=[section for _, section in rows],
        topic_of=np.array([ranker.number_of[topic.id] for topic, _ in rows]),
        place_of={f"{topic.id}/{section.id}": row for row, (topic, section) in enumerate(rows)},
        first_row=first_row,
        first=np.array([topic.sections[0] is section for topic, section in rows], np.float32),
        aspect=np.array([ASPECTS.index(section.aspect) for _, section in rows]),
        holds=np.array([[aspect in one for aspect in ASPECTS] for one in held]),
        where=np.array([PLACES.index(section.where or topic.where) for topic, section in rows]),
        own_where=np.array([section.where is not None for _, section in rows], np.float32),
        people=np.array([[group in one for group in GROUPS] for one in people]),
        card=np.array([topic.card for topic, _ in rows], np.float32),
        only={name: np.array([name in section.only for _, section in rows]) for name in sorted(situations)},
        words=[fold(_told(section)) for _, section in rows],
    )


def _told(section: Section) -> str:
    words = (section.title, section.text, *section.steps, section.do)
    return " ".join(one.es for one in words if one)
