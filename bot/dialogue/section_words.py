"""What the sections of a topic speak of: labels, texts and phrases as words by ear and concepts, both languages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from bot.dialogue.aspects import empty_words
from bot.dialogue.features import SHORT_STEM, features_of
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
    label: Keys
    text: Keys
    phrases: Mapping[str, float]
    """Share of the phrases in which a key stands."""

    def weight(self, keys: Keys) -> float:
        """What the word counts for this section; 0 where it does not say it."""
        share = max((self.phrases.get(key, 0.0) for key in keys), default=0.0)
        return LABEL * bool(keys & self.label) + TEXT * bool(keys & self.text) + min(1.0, PHRASES * share)


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
    sections = _spoken(topic.id, knowledge)
    scores = dict.fromkeys(sections, 0.0)
    words = tuple(said)
    whole = sum(word.rarity for word in words) or 1.0
    for word in words:
        weights = {name: weight for name, spoken in sections.items() if (weight := spoken.weight(word.keys))}
        for name, weight in weights.items():
            scores[name] += weight * log((len(sections) + 1) / len(weights)) * word.rarity / whole
    return scores


def share_said(said: Iterable[Said], text: str, knowledge: Knowledge) -> float:
    """How much of what was said stands in one text: 0 to 1."""
    words, keys = tuple(said), _keys_of(text, knowledge)
    return sum(word.rarity for word in words if word.keys & keys) / (sum(word.rarity for word in words) or 1.0)


@lru_cache(maxsize=512)
def _spoken(topic_id: str, knowledge: Knowledge) -> dict[str, _Spoken]:
    topic = knowledge.topics[topic_id]
    return {section.id: _speaks(topic, section, knowledge) for section in topic.sections}


def _speaks(topic: Topic, section: Section, knowledge: Knowledge) -> _Spoken:
    told = (section.text, *section.steps, *((section.do,) if section.do else ()))
    labels = (section.title, knowledge.aspects[section.aspect].button if section.aspect else None)
    learned = knowledge.phrases.get(topic.id)
    by_lang = learned.sections.get(section.id) if learned else None
    phrases = (*by_lang.es, *by_lang.en, *by_lang.mix) if by_lang else ()
    counts = Counter(key for phrase in phrases for key in _keys_of(phrase, knowledge))
    return _Spoken(
        # The label's own words only: a concept as wide as PARENT would be heard in every "mi mamá".
        label=_own(" ".join(f"{one.es} {one.en}" for one in labels if one), knowledge),
        text=_keys_of(" ".join(f"{one.es} {one.en}" for one in told), knowledge),
        phrases={key: n / len(phrases) for key, n in counts.items()},
    )


def _keys_of(text: str, knowledge: Knowledge) -> Keys:
    """The keys of all words of a text of ours."""
    text = PLACEHOLDER.sub(" ", text)
    concepts = features_of(knowledge).concepts(spell_out(text, knowledge.spelling).split())
    return _own(text, knowledge) | {f"k:{concept}" for concept in concepts}


def _own(text: str, knowledge: Knowledge) -> Keys:
    return frozenset[str]().union(*map(_stems, spell_out(text, knowledge.spelling).split()))


def _keys(word: str, knowledge: Knowledge) -> Keys:
    return _stems(word) | {f"k:{concept}" for concept in features_of(knowledge).concepts([word])}


@lru_cache(maxsize=32768)
def _stems(word: str) -> Keys:
    heard = (sound(stem) for stem in stems_of(word))
    return frozenset(said if len(said) >= SHORT_STEM else sound(word) for said in heard)
