"""Where every word stands in the sections of our topics."""

from collections import Counter

import numpy as np

from bot.dialogue.ranking.model_files import Arrays, packed
from bot.dialogue.ranking.sections import Keys, labels_of, own_keys, taught_in, told_in
from bot.dialogue.words.features import features_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.addresses import PLACEHOLDER
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic

Standing = tuple[bool, bool, float]
"""Where one key stands in a section: on its label, in its text, in a share of its phrases."""


def arrays(knowledge: Knowledge) -> Arrays:
    """The rows of a Table, as they are kept in a file."""
    # Columns, not rows: of 700,000 objects half of the time went into counting what is garbage.
    found: list[str] = []
    where: list[Standing] = []
    counts: list[tuple[int, int, int]] = []
    for number, topic in enumerate(knowledge.topics.values()):
        for place, section in enumerate(topic.sections):
            stands = _stands(topic, section, knowledge)
            found += stands
            where += stands.values()
            counts.append((number, place, len(stands)))
    keys = {key: number for number, key in enumerate(sorted({*found}))}
    topics, places, lengths = np.array(counts, dtype=np.int64).T
    codes = topics.repeat(lengths) * len(keys) + np.fromiter(map(keys.__getitem__, found), np.int64, len(found))
    sections = places.repeat(lengths).astype(np.uint8)
    order = np.lexsort((sections, codes))
    label, text, phrases = (np.array(column)[order] for column in zip(*where, strict=True))
    return {
        "keys": packed(keys),
        "topics": packed(knowledge.topics),
        "codes": codes[order].astype(np.uint32),
        "section": sections[order],
        "label": label,
        "text": text,
        "phrases": phrases.astype(np.float32),
    }


def _stands(topic: Topic, section: Section, knowledge: Knowledge) -> dict[str, Standing]:
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
