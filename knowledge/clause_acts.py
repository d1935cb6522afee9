"""What the clauses of a message do in an errand: the marks of its lessons, and what of them is noted."""

from dataclasses import dataclass
from enum import StrEnum


class Does(StrEnum):
    """What a clause may do; of a trouble with its kind, `trouble/silence`."""

    DONE = "done"
    WAITS = "waits"
    UNDO = "undo"
    SKIP = "skip"
    GO = "go"
    HAS = "has"
    LACKS = "lacks"
    DEMAND = "demand"
    ANSWER = "answer"
    TROUBLE = "trouble"
    ASKS = "asks"
    LEAVE = "leave"
    MISSING = "missing"
    PAPERS = "papers"
    FORWARD = "forward"
    TOTAL = "total"
    FINISHED = "finished"
    BACK = "back"
    NEXT = "next"
    WHERE = "where"
    REPEAT = "repeat"
    BEGIN = "begin"


OF_STEPS = (Does.DONE, Does.WAITS, Does.SKIP)
NOTED = frozenset[str]({Does.DONE, Does.WAITS, Does.UNDO, Does.SKIP, Does.HAS, Does.LACKS, Does.ANSWER})
"""What changes what is kept of somebody: it must be surely done."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message, spelled out, whether a question mark ends it, and what it does, the likeliest first.

    Beside acts of an errand it may answer with `yes` and `no`, and do what the errand leaves to others.
    """

    text: str
    marked: bool
    does: tuple[str, ...]
    sure: frozenset[str] = frozenset()
    """Of these what it is likelier to do than not."""
