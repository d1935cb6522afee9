"""Where a person stands in a procedure: ids of steps, papers and answers, as content may change in between."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from bot.conversation.person import Remembered
from knowledge.procedures import counting, done_by, way_of
from knowledge.schema.procedures import Procedure

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

    def ticked(self, papers: Mapping[str, str]) -> Self:
        """With these papers as there, or as missing."""
        lacks = {paper for paper, there in papers.items() if there == LACKS}
        has = {*self.has, *papers} - lacks
        return self.having(has=tuple(sorted(has)), lacks=tuple(sorted({*self.lacks, *lacks} - has)))

    def after(self, procedure: Procedure, known: Mapping[str, str], steps: Sequence[str], but: Collection[str]) -> Self:
        """With these steps as done, else the open one, but those, and with what they brought."""
        answers = {**way_of(procedure, steps), **known}
        did, brought = done_by(procedure, answers, self.step, self.past, steps or (self.step,))
        has, later = sorted({*self.has, *brought} - {*self.lacks}), tuple(one for one in self.later if one not in did)
        done = tuple(one for one in dict.fromkeys((*self.done, *did)) if one not in but)
        return self.having(answers=answers, done=done, later=later, has=tuple(has), chosen="")

    def told(self, procedure: Procedure, known: Mapping[str, str], answers: Mapping[str, str]) -> Self:
        """With answers to questions that do not wait; what counts is what was said last."""
        counts = counting(procedure)
        new = {q: one for q, one in answers.items() if (q not in known or q in counts) and q != self.asked}
        return self.having(answers={**self.answers, **new}) if new else self

    def without(self, question: str) -> Self:
        """With no answer to a question."""
        return self.having(answers={q: option for q, option in self.answers.items() if q != question}, chosen="")

    def back(self, steps: Sequence[str]) -> tuple[Self, str | None]:
        """The step before the open one; none where a question is asked again."""
        open_yet = self.step in steps and self.step not in self.past and self.asked is None
        at = steps.index(self.step or "") if open_yet else len(steps)
        if self.chosen in self.answers and self.asked is None:
            return self.without(self.chosen), None
        if self.asked is not None and not self.answers and self.done:
            return self, self.done[-1]
        if self.step is None or at == 0 or self.asked is not None:
            return self.having(answers=dict([*self.answers.items()][:-1]), asked=None, step=None), None
        return self, steps[at - 1]

    def putting_off(self) -> Self:
        """With the open step left for later."""
        open_yet = self.step is not None and self.step not in self.past
        return self.having(later=(*self.later, self.step) if open_yet else self.later, chosen="")

    def at_step(self, step: str) -> Self:
        """With this step open, as not done."""
        done, later = (tuple(one for one in ids if one != step) for ids in (self.done, self.later))
        return self.having(done=done, later=later, step=step, asked=None, chosen="")

    def having(self, **changes: Any) -> Self:
        """A copy with these fields changed."""
        return self.model_copy(update=changes)
