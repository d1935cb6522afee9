"""Where every word stands in the sections of our topics."""

from collections import Counter
from typing import NamedTuple

import numpy as np

from bot.dialogue.ranking.model_files import Arrays, packed
from bot.dialogue.ranking.section_words import Keys, labels_of, own_keys, taught_in, told_in
from bot.dialogue.words.features import features_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.addresses import PLACEHOLDER
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic


class Standing(NamedTuple):
    """Where one key stands in a section: on its label, in its text, in a share of its phrases."""

    section: int
    label: bool
    text: bool
    phrases: float


def arrays(knowledge: Knowledge) -> Arrays:
    """The rows of a Table, as they are kept in a file."""
    found = [
        (number, key, Standing(place, *where))
        for number, topic in enumerate(knowledge.topics.values())
        for place, section in enumerate(topic.sections)
        for key, where in _stands(topic, section, knowledge).items()
    ]
    keys = {key: number for number, key in enumerate(sorted({key for _, key, _ in found}))}
    rows = sorted((topic * len(keys) + keys[key], one) for topic, key, one in found)
    return {
        "keys": packed(keys),
        "topics": packed(knowledge.topics),
        "codes": np.array([code for code, _ in rows], dtype=np.int64),
        "section": np.array([one.section for _, one in rows], dtype=np.uint8),
        "label": np.array([one.label for _, one in rows], dtype=np.bool_),
        "text": np.array([one.text for _, one in rows], dtype=np.bool_),
        "phrases": np.array([one.phrases for _, one in rows], dtype=np.float32),
    }


def _stands(topic: Topic, section: Section, knowledge: Knowledge) -> dict[str, tuple[bool, bool, float]]:
    phrases = taught_in(topic, section, knowledge)
    counts = Counter(key for phrase in phrases for key in _keys_of(phrase, knowledge))
    # The label's own words only: a concept as wide as PARENT would be heard in every "mi mamá".
    label, text = own_keys(labels_of(section, knowledge), knowledge), _keys_of(told_in(section), knowledge)
    return {
        key: (key in label, key in text, counts[key] / len(phrases) if phrases else 0.0)
        for key in label | text | counts.keys()
    }


def _keys_of(text: str, knowledge: Knowledge) -> Keys:
    """The keys of all words of a text of ours."""
    text = PLACEHOLDER.sub(" ", text)
    concepts = features_of(knowledge).concepts(spell_out(text, knowledge.spelling).split())
    return own_keys(text, knowledge) | {f"k:{concept}" for concept in concepts}
