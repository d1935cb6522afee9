"""To which step of an errand words turn: another one first, the next one, or that one is left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.errand_bounds import FEW_WORDS, Walked
from knowledge.frames import FrameSet, frames_of
from knowledge.hearing_papers import papers_named, puts_off_one
from knowledge.hearing_steps import (
    OTHERWISE,
    TROUBLES,
    Wish,
    denied_at,
    own_words,
    steps_done_in,
    steps_named,
    wishes_in,
    wishes_naming,
    words_of,
)
from knowledge.model import Knowledge
from knowledge.procedures import Answers, steps_of
from knowledge.schema.procedures import Letter, Procedure
from knowledge.telling_steps import trouble_told

BETWEEN = frozenset({Wish.COMPARE, Wish.DOORS})
"""What is asked of several errands, also at the end of a story."""


def wishes_in_story(letters: str, pieces: Sequence[Sequence[str]], knowledge: Knowledge) -> set[Wish]:
    """The wishes of a long message, without such as are said in few words alone; `pieces`: its parts."""
    said = wishes_in(letters, knowledge)
    if said.isdisjoint(BETWEEN):
        return said - FEW_WORDS
    own = set[Wish]().union(*(wishes_in(part, knowledge) for piece in pieces for part in piece))
    return said - (FEW_WORDS - (BETWEEN & own))


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
    ours: Walked,
    knowledge: Knowledge,
) -> Turn:
    """What words do with the order of the steps."""
    did = [one for one in steps_done_in(letters, procedure.id, theirs, knowledge) if one in theirs]
    step = next((one for one in theirs if one not in ours.past), None) if ours.asked else ours.step
    later = Wish.LATER in said and step not in did and not puts_off_one(letters, procedure, step, knowledge)
    wanted = step_wanted(letters, procedure.id, theirs, knowledge) if Wish.GO_TO in said else None
    named = steps_named(letters, procedure.id, theirs, knowledge) if later and wanted is None else ()
    new = bool(named) and (named[0] not in ours.past or named[0] in ours.later)  # said once more it stays put off
    other = new and Wish.GO_TO not in said and bool(step) and step not in named
    if not other:
        wanted = wanted or next((one for one in named if one != step and (step in named or one in ours.past)), None)
    return Turn(step, later, named[0] if other else None, wanted, did)


@lru_cache(maxsize=4)
def _numbers(knowledge: Knowledge) -> FrameSet[int]:
    return FrameSet((at, frame) for at, frames in knowledge.step_words.numbers.items() for frame in frames)


def step_numbered(letters: str, theirs: Sequence[str], knowledge: Knowledge) -> str | None:
    """The step that is called by its number: "el paso 2"."""
    at = next((one.key for one in _numbers(knowledge).find(letters)), 0)
    return theirs[at - 1] if 0 < at <= len(theirs) else None


def step_wanted(letters: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> str | None:
    """The step to which somebody says that they want to go."""
    if numbered := step_numbered(letters, [*theirs], knowledge):
        return numbered
    wanted = (one for one in words_of(knowledge).find(letters) if one.key == Wish.GO_TO)
    behind = (f" {letters} "[one.start :] for one in wanted if not denied_at(letters, one.start, knowledge))
    named = (steps_named(rest, procedure_id, theirs, knowledge) for rest in behind)
    return next((steps[0] for steps in named if steps), None)


def gone_otherwise(letters: str, procedure_id: str, knowledge: Knowledge) -> str | None:
    """The step that is told to have gone as it was to prevent: "ya firmó unos papeles"."""
    said = own_words(procedure_id, knowledge).find(letters)
    return next((one.key[1] for one in said if one.key[0] == OTHERWISE), None)


def wishes_of(said: Collection[Wish], letters: str, procedure_id: str, knowledge: Knowledge) -> set[Wish]:
    """What is said to the errand: no trouble by words that name a paper or step of it; one where it went otherwise."""
    otherwise = {Wish.STUCK} if gone_otherwise(letters, procedure_id, knowledge) else set[Wish]()
    return {*said} - (wishes_naming(letters, procedure_id, knowledge) & {*TROUBLES}) | otherwise


def trouble_about(
    trouble: Wish,
    letters: str,
    procedure: Procedure,
    theirs: Sequence[str],
    here: str | None,
    knowledge: Knowledge,
    *,
    told: bool,
) -> str | None:
    """The step a trouble is of: named and telling of it, else the open one; None: far ahead, or untold (`told`)."""
    if otherwise := gone_otherwise(letters, procedure.id, knowledge):
        return otherwise
    ahead = theirs if trouble in (Wish.STUCK, Wish.REFUSAL, Wish.WRONG) else ()
    wrong = " ".join(one.words for one in words_of(knowledge).find(letters) if one.key == trouble == Wish.WRONG)
    said = [steps_named(words, procedure.id, ahead, knowledge) for words in (wrong, letters)]
    papers = papers_named(letters, procedure.id, knowledge) if wrong else frozenset[str]()
    said += [tuple(one.id for one in procedure.steps if one.id in theirs and not papers.isdisjoint(one.bring))]
    named = next(filter(None, said), ())  # "me equivoqué en la solicitud; la cuenta sí está"
    if trouble is Wish.REFUSAL and not {*named} <= {*near(theirs, here)}:
        return None
    step = next((one for one in procedure.steps if one.id in named and one.if_not), None)
    step = step or next((one for one in procedure.steps if one.id == here), None)
    if (told or trouble is Wish.LOST) and not trouble_told(trouble, step, procedure, knowledge):
        return None
    return step.id if step else ""


def names_other(letters: str, ours: Walked, answers: Answers, knowledge: Knowledge) -> bool:
    """Whether a paper or another step than the open one is named: "ya la pedí, la larga"; "la entrevista es el 3"."""
    theirs = [one.id for one in steps_of(knowledge.procedures[ours.procedure], answers)]
    named = steps_named(letters, ours.procedure, theirs, knowledge)[:1]
    return named not in ((), (ours.step,)) or bool(papers_named(letters, ours.procedure, knowledge))


def letter_in(letters: str, procedure: Procedure, step: str | None) -> Letter | None:
    """The model that is asked for by its words, else that of the step, else the first."""
    named = (one for one in procedure.letters if frames_of(one.frames).first(letters) is not None)
    here = (one for one in procedure.letters if one.step == step)
    return next(iter((*named, *here, *procedure.letters)), None)


def near(steps: Sequence[str], here: str | None) -> Sequence[str]:
    """The steps up to the one behind the open one; all, where none is open."""
    return steps[: [*steps].index(here) + 2] if here is not None and here in steps else steps
