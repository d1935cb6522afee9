"""What the sections of a topic speak of: labels, texts and phrases as words by ear and concepts, both languages."""

from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.section_table import Keys, keys_of_word, own_keys
from bot.dialogue.words.features import REMEMBERED, features_of, stems_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import empty_words
from knowledge.frames import FrameSet
from knowledge.model import Knowledge

LABEL, TEXT, PHRASES = 3.0, 1.0, 3.0
"""What a word counts that stands on the button, in the text, in every phrase of a section."""
RAREST = 8.0
"""What a word that nobody taught counts: it may be misspelled."""
IN_TEXT, ON_LABEL, UNSAID = 0.1, 0.5, 0.02
"""Share of a section's phrases that a word counts as which stands in its text, on its label, nowhere."""
MOST = 12
"""Words of a message that are looked for; a long story is read by what was learned."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word, or a concept of several, and how seldom it is said."""

    keys: Keys
    rarity: float


@lru_cache(maxsize=REMEMBERED)
def said_in(text: str, ranker: Ranker, knowledge: Knowledge) -> tuple[Said, ...]:
    """The words of a message that can tell one section from another."""
    empty, reads = _untold(knowledge), features_of(knowledge)
    words = spell_out(text, knowledge.spelling).split()
    told = [word for word in words if word not in empty and not word.isdigit()]  # an age, a year: a circumstance
    found = [
        Said(keys_of_word(word, knowledge), min(RAREST, ranker.rarity(f"w:{stem}" for stem in stems_of(word))))
        for word in told
    ]
    known = frozenset[str]().union(*(word.keys for word in found))
    # A concept of several words ("se me acaba el tiempo") is one word more.
    several = (concept for concept in reads.concepts(words) if f"k:{concept}" not in known)
    found += [Said(frozenset({f"k:{concept}"}), ranker.rarity([f"k:{concept}"])) for concept in several]
    meant = dict.fromkeys(match.key for match in _meanings(knowledge).find(" ".join(words)))
    found += [Said(own_keys(label, knowledge), ranker.rarity(())) for label in meant]
    return tuple(found[-MOST:])


@lru_cache(maxsize=4)
def _untold(knowledge: Knowledge) -> frozenset[str]:
    """Words that tell no section from another."""
    return empty_words(knowledge) | frozenset(knowledge.follow_ups.vague)


@lru_cache(maxsize=4)
def _meanings(knowledge: Knowledge) -> FrameSet[str]:
    stands_for = knowledge.follow_ups.stands_for
    return FrameSet((label, frame) for label, frames in stands_for.items() for frame in frames)
