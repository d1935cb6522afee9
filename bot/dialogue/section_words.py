"""What the sections of a topic speak of: labels, texts and phrases as words by ear and concepts, both languages."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple

from bot.dialogue import features, phrasing, sounds, stems
from bot.dialogue.aspects import empty_words
from bot.dialogue.features import REMEMBERED, SHORT_STEM, features_of
from bot.dialogue.model_cache import Arrays, fingerprint, kept, packed, unpacked
from bot.dialogue.phrasing import spell_out
from bot.dialogue.ranker import Ranker
from bot.dialogue.sounds import sound
from bot.dialogue.stems import stems_of
from knowledge.addresses import PLACEHOLDER
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic

LABEL, TEXT, PHRASES = 3.0, 1.0, 3.0
"""What a word counts that stands on the button, in the text, in every phrase of a section."""
RAREST = 8.0
"""What a word that nobody taught counts: it may be misspelled."""
WEIGHED = 32768
"""Words whose weights in a topic are kept; the same ones are said again and again."""
CODE = (features, phrasing, sounds, stems)
"""A change of these, or of this module, makes another table of the same content."""
MOST = 12
"""Words of a message that are looked for; a long story is read by what was learned."""

Keys = frozenset[str]
"""How one word may be met again: its stems by ear, and the concepts that it names."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word, or a concept of several, and how seldom it is said."""

    keys: Keys
    rarity: float


class _Spoken(NamedTuple):
    """Where one key stands in a section: on its label, in its text, in a share of its phrases."""

    label: bool
    text: bool
    phrases: float


@lru_cache(maxsize=REMEMBERED)
def said_in(text: str, ranker: Ranker, knowledge: Knowledge) -> tuple[Said, ...]:
    """The words of a message that can tell one section from another."""
    empty, reads = empty_words(knowledge) | frozenset(knowledge.follow_ups.vague), features_of(knowledge)
    words = spell_out(text, knowledge.spelling).split()
    told = [word for word in words if word not in empty and not word.isdigit()]  # an age, a year: a circumstance
    found = [
        Said(_keys(word, knowledge), min(RAREST, ranker.rarity(f"w:{stem}" for stem in stems_of(word))))
        for word in told
    ]
    known = frozenset[str]().union(*(word.keys for word in found))
    # A concept of several words ("se me acaba el tiempo") is one word more.
    several = (concept for concept in reads.concepts(words) if f"k:{concept}" not in known)
    found += [Said(frozenset({f"k:{concept}"}), ranker.rarity([f"k:{concept}"])) for concept in several]
    meant = dict.fromkeys(match.key for match in _meanings(knowledge).find(" ".join(words)))
    found += [Said(_own(label, knowledge), ranker.rarity(())) for label in meant]
    return tuple(found[-MOST:])


@lru_cache(maxsize=4)
def _meanings(knowledge: Knowledge) -> FrameSet[str]:
    stands_for = knowledge.follow_ups.stands_for
    return FrameSet((label, frame) for label, frames in stands_for.items() for frame in frames)


def likeness(said: Iterable[Said], topic: Topic, knowledge: Knowledge) -> dict[str, float]:
    """For each section how much of what was said it speaks of: more for words that few of its neighbours use."""
    scores = {section.id: 0.0 for section in topic.sections}
    words = tuple(said)
    whole = sum(word.rarity for word in words) or 1.0
    for word in words:
        weights = _weights(word.keys, topic.id, knowledge)
        for name, weight in weights.items():
            scores[name] += weight * log((len(scores) + 1) / len(weights)) * word.rarity / whole
    return scores


@lru_cache(maxsize=WEIGHED)
def _weights(keys: Keys, topic_id: str, knowledge: Knowledge) -> Mapping[str, float]:
    """What a word counts for the sections of a topic that say it."""
    spoken = _spoken(topic_id, knowledge)
    met: dict[str, list[_Spoken]] = {}
    for key in keys:
        for name, one in spoken.get(key, {}).items():
            met.setdefault(name, []).append(one)
    return {
        name: LABEL * any(one.label for one in found)
        + TEXT * any(one.text for one in found)
        + min(1.0, PHRASES * max(one.phrases for one in found))
        for name, found in met.items()
    }


