"""A choice that is taken by its number, with more said behind it."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from knowledge.frames import FrameSet, fold
from knowledge.hearing_steps import Wish, wishes_in
from knowledge.model import Knowledge

PICKS = "picks"
LONGEST, CLOSES = 4, ".,;:)-"
"""Words that a number stands in, with more behind it; marks behind it."""


@lru_cache(maxsize=4)
def _ordinals(knowledge: Knowledge) -> FrameSet[int]:
    ordinals = knowledge.acts[PICKS].ordinals
    return FrameSet((number, frame) for number, frames in ordinals.items() for frame in frames)


def picked_and_more(text: str, labels: Sequence[str], knowledge: Knowledge) -> tuple[int, str] | None:
    """The place of the choice, and what else is said: "2 qué lleva. ¿Y en qué idioma?"; "2 kids" counts something."""
    words = text.split()
    if len(words) > 1 and words[-1].isdigit() and not words[-2][-1].isalnum():  # "¿qué firma el papá? 3"
        words = [f"{words[-1]}.", *words[:-1]]
    words = words[bool(words and Wish.FILLS in wishes_in(fold(words[0]), knowledge)) :]  # "ok 3"
    for count in range(1, min(len(words), LONGEST)):
        digits = words[count - 1].strip(CLOSES).isdigit()
        found = _ordinals(knowledge).first(fold(" ".join(words[:count]))) if digits else None
        if found is None or not 0 < found.key <= len(labels):
            continue
        own, rest = fold(labels[found.key - 1]).split(), words[count:]
        named = [*takewhile(lambda word: fold(word) in own, rest)]  # noqa: B023
        means = len(named) > 1 or not knowledge.stop_words.issuperset(map(fold, named))
        if words[count - 1][-1] in CLOSES or means or Wish.JOINS in wishes_in(fold(" ".join(rest)), knowledge):
            left = " ".join(rest[len(named) if means else 0 :])
            return (found.key - 1, left) if left else None
    return None
