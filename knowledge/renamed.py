"""Topics and sections that were called otherwise before: their ids are a contract with states, buttons and labels."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic


def names_before(topic: Topic, section: Section) -> Iterator[str]:
    """The ids of before (`topic/section`) under which a section was known; a bare id in `was` is of its own topic."""
    own = [one for one in section.was if "/" not in one]
    for name in (topic.id, *topic.was):
        yield from (f"{name}/{one}" for one in (*own, *([section.id] if name != topic.id else [])))
    yield from (one for one in section.was if "/" in one)


@lru_cache(maxsize=4)
def renamed(knowledge: Knowledge) -> Mapping[str, str]:
    """Topics and sections (`topic/section`) by their ids of before -> their ids of today."""
    topics = knowledge.topics.values()
    sections = ((topic, section) for topic in topics for section in topic.sections)
    return {old: topic.id for topic in topics for old in topic.was} | {
        old: f"{topic.id}/{section.id}" for topic, section in sections for old in names_before(topic, section)
    }


def called_now(name: str, knowledge: Knowledge) -> str:
    """A topic or section by its id of today; of a section that is gone from a renamed topic, the topic's."""
    held = renamed(knowledge)
    return held.get(name) or held.get(name.partition("/")[0]) or name
