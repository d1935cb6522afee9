"""The words of a title by which somebody names a topic."""

from functools import lru_cache

from knowledge.frames import fold
from knowledge.hearing_steps import Wish, tells_of
from knowledge.model import Knowledge
from knowledge.schema.procedures import Procedure

COMMON = 4
"""Titles of topics that a word stands in which names none of them."""


def names_title(letters: str, topic: str, procedure: Procedure, step: str | None, knowledge: Knowledge) -> bool:
    """Whether words are of the title of a topic, and neither of those of a procedure nor of its step."""
    here = (fold(f"{one.text.es} {one.text.en}").split() for one in procedure.steps if one.id == step)
    own = (title_of(one, knowledge) for one in procedure.topics)
    return not title_of(topic, knowledge).difference(*own, *here).isdisjoint(letters.split())


@lru_cache(maxsize=256)
def title_of(topic: str, knowledge: Knowledge) -> frozenset[str]:
    """The words of a title that few others have."""
    titles = [frozenset(fold(f"{one.title.es} {one.title.en}").split()) for one in knowledge.topics.values()]
    title = knowledge.topics[topic].title
    return frozenset(
        word for word in fold(f"{title.es} {title.en}").split() if sum(word in one for one in titles) <= COMMON
    )


def section_tells(topic: str, section: str, kind: Wish, knowledge: Knowledge) -> bool:
    """Whether the title of a section says that it is of a trouble of this kind."""
    title = knowledge.topics[topic].section_or_first(section).title
    return kind is not Wish.STUCK and title is not None and tells_of(title.es, kind, knowledge)
