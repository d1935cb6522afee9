"""The conversations of the content as lessons: which messages, after which others, are danger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.dialogue.danger.turns import REMEMBERED, together
from knowledge.model import Knowledge

URGENT, CALM, UNSURE = 1.0, 0.5, 0.5
"""Weights: of a text that is danger, of one that is none, and of the turn before the one that tells of danger."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message after others; `category` None: nothing of it is danger yet. `number`: of its conversation."""

    number: int
    text: str
    before: tuple[str, ...]
    category: str | None
    weight: float
    taught: float
    """How much all its words together count as a lesson."""

    @property
    def texts(self) -> Sequence[str]:
        """All that is scored of it: alone, together, those before it together and one by one."""
        return (self.text, together((*self.before, self.text)), together(self.before), *self.before)


def turns_of(knowledge: Knowledge) -> tuple[Turn, ...]:
    """Every message that has one before it."""
    told = [
        (None if category not in knowledge.categories else category, texts)
        for category, one in knowledge.conversations.items()
        for texts in one.told
    ]
    return tuple(chain.from_iterable(_turns(n, category, texts) for n, (category, texts) in enumerate(told)))


def _turns(number: int, category: str | None, texts: Sequence[str]) -> Iterator[Turn]:
    last = len(texts) - 1
    for at in range(1, len(texts)):
        before = tuple(texts[max(0, at - REMEMBERED) : at])
        if category is None:
            yield Turn(number, texts[at], before, None, 1.0, CALM)
        elif at == last:
            yield Turn(number, texts[at], before, category, 1.0, URGENT)
        else:
            # What leads to it is not yet danger, and no lesson in what is harmless.
            yield Turn(number, texts[at], before, None, UNSURE if at == last - 1 else 1.0, 0.0)