def covered(said: Iterable[Said], topic: Topic, knowledge: Knowledge) -> float:
    """How much of what was said any section of the topic speaks of: 0 to 1."""
    words = tuple(said)
    weights = (_weights(word.keys, topic.id, knowledge).values() for word in words)
    told = sum(word.rarity * min(1.0, max(one, default=0.0)) for word, one in zip(words, weights, strict=True))
    return told / (sum(word.rarity for word in words) or 1.0)


def share_said(said: Iterable[Said], text: str, knowledge: Knowledge) -> float:
    """How much of what was said stands in one text: 0 to 1."""
    words, keys = tuple(said), _keys_of(text, knowledge)
    return sum(word.rarity for word in words if word.keys & keys) / (sum(word.rarity for word in words) or 1.0)


@lru_cache(maxsize=512)
def _spoken(topic_id: str, knowledge: Knowledge) -> Mapping[str, Mapping[str, _Spoken]]:
    """By key, then by the section that says it."""
    held = json.loads(_table(knowledge)[topic_id])
    return {key: {name: _Spoken(*one) for name, one in by_section.items()} for key, by_section in held.items()}


@lru_cache(maxsize=4)
def _table(knowledge: Knowledge) -> Mapping[str, str]:
    """What each topic speaks of, as JSON: made in some seconds, kept by the content's hash, read when it is needed."""
    name = f"sections-{fingerprint((*CODE, sys.modules[__name__]), _made_of(knowledge))}"
    return kept(knowledge.root, name, lambda: _arrays(knowledge), _read)


def _made_of(knowledge: Knowledge) -> Iterator[object]:
    yield from (sorted(knowledge.spelling.forms.items()), sorted(knowledge.concepts.items()))
    yield from sorted((aspect, words.button) for aspect, words in knowledge.aspects.items())
    for topic in knowledge.topics.values():
        yield topic.id
        yield from (
            part
            for section in topic.sections
            for part in (section.id, _labels(section, knowledge), _told(section), _taught(topic, section, knowledge))
        )


def _arrays(knowledge: Knowledge) -> Arrays:
    found: dict[str, dict[str, dict[str, _Spoken]]] = {}
    for topic in knowledge.topics.values():
        mine = found.setdefault(topic.id, {})
        for section in topic.sections:
            for key, one in _speaks(topic, section, knowledge).items():
                mine.setdefault(key, {})[section.id] = one
    return {"topics": packed(found), "spoken": packed(map(json.dumps, found.values()))}


def _read(held: Arrays) -> Mapping[str, str]:
    return dict(zip(unpacked(held["topics"]), unpacked(held["spoken"]), strict=True))


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


def _speaks(topic: Topic, section: Section, knowledge: Knowledge) -> dict[str, _Spoken]:
    phrases = _taught(topic, section, knowledge)
    counts = Counter(key for phrase in phrases for key in _keys_of(phrase, knowledge))
    # The label's own words only: a concept as wide as PARENT would be heard in every "mi mamá".
    label, text = _own(_labels(section, knowledge), knowledge), _keys_of(_told(section), knowledge)
    return {
        key: _Spoken(key in label, key in text, counts[key] / len(phrases) if phrases else 0.0)
        for key in sorted(label | text | counts.keys())
    }


def _keys_of(text: str, knowledge: Knowledge) -> Keys:
    """The keys of all words of a text of ours."""
    text = PLACEHOLDER.sub(" ", text)
    concepts = features_of(knowledge).concepts(spell_out(text, knowledge.spelling).split())
    return _own(text, knowledge) | {f"k:{concept}" for concept in concepts}


def _own(text: str, knowledge: Knowledge) -> Keys:
    return frozenset[str]().union(*map(_stems, spell_out(text, knowledge.spelling).split()))


@lru_cache(maxsize=32768)
def _keys(word: str, knowledge: Knowledge) -> Keys:
    return _stems(word) | {f"k:{concept}" for concept in features_of(knowledge).concepts([word])}


@lru_cache(maxsize=32768)
def _stems(word: str) -> Keys:
    heard = (sound(stem) for stem in stems_of(word))
    return frozenset(said if len(said) >= SHORT_STEM else sound(word) for said in heard)
