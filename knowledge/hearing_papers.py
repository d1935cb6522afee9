"""What a message says of the papers of a procedure, by where somebody stands in it."""

from collections.abc import Collection, Sequence
from typing import Protocol

from knowledge.hearing_steps import Wish, papers_in, papers_named
from knowledge.model import Knowledge
from knowledge.schema.procedures import Procedure, Step


class Held(Protocol):
    """What somebody has, and where they stand."""

    @property
    def step(self) -> str | None:
        """The open step."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """Papers that they do not have."""


def step_before(
    letters: str, procedure: Procedure, steps: Sequence[Step], here: str | None, knowledge: Knowledge
) -> str | None:
    """The step before the open one that words go back to by a paper of it."""
    papers, names = papers_named(letters, procedure.id, knowledge), [one.id for one in steps]
    before = steps[: names.index(here)] if here in names else steps
    return next((one.id for one in before if not papers.isdisjoint(one.bring)), None)


def ticked_in(
    told: str, said: Collection[Wish], procedure: Procedure, steps: Sequence[Step], ours: Held, knowledge: Knowledge
) -> dict[str, str]:
    """The papers of these steps that are told to be there or missing; those of the open step, where all are."""
    ticked = papers_in(told, procedure.id, knowledge, {paper for one in steps for paper in one.bring})
    here = next((one.bring for one in steps if one.id == ours.step), ()) or ours.lacks
    lacks = Wish.LACKS not in said or Wish.LACKS in ticked.values()  # not "nomas me falta lo del banco"
    return {**dict.fromkeys(here, str(Wish.HAS)), **ticked} if Wish.EVERY in said and lacks else ticked
