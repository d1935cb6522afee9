"""Which aspects of a thing a text of ours answers: cost, place, requirements …, whatever section it stands in."""

from collections.abc import Mapping
from functools import lru_cache

from knowledge.addresses import PLACEHOLDER, in_language
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect


@lru_cache(maxsize=4)
def _held(knowledge: Knowledge) -> FrameSet[Aspect]:
    return FrameSet((words.id, frame) for words in knowledge.aspects.values() for frame in words.held)


def held_by(text: str, knowledge: Knowledge) -> frozenset[Aspect]:
    """The aspects that a text of ours answers, whatever section it stands in: "es gratis" tells a cost."""
    valued = PLACEHOLDER.sub(lambda found: _value(found.group(1), knowledge), text)
    return frozenset(match.key for match in _held(knowledge).find(fold(valued)))


def _value(item: str, knowledge: Knowledge) -> str:
    """What stands in a text for a fact or contact, for reading only."""
    found = knowledge.facts.get(item) or knowledge.contacts.get(item)
    return in_language(found.value, "es") if found and found.value else ""


@lru_cache(maxsize=512)
def held_in(topic_id: str, knowledge: Knowledge) -> Mapping[str, frozenset[Aspect]]:
    """By section of a topic, the aspects that its text answers."""
    sections = knowledge.topics[topic_id].sections
    told = {each.id: " ".join(words.es for words in (each.text, *each.steps)) for each in sections}
    return {name: held_by(text, knowledge) for name, text in told.items()}
