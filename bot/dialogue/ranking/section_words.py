"""The words of a message that tell sections apart, and where every word stands in the sections: kept as arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, unpacked
from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.words.features import REMEMBERED, SHORT_STEM, features_of, stems_of
from bot.dialogue.words.phrasing import sound, spell_out
from bot.dialogue.words.questions import untold_words
from knowledge.frames import framed
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic

LABEL, TEXT, PHRASES = 3.0, 1.0, 3.0
"""What a word counts that stands on the button, in the text, in every phrase of a section."""
RAREST = 8.0
"""What a word that nobody taught counts: it may be misspelled."""
MOST = 12
"""Words of a message that are looked for; a long story is read by what was learned."""
Keys = frozenset[str]
"""How one word may be met again: its stems by ear, and the concepts that it names."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word, or a concept of several, and how seldom it is said."""

    keys: Keys
    rarity: float


@lru_cache(maxsize=REMEMBERED)
def said_in(text: str, ranker: Ranker, knowledge: Knowledge) -> tuple[Said, ...]:
    """The words of a message that can tell one section from another."""
    empty, reads = untold_words(knowledge), features_of(knowledge)
    words = spell_out(text, knowledge.spelling).split()
    told = [word for word in words if word not in empty and not word.isdigit()]  # an age, a year: a circumstance
    found = [_said(word, ranker, knowledge) for word in told]
    known = frozenset[str]().union(*(word.keys for word in found))
    # A concept of several words ("se me acaba el tiempo") is one word more.
    several = (concept for concept in reads.concepts(words) if f"k:{concept}" not in known)
    found += [Said(frozenset({f"k:{concept}"}), ranker.rarity([f"k:{concept}"])) for concept in several]
    stands_for = framed(knowledge, "follow_ups", "stands_for")
    meant = dict.fromkeys(match.key for match in stands_for.find(" ".join(words)))
    found += [Said(own_keys(label, knowledge), ranker.rarity(())) for label in meant]
    return tuple(found[-MOST:])


CODE = ("bot.training.sections",)
"""What a change of makes another table of the same content, with all that these import."""


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
    phrases: NDArray[np.float32]
    """In what share of its phrases, 0 to 1."""


def table_of(knowledge: Knowledge) -> Table:
    """The table of this Knowledge; the first call for new content makes it, in some seconds."""
    name = name_of("sections", CODE, knowledge, lambda: _made_of(knowledge))
    return kept(knowledge.root, name, lambda: made("sections", knowledge), _table)


def _made_of(knowledge: Knowledge) -> Iterator[object]:
    yield from knowledge.lexicon
    for topic in knowledge.topics.values():
        yield topic.id
        for section in topic.sections:
            yield from (labels_of(section, knowledge), told_in(section), taught_in(topic, section, knowledge))


def _table(held: Arrays) -> Table:
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
def _said(word: str, ranker: Ranker, knowledge: Knowledge) -> Said:
    keys = _stems(word) | {f"k:{concept}" for concept in features_of(knowledge).concepts([word])}
    return Said(keys, min(RAREST, ranker.rarity(f"w:{stem}" for stem in stems_of(word))))


@lru_cache(maxsize=32768)
def _stems(word: str) -> Keys:
    heard = (sound(stem) for stem in stems_of(word))
    return frozenset(said if len(said) >= SHORT_STEM else sound(word) for said in heard)
