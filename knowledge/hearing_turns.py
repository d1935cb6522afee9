"""To which step of an errand words turn: another one first, the next one, or that one is left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.hearing_papers import puts_off_one
from knowledge.hearing_steps import Wish, step_wanted, steps_done_in, steps_named
from knowledge.model import Knowledge
from knowledge.schema.procedures import Procedure


class Stands(Protocol):
    """Where somebody stands."""

    @property
    def asked(self) -> str | None:
        """The question that waits for an answer."""

    @property
    def step(self) -> str | None:
        """The open step."""

    @property
    def past(self) -> frozenset[str]:
        """Steps that are done or put off."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The step that is open, whether it is put off, another one that is refused, the one wanted, and those done."""

    step: str | None
    later: bool
    refused: str | None
    wanted: str | None
    did: Sequence[str]


def turn_in(
    letters: str,
    said: Collection[Wish],
    procedure: Procedure,
    theirs: Sequence[str],
    ours: Stands,
    knowledge: Knowledge,
) -> Turn:
    """What words do with the order of the steps."""
    did = [one for one in steps_done_in(letters, procedure.id, theirs, knowledge) if one in theirs]
    step = next((one for one in theirs if one not in ours.past), None) if ours.asked else ours.step
    later = Wish.LATER in said and step not in did and not puts_off_one(letters, procedure, step, knowledge)
    wanted = step_wanted(letters, procedure.id, theirs, knowledge) if Wish.GO_TO in said else None
    named = steps_named(letters, procedure.id, theirs, knowledge) if later and wanted is None else ()
    other = bool(named and Wish.GO_TO not in said and step and step not in named and named[0] not in ours.past)
    if not other:
        wanted = wanted or next((one for one in named if one != step and (step in named or one in ours.past)), None)
    return Turn(step, later, named[0] if other else None, wanted, did)
