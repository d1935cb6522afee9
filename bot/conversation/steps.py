"""Where a person stands in a procedure: ids of steps, papers and answers, as content may change in between."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation.person import Remembered

NEAR = 4
"""Turns after which plain words such as "listo" no longer mean the open step."""
LACKS = "lacks"
"""What is told of a paper that is missing."""


class Progress(Remembered):
    """An errand that was begun step by step."""

    procedure: str
    step: str | None = None
    """The step that was shown last."""
    asked: str | None = None
    """The question that waits for an answer."""
    answers: dict[str, str] = {}
    chosen: str = ""
    """The question whose answer brought the open step."""
    done: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    """Steps that were put off: not asked again."""
    has: tuple[str, ...] = ()
    """Papers that they have."""
    lacks: tuple[str, ...] = ()
    turn: int = 0
    """The turn that last spoke of it."""
    at: datetime
    paused: bool = False
    """They left it: nothing but their own wish goes on with it."""
    code: str = ""
    """What opens it elsewhere; none: nobody asked for one."""
    veiled: bool = False
    """We asked what it is about, as somebody else may read."""
    unsure: bool = False
    """We asked whether the open step is done, as their words did not say it."""

    @property
    def holds(self) -> tuple[object, ...]:
        """All that may change in it."""
        return self.done, self.later, self.has, self.lacks, self.answers

    @property
    def past(self) -> frozenset[str]:
        """Steps that are not shown again by themselves."""
        return frozenset((*self.done, *self.later))

    def ticked(self, papers: Mapping[str, str]) -> "Progress":
        """With these papers as there, or as missing."""
        lacks = {paper for paper, there in papers.items() if there == LACKS}
        has = {*self.has, *papers} - lacks
        return self.having(has=tuple(sorted(has)), lacks=tuple(sorted({*self.lacks, *lacks} - has)))

    def having(self, **changes: Any) -> "Progress":
        """A copy with these fields changed."""
        return self.model_copy(update=changes)
