"""Messages in the middle of an errand as lessons: what each clause, as the program cuts it, does there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.signals.errand_acts import Stands, clauses_of
from bot.dialogue.words.questions import pieces_of
from knowledge.marked import parts_named
from knowledge.model import Knowledge

TALK = "talk"
"""What a clause does that does nothing."""
MOSTLY = 0.5
"""Share of a clause's words by which it does what the hand marked over it."""
BY_KIND = "trouble"
"""The one act of which each kind is learned apart."""


@dataclass(frozen=True, slots=True)
class Message:
    """Where somebody stood, and each clause of what they wrote with its marks (`done/visit`)."""

    here: Stands
    clauses: tuple[tuple[str, bool], ...]
    marks: tuple[tuple[str, ...], ...]


def messages_of(knowledge: Knowledge) -> Iterator[Message]:
    """All of them."""
    for told in knowledge.errand_lessons.values():
        for at, texts in told.said.items():
            waits = at.removeprefix("?") if at.startswith("?") else None
            here = Stands(told.procedure, None if waits else at, waits)
            yield from (message_of(text, here, knowledge) for text in texts)


def act_of(mark: str) -> str:
    """What a mark is learned as: `asks/cost/visit` asks; of a trouble its kind."""
    name, _, rest = mark.partition("/")
    return f"{name}/{rest.partition('/')[0]}" if name == BY_KIND else name


def message_of(text: str, here: Stands, knowledge: Knowledge) -> Message:
    """Each clause has the marks of the hand's parts that lie in it, or over most of it."""
    parts = [*parts_named(text)]
    clauses = clauses_of(" ".join(part for part, _ in parts), knowledge)
    theirs = [at for at, (part, _) in enumerate(parts) for _ in range(_words(part, knowledge))]
    ours = [at for at, (clause, _) in enumerate(clauses) for _ in clause.split()]
    shared, sizes = Counter(zip(ours, theirs, strict=False)), Counter(ours)
    found: list[list[str]] = [[] for _ in clauses]
    for at, (_, marks) in enumerate(parts):
        over = [(shared[clause, at], clause) for clause in range(len(clauses)) if shared[clause, at]]
        for count, clause in over:
            if (count, clause) == max(over) or count >= MOSTLY * sizes[clause]:
                found[clause] += [mark for mark in marks if mark not in (TALK, *found[clause])]
    return Message(here, tuple(clauses), tuple(tuple(one) or (TALK,) for one in found))


def _words(part: str, knowledge: Knowledge) -> int:
    return sum(len(one.split()) for piece in pieces_of(part, knowledge) for one in piece)
