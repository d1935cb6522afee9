"""What the sections of a topic speak of: labels, texts and phrases as words by ear and concepts, both languages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from bot.dialogue.aspects import empty_words
from bot.dialogue.features import REMEMBERED, SHORT_STEM, features_of
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
MOST = 12
"""Words of a message that are looked for; a long story is read by what was learned."""

Keys = frozenset[str]
"""How one word may be met again: its stems by ear, and the concepts that it names."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word, or a concept of several, and how seldom it is said."""

    keys: Keys
    rarity: float


@dataclass(frozen=True, slots=True)
class _Spoken:
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
    spoken = _spoken(topic.id, knowledge)
    scores = {section.id: 0.0 for section in topic.sections}
    words = tuple(said)
    whole = sum(word.rarity for word in words) or 1.0
    for word in words:
        weights = _weights(word.keys, spoken)
        for name, weight in weights.items():
            scores[name] += weight * log((len(scores) + 1) / len(weights)) * word.rarity / whole
    return scores


def _weights(keys: Keys, spoken: Mapping[str, Mapping[str, _Spoken]]) -> dict[str, float]:
    """What a word counts for the sections that say it."""
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
    words, spoken = tuple(said), _spoken(topic.id, knowledge)
    told = sum(word.rarity * min(1.0, max(_weights(word.keys, spoken).values(), default=0.0)) for word in words)
    return told / (sum(word.rarity for word in words) or 1.0)


def share_said(said: Iterable[Said], text: str, knowledge: Knowledge) -> float:
    """How much of what was said stands in one text: 0 to 1."""
    words, keys = tuple(said), _keys_of(text, knowledge)
    return sum(word.rarity for word in words if word.keys & keys) / (sum(word.rarity for word in words) or 1.0)


@lru_cache(maxsize=512)
def _spoken(topic_id: str, knowledge: Knowledge) -> Mapping[str, Mapping[str, _Spoken]]:
    """By key, then by the section that says it."""
    topic = knowledge.topics[topic_id]
    found: dict[str, dict[str, _Spoken]] = {}
    for section in topic.sections:
        for key, one in _speaks(topic, section, knowledge).items():
            found.setdefault(key, {})[section.id] = one
    return found


def _speaks(topic: Topic, section: Section, knowledge: Knowledge) -> dict[str, _Spoken]:
    told = (section.text, *section.steps, *((section.do,) if section.do else ()))
    labels = (section.title, knowledge.aspects[section.aspect].button if section.aspect else None)
    learned = knowledge.phrases.get(topic.id)
    by_lang = learned.sections.get(section.id) if learned else None
    phrases = tuple(by_lang.texts()) if by_lang else ()
    counts = Counter(key for phrase in phrases for key in _keys_of(phrase, knowledge))
    # The label's own words only: a concept as wide as PARENT would be heard in every "mi mamá".
    label = _own(" ".join(f"{one.es} {one.en}" for one in labels if one), knowledge)
    text = _keys_of(" ".join(f"{one.es} {one.en}" for one in told), knowledge)
    return {
        key: _Spoken(key in label, key in text, counts[key] / len(phrases) if phrases else 0.0)
        for key in label | text | counts.keys()
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
