"""Where every word stands in the sections of our topics: made once from the content, kept by its hash as arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.model_files import Arrays, fingerprint, kept, made, unpacked
from bot.dialogue.ranking.trained import lexicon_of
from bot.dialogue.words.features import SHORT_STEM, features_of, stems_of
from bot.dialogue.words.phrasing import sound, spell_out
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic

CODE = ("bot.training.sections",)
"""What a change of makes another table of the same content, with all that these import."""

Keys = frozenset[str]
"""How one word may be met again: its stems by ear, and the concepts that it names."""


@dataclass(frozen=True, eq=False)
class Table:
    """By row: a topic and a key as one number (`topic * len(keys) + key`), and where in the topic that key stands."""

    keys: Sequence[str]
    topics: Sequence[str]
    codes: NDArray[np.int64]
    section: NDArray[np.uint8]
    """Its place among those of the topic."""
    label: NDArray[np.bool_]
    text: NDArray[np.bool_]
    phrases: NDArray[np.float64]
    """In what share of its phrases, 0 to 1."""


@lru_cache(maxsize=4)
def table_of(knowledge: Knowledge) -> Table:
    """The table of this Knowledge; the first call for new content makes it, in some seconds."""
    name = f"sections-{fingerprint(CODE, _made_of(knowledge))}"
    return kept(knowledge.root, name, lambda: made("sections", knowledge), _read)


def _made_of(knowledge: Knowledge) -> Iterator[object]:
    yield from lexicon_of(knowledge)
    for topic in knowledge.topics.values():
        yield topic.id
        for section in topic.sections:
            yield from (labels_of(section, knowledge), told_in(section), taught_in(topic, section, knowledge))


def _read(held: Arrays) -> Table:
    keys, topics = unpacked(held["keys"]), unpacked(held["topics"])
    return Table(keys, topics, *(held[name] for name in ("codes", "section", "label", "text", "phrases")))


def told_in(section: Section) -> str:
    """The text, steps and next step of a section, in both languages."""
    told = (section.text, *section.steps, *((section.do,) if section.do else ()))
    return " ".join(f"{one.es} {one.en}" for one in told if one)


def labels_of(section: Section, knowledge: Knowledge) -> str:
    """Its title and the button of its aspect, in both languages."""
    labels = (section.title, knowledge.aspects[section.aspect].button if section.aspect else None)
    return " ".join(f"{one.es} {one.en}" for one in labels if one)


def taught_in(topic: Topic, section: Section, knowledge: Knowledge) -> tuple[str, ...]:
    """The phrases that teach a section."""
    learned = knowledge.phrases.get(topic.id)
    by_lang = learned.sections.get(section.id) if learned else None
    return tuple(by_lang.texts()) if by_lang else ()


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
