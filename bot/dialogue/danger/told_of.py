"""Whether a danger is told of by somebody who is not in it: then the help text speaks to the one who helps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.danger.judging import likelihood_of
from bot.dialogue.danger.moves import FOR_OTHER, LIKELY, likeliest_move, moves_in, speaks_of, writes_for_other
from bot.dialogue.person.signals import places_stood, read_signals
from bot.dialogue.words.phrasing import heard_in
from bot.dialogue.words.sounds import heard_frames, heard_unless
from knowledge.frames import FrameSet, FramesUnless, unkeyed
from knowledge.model import Knowledge

CLAUSES = re.compile(r"[,.;:!?\n]+| (?=(?:y|and|pero|but) )", re.IGNORECASE)
"""Where a clause of a message begins."""
CALM = 0.3
"""Likelihood of danger up to which a clause tells nothing of it."""


@dataclass(frozen=True, slots=True)
class _Frames:
    """Of one danger: what tells of somebody else in it, and what puts the writer into it."""

    other: FrameSet[bool]
    framed: bool
    own: FramesUnless[bool]
    """Unless it is in words that only say who the writer is: `i am a us citizen`."""


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> Mapping[str, _Frames]:
    """By category."""
    who = knowledge.signals.who
    return {
        category.id: _Frames(
            heard_frames(unkeyed(category.other.any)),
            category.other.framed,
            heard_unless(unkeyed(category.other.unless), unkeyed(who)),
        )
        for category in knowledge.categories.values()
        if category.other is not None
    }


@lru_cache(maxsize=8)
def _theirs(knowledge: Knowledge) -> Mapping[str, FramesUnless[bool]]:
    """By category: what names the one in it as somebody else."""
    return {
        name: heard_unless(unkeyed(care.theirs.any), unkeyed(care.theirs.unless))
        for name, care in knowledge.care.items()
    }


def is_theirs(text: str, category: str, knowledge: Knowledge) -> bool:
    """Whether the words name the one in this danger as somebody else: `tienen a mi esposo y estoy sola`."""
    frames = _theirs(knowledge).get(category)
    return frames is not None and bool(frames.standing(*heard_in(text, knowledge.spelling)))


def besides_own_place(text: str, knowledge: Knowledge) -> str:
    """A message without the clauses that only say where its writer is, while somebody else is in danger elsewhere."""
    clauses = [one for one in CLAUSES.split(text) if one.strip()]
    kept = [one for one in clauses if not _is_own_place(one, knowledge)]
    return ", ".join(kept) if 0 < len(kept) < len(clauses) else text


def _is_own_place(clause: str, knowledge: Knowledge) -> bool:
    """Whether a clause says nothing but that: `yo vivo en Puebla`, not `estamos en Altar`."""
    if not places_stood(clause, knowledge) or likelihood_of(clause, knowledge) > CALM:
        return False
    said = read_signals(clause, knowledge).country is not None and likeliest_move(clause, knowledge)[0] in FOR_OTHER
    return said or writes_for_other(clause, knowledge)


def tells_of_other(texts: Sequence[str], category: str, knowledge: Knowledge) -> bool:
    """Somebody else is spoken of, and no message says that the writer is in it, too."""
    texts = [besides_own_place(text, knowledge) for text in texts]
    rest = [text for text in texts if not is_theirs(text, category, knowledge)]
    if len(rest) < len(texts):
        return not any(puts_self_in(text, category, knowledge) for text in rest)
    frames = _index(knowledge).get(category)
    spoken = {"other" if writes_for_other(text, knowledge) else speaks_of(text, knowledge) for text in texts}
    alone = "other" in spoken and "own" not in spoken
    if frames is None:
        return alone
    heard = [part for text in texts for part in heard_in(text, knowledge.spelling)]
    other = (alone and not frames.framed) or any(frames.other.first(part) for part in heard)
    return other and not any(puts_self_in(text, category, knowledge) for text in texts)


def puts_self_in(text: str, category: str, knowledge: Knowledge) -> bool:
    """Whether the words say that the writer is in this danger, too."""
    frames = _index(knowledge).get(category)
    return frames is not None and any(frames.own.untouched(part) for part in heard_in(text, knowledge.spelling))


def is_own_move(text: str, category_id: str, knowledge: Knowledge) -> bool:
    """Whether a message makes a move with which only the one in this danger writes: `ya no quiero seguir`."""
    other = knowledge.categories[category_id].other
    moves = moves_in(text, knowledge)
    if other is None or not any(moves.get(move, 0.0) >= LIKELY for move in other.own_moves):
        return False
    return not tells_of_other((text,), category_id, knowledge)
