"""Where every word stands in the sections of our topics: made once from the content, kept by its hash as arrays."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bot.dialogue.ranking.model_files import Arrays, kept, name_of, packed, unpacked
from bot.dialogue.ranking.trained import lexicon_of
from bot.dialogue.words.features import SHORT_STEM, features_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.sounds import sound
from bot.dialogue.words.stems import stems_of
from knowledge.addresses import PLACEHOLDER
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic

CODE = ("bot.dialogue.words.features", "bot.dialogue.words.phrasing")
"""What a change of makes another table of the same content, with all that these import."""
FORMAT = 1
"""Raised where this module makes another table of the same content."""

Keys = frozenset[str]
"""How one word may be met again: its stems by ear, and the concepts that it names."""


class Standing(NamedTuple):
    """Where one key stands in a section: on its label, in its text, in a share of its phrases (0 to 1)."""

    section: int
    """Its place among those of the topic."""
    label: bool
    text: bool
    phrases: float


@dataclass(frozen=True, eq=False)
class Table:
    """Rows in the order of `codes` (a topic and a key as one number). Arrays: objects would be a hundred megabytes."""

    keys: Mapping[str, int]
    topics: Mapping[str, int]
    codes: memoryview
    rows: tuple[memoryview, ...]
    """The fields of a Standing."""

    def standings(self, topic: str, key: str) -> Iterator[Standing]:
        """Every section of a topic that says a key."""
        number = self.keys.get(key)
        if number is None:
            return
        code = self.topics[topic] * len(self.keys) + number
        at = bisect_left(self.codes, code)
        while at < len(self.codes) and self.codes[at] == code:
            yield Standing._make(column[at] for column in self.rows)
            at += 1


@lru_cache(maxsize=4)
def table_of(knowledge: Knowledge) -> Table:
    """The table of this Knowledge; the first call for new content makes it, in some seconds."""
    name = name_of("sections", CODE, knowledge, lambda: (FORMAT, *_made_of(knowledge)))
    return kept(knowledge.root, name, lambda: _arrays(knowledge), _read)


def _made_of(knowledge: Knowledge) -> Iterator[object]:
    yield from lexicon_of(knowledge)
    for topic in knowledge.topics.values():
        yield topic.id
        for section in topic.sections:
            yield from (_labels(section, knowledge), _told(section), _taught(topic, section, knowledge))


def _arrays(knowledge: Knowledge) -> Arrays:
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
        "phrases": np.array([one.phrases for _, one in rows], dtype=np.float64),
    }


def _read(held: Arrays) -> Table:
    keys, topics = ({name: number for number, name in enumerate(unpacked(held[part]))} for part in ("keys", "topics"))
    codes, columns = held["codes"].data, tuple(held[name].data for name in Standing._fields)
    if {len(column) for column in columns} != {len(codes)}:
        raise ValueError("the arrays do not fit one another")
    return Table(keys, topics, codes, columns)


def _told(section: Section) -> str:
    told = (section.text, *section.steps, *((section.do,) if section.do else ()))
    return " ".join(f"{one.es} {one.en}" for one in told if one)


def _labels(section: Section, knowledge: Knowledge) -> str:
    labels = (section.title, knowledge.aspects[section.aspect].button if section.aspect else None)
    return " ".join(f"{one.es} {one.en}" for one in labels if one)


def _taught(topic: Topic, section: Section, knowledge: Knowledge) -> tuple[str, ...]:
    learned = knowledge.phrases.get(topic.id)
    by_lang = learned.sections.get(section.id) if learned else None
    return tuple(by_lang.texts()) if by_lang else ()


def _stands(topic: Topic, section: Section, knowledge: Knowledge) -> dict[str, tuple[bool, bool, float]]:
    phrases = _taught(topic, section, knowledge)
    counts = Counter(key for phrase in phrases for key in keys_of(phrase, knowledge))
    # The label's own words only: a concept as wide as PARENT would be heard in every "mi mamá".
    label, text = own_keys(_labels(section, knowledge), knowledge), keys_of(_told(section), knowledge)
    return {
        key: (key in label, key in text, counts[key] / len(phrases) if phrases else 0.0)
        for key in label | text | counts.keys()
    }


def keys_of(text: str, knowledge: Knowledge) -> Keys:
    """The keys of all words of a text of ours."""
    text = PLACEHOLDER.sub(" ", text)
    concepts = features_of(knowledge).concepts(spell_out(text, knowledge.spelling).split())
    return own_keys(text, knowledge) | {f"k:{concept}" for concept in concepts}


def own_keys(text: str, knowledge: Knowledge) -> Keys:
    """The stems of its words alone."""
    return frozenset[str]().union(*map(_stems, spell_out(text, knowledge.spelling).split()))


@lru_cache(maxsize=32768)
def keys_of_word(word: str, knowledge: Knowledge) -> Keys:
    """The keys of one word."""
    return _stems(word) | {f"k:{concept}" for concept in features_of(knowledge).concepts([word])}


@lru_cache(maxsize=32768)
def _stems(word: str) -> Keys:
    heard = (sound(stem) for stem in stems_of(word))
    return frozenset(said if len(said) >= SHORT_STEM else sound(word) for said in heard)
