"""Where the sections of each topic stand in the hidden space of the ranker: made once, kept by hash."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from bot.dialogue.ranking.model_files import Arrays, fingerprint, kept, packed, unpacked
from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.trained import ranker_name, ranker_of
from bot.dialogue.words.features import Floats
from knowledge.addresses import PLACEHOLDER
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic

LEAST = 1e-9
"""No length counts as less."""


def directions(topic: Topic, knowledge: Knowledge) -> Floats:
    """Sections x hidden: in which direction each stands from the middle of its topic, of length 1."""
    return points_of(knowledge)[topic.id]


def towards(text: str, topic: Topic, ranker: Ranker, knowledge: Knowledge) -> Floats:
    """How far a message stands in the direction of each section: -1 to 1."""
    point = ranker.point(text)
    found: Floats = directions(topic, knowledge) @ point / max(float(np.linalg.norm(point)), LEAST)
    return found


@lru_cache(maxsize=4)
def points_of(knowledge: Knowledge) -> Mapping[str, Floats]:
    """By topic; the first call for new texts, or for a new ranker, makes them, in some seconds."""
    told = [(topic.id, _told(section)) for topic in knowledge.topics.values() for section in topic.sections]
    name = f"points-{fingerprint((), (ranker_name(knowledge), told))}"
    return kept(knowledge.root, name, lambda: _arrays(knowledge), _read)


def _arrays(knowledge: Knowledge) -> Arrays:
    ranker = ranker_of(knowledge)
    rows = [_from_middle(topic, ranker) for topic in knowledge.topics.values()]
    counts = np.array([len(topic.sections) for topic in knowledge.topics.values()])
    return {"topics": packed(knowledge.topics), "counts": counts, "rows": np.concatenate(rows).astype(np.float16)}


def _from_middle(topic: Topic, ranker: Ranker) -> Floats:
    points = np.array([sum(ranker.point(text) for text in _told(section)) for section in topic.sections])
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), LEAST)
    points -= points.mean(axis=0)
    result: Floats = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), LEAST)
    return result


def _read(held: Arrays) -> Mapping[str, Floats]:
    ends = np.cumsum(held["counts"])
    if len(held["rows"]) != ends[-1]:
        raise ValueError("the arrays do not fit one another")
    return dict(zip(unpacked(held["topics"]), np.split(held["rows"].astype(np.float32), ends[:-1]), strict=True))


def _told(section: Section) -> tuple[str, ...]:
    """The texts of a section, each by itself, so that a long one weighs no more than the label."""
    words = [one for one in (section.text, *section.steps, section.do, section.title) if one]
    return tuple(PLACEHOLDER.sub(" ", text) for one in words for text in (one.es, one.en))
