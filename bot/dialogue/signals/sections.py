"""Every section that the ranker knows, as rows of arrays: its topic, aspect, and for whom and where it is."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.aspects import held_in
from bot.dialogue.words.features import Floats
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, People, Section, Topic, Where

Numbers = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Sections:
    """Rows in the order of the ranker's columns, those of everyday talk left out."""

    topics: tuple[Topic, ...]
    """In the order of the ranker's topics."""
    sections: tuple[Section, ...]
    topic_of: Numbers
    place_of: dict[str, int]
    """`topic/section` -> row."""
    order: Numbers
    """The place of each among those of its topic."""
    aspects: tuple[frozenset[Aspect], ...]
    """What the text of each answers besides its own aspect."""
    where: tuple[Where | None, ...]
    own_where: NDArray[np.bool_]
    """It is said of the section, not of its topic as a whole."""
    people: tuple[frozenset[People], ...]
    card: Floats
    talk: Numbers
    """The columns of everyday talk."""

    def id(self, row: int) -> str:
        """`topic/section`."""
        return f"{self.topics[self.topic_of[row]].id}/{self.sections[row].id}"

    def rows(self, topic: int) -> Numbers:
        """Those of a topic."""
        found: Numbers = np.flatnonzero(self.topic_of == topic)
        return found

    def by_topic(self, likely: Floats) -> Floats:
        """The likelihood of each topic, from that of each section."""
        result: Floats = np.bincount(self.topic_of, likely[: len(self.sections)], len(self.topics))
        return result


@lru_cache(maxsize=4)
def sections_of(knowledge: Knowledge) -> Sections:
    """Made once for a Knowledge."""
    ranker: Ranker = ranker_of(knowledge)
    topics = tuple(knowledge.topics[name] for name in ranker.topics)
    columns = [one for one in ranker.model.columns if one.topic]
    rows = [(knowledge.topics[one.topic], knowledge.topics[one.topic].section_or_first(one.section)) for one in columns]
    return Sections(
        topics=topics,
        sections=tuple(section for _, section in rows),
        topic_of=np.array([ranker.number_of[topic.id] for topic, _ in rows]),
        place_of={f"{topic.id}/{section.id}": row for row, (topic, section) in enumerate(rows)},
        order=np.array([topic.sections.index(section) for topic, section in rows]),
        aspects=tuple(held_in(topic.id, knowledge)[section.id] for topic, section in rows),
        where=tuple(section.where or topic.where for topic, section in rows),
        own_where=np.array([section.where is not None for _, section in rows]),
        people=tuple(frozenset(topic.people if section.people is None else section.people) for topic, section in rows),
        card=np.array([topic.card for topic, _ in rows], dtype=np.float32),
        talk=np.array(list(ranker.talk.values())),
    )


def told_text(section: Section) -> str:
    """All that a section says, in Spanish, with its label."""
    words = (section.title, section.text, *section.steps, section.do)
    return " ".join(chain.from_iterable((one.es,) for one in words if one))
