"""Where somebody stands in an errand, how many words may tell or ask what of it, and what is asked there."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from knowledge.hearing_steps import Wish
from knowledge.procedures import PRICES, Answers, hanging_on, steps_of
from knowledge.schema.procedures import Procedure, Step
from knowledge.schema.topics import Aspect

BRIEF, TELLING = 14, 45
"""Words of a message that may tell that the open step is done; of one that may be a word to it at all."""
MOST = 5
"""Errands that have a step which words tell, of which one may be asked for."""
FEW_WORDS = {*Wish} - {Wish.START, Wish.RESUME, Wish.BEGIN, Wish.ANEW}
"""What is said in few words alone."""
DETAILS = {Aspect.WHAT, Aspect.WHERE, *PRICES, Aspect.DURATION, Aspect.WHO, Aspect.REQUIREMENTS, Aspect.HOURS}
"""Aspects that a question may ask of the open step."""
FEW, UNLIKELY = 3, 5
"""Words of a question that names no matter of its own: "y cuánto cuesta"; and where nothing else is likely."""
PLAIN_WORDS = 2
"""Words of a message that is a plain yes or no, whatever was learned."""
SHOWN = frozenset({Wish.START, Wish.NOW, Wish.NEXT, Wish.MISSING, Wish.RESUME, Wish.BRING})
"""What is asked where what is shown answers it."""
ALONE = frozenset({Wish.BESIDE, Wish.AGAIN, Wish.FITS, Wish.TRUE, Wish.MUST, Wish.LACKS, Wish.REFUSAL, Wish.SILENCE})
"""What is answered in the errand, also where nothing else is asked or told."""


class Walked(Protocol):
    """Where somebody stands in an errand."""

    @property
    def procedure(self) -> str:
        """Its id."""

    @property
    def step(self) -> str | None:
        """The open step."""

    @property
    def asked(self) -> str | None:
        """The question that waits for an answer."""

    @property
    def answers(self) -> Answers:
        """What was answered."""

    @property
    def done(self) -> tuple[str, ...]:
        """Steps."""

    @property
    def noted(self) -> tuple[str, ...]:
        """Steps that were noted as done last."""

    @property
    def past(self) -> frozenset[str]:
        """Steps that are done or put off."""

    @property
    def later(self) -> tuple[str, ...]:
        """Steps that were put off."""

    @property
    def has(self) -> tuple[str, ...]:
        """Papers, also another procedure's that was asked for."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """The same that are missing."""


def open_step(ours: Walked, theirs: Iterable[Step]) -> str | None:
    """The step that was shown last; where that is past, the first of theirs that is not."""
    past = ours.step is not None and ours.step in ours.past
    return next((one.id for one in theirs if past and one.id not in ours.past), ours.step)


def carried(procedure: Procedure, answers: Answers, done: Sequence[str]) -> tuple[str, ...]:
    """What is done, and for a step of another way the one that stands in its place: the same verb and papers."""
    alike = {one.id: (one.name.es.split()[0], *one.after, *one.bring) for one in procedure.steps}
    order = [one.id for one in steps_of(procedure, answers)]
    did = {alike[one] for one in done if one not in order}
    return (*done, *(one for one in order if one not in done and alike[one] in did))


def needed_by(procedure: Procedure, done: Collection[str]) -> set[str]:
    """The papers of steps that others which are done hang on: what was done without them lacks them no more."""
    past = (one for one in procedure.steps if not hanging_on(procedure, one.id).isdisjoint(done))
    return {paper for one in past for paper in one.bring}


BARE = 3
"""Words beside "leave the steps" that ask for nothing."""


def got_by(procedure: Procedure, errands: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The papers and the steps of a procedure that these other errands bring; a paper of several people by none."""
    papers = (one.id for one in procedure.papers if one.errand in errands and not one.each)
    return tuple(papers), tuple(one.id for one in procedure.steps if one.errand in errands)


def by_facts(procedure: Procedure, answers: Answers) -> set[str]:
    """The questions that are answered as what is known of the person answers them: another word of theirs counts."""
    asked = procedure.questions
    return {one.id for one in asked if any(held.when and held.id == answers.get(one.id) for held in one.options)}
