"""What a person does with a message: goes on, turns to another matter, complains, picks, is done, thanks …"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.conversation import Choice, Conversation
from bot.dialogue.message import Message
from bot.dialogue.signals.act_model import likely_acts, opened_in
from bot.dialogue.signals.putting_right import put_right
from bot.dialogue.thresholds import ACT, BRIEF, IN_OWN_WORDS, NEAR_WORD
from bot.dialogue.words.aspects import empty_words
from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import FrameSet
from knowledge.model import Knowledge

PICKS = "picks"
ANYWHERE = frozenset({"person", "complains", "corrects", "other_matter"})
"""Acts whose frames count in a message of any length."""
ALONE = frozenset({"tells", "thanks", "worries"})
"""Acts that were learned and mean something where nothing is open."""


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts that hold, the likeliest first, and how likely each is by what was learned."""

    all: tuple[str, ...] = ()
    likely: Mapping[str, float] = field(default_factory=dict)
    picked: Choice | None = None
    """The offered choice that was taken, by its number or in its own words."""
    complained_of: str = ""
    """The words for what is said not to be meant."""
    meant: str = ""
    """The words for what is meant instead; empty = the whole message."""
    said: tuple[str, ...] = ()
    """Those of `all` that stand in explicit words."""


def acts_of(message: Message, state: Conversation) -> Acts:
    """Explicit words first, then what was learned."""
    if message.empty:
        return Acts()
    knowledge = message.knowledge
    meant, denied = put_right(message.text, knowledge)
    picked = _picked(message, state.offered)
    said = [PICKS] if picked else []
    said += [act for act in _explicit(knowledge) if _says(act, message)]
    if denied and meant and "corrects" not in said:
        said.append("corrects")
    likely = likely_acts(message, state)
    held = ALONE if opened_in(state, knowledge) is None else likely.keys()
    learned = [act for act, share in likely.items() if share >= ACT and act in held]
    return Acts(tuple(dict.fromkeys((*said, *learned))), likely, picked, denied, meant, tuple(said))


@lru_cache(maxsize=4)
def _explicit(knowledge: Knowledge) -> Mapping[str, FrameSet[str]]:
    return {act.id: FrameSet((act.id, frame) for frame in act.frames) for act in knowledge.acts.values() if act.frames}


def _says(act: str, message: Message) -> bool:
    brief = act in ANYWHERE or len(message.letters.split()) <= BRIEF
    return brief and _explicit(message.knowledge)[act].first(message.letters) is not None


def _picked(message: Message, offered: Sequence[Choice]) -> Choice | None:
    """The choice that is taken by its place in the list, or by its own words."""
    if not offered:
        return None
    found = _ordinals(message.knowledge).first(message.letters)
    if found is not None:
        at = found.key - 1 if found.key > 0 else len(offered) + found.key
        return offered[at] if at < len(offered) else None
    words = _telling(message.letters, message.knowledge)
    if not words or message.asks or len(message.letters.split()) > BRIEF:
        return None
    shares = sorted(
        ((_share(words, choice, message.knowledge), -at) for at, choice in enumerate(offered)), reverse=True
    )
    best, second = shares[0], shares[1] if len(shares) > 1 else (0.0, 0)
    return offered[-best[1]] if best[0] >= IN_OWN_WORDS and best[0] > second[0] else None


@lru_cache(maxsize=4)
def _ordinals(knowledge: Knowledge) -> FrameSet[int]:
    ordinals = knowledge.acts[PICKS].ordinals
    return FrameSet((number, frame) for number, frames in ordinals.items() for frame in frames)


def _telling(letters: str, knowledge: Knowledge) -> list[str]:
    words = letters.split()
    return [word for word in words if word not in empty_words(knowledge)] or words


def _share(words: Sequence[str], choice: Choice, knowledge: Knowledge) -> float:
    """How many of the words stand in a choice's own, one letter of a longer word forgiven."""
    own = spell_out(choice.label, knowledge.spelling).split()
    return sum(any(_alike(word, one) for one in own) for word in words) / len(words)


def _alike(word: str, other: str) -> bool:
    return word == other or (len(word) >= NEAR_WORD and OSA.distance(word, other, score_cutoff=1) <= 1)
