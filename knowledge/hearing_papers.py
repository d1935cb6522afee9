"""What a message says of the papers and model letters of a procedure, by where somebody stands in it."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Protocol

from knowledge.frames import FrameSet, unkeyed
from knowledge.hearing_steps import PAPER, Key, Wish, own_words, words_of
from knowledge.model import Knowledge
from knowledge.schema.procedures import Letter, Procedure, Step


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


def papers_named(letters: str, procedure_id: str, knowledge: Knowledge) -> frozenset[str]:
    """Papers named, whether there or missing."""
    return frozenset(name for kind, name in _said(letters, procedure_id, knowledge) if kind == PAPER)


def _said(letters: str, procedure_id: str, knowledge: Knowledge) -> list[Key]:
    return [one.key for one in own_words(procedure_id, knowledge).find(letters)]


def papers_in(told: str, procedure_id: str, knowledge: Knowledge, theirs: Collection[str] = ()) -> dict[str, str]:
    """Papers named, each with Wish.HAS or Wish.LACKS: by the words in front of it, else by those behind it.

    `theirs`: of these alone, where several of a procedure have one name. Of one name for much, some is enough.
    """
    found, there, waiting = dict[str, str](), "", list[str]()

    def heard(rest: str) -> Iterator[Key]:
        nonlocal there
        while marks := list(_marks(rest, procedure_id, knowledge, theirs)):
            _, end, kind, name = min(marks)
            rest = f" {rest} "[-end:].strip()
            if kind == PAPER and (lone := _lone(rest, knowledge)):
                yield name, Wish.LACKS
                rest = f" {rest} "[lone:].strip()
            elif kind == PAPER and there:
                yield name, there
            elif kind == PAPER:
                waiting.append(name)
            elif kind == Wish.BUT:
                there = ""
                waiting.clear()
            else:
                there = (
                    kind if not waiting or (kind == Wish.HAS and rest) else ""
                )  # "the deed yes, the register not yet"
                yield from ((paper, kind) for paper in waiting)
                waiting.clear()

    for paper, mark in chain.from_iterable(map(heard, told.split(", "))):
        found[paper] = Wish.HAS if Wish.HAS in (mark, found.get(paper)) else mark
    return found


def _lone(rest: str, knowledge: Knowledge) -> int:
    """Where the words end right behind a paper that say that it alone is missing: "el comprobante no"; 0: none do."""
    return max((one.end for one in words_of(knowledge).find(rest) if one.key == Wish.LONE), default=0)


def _marks(
    letters: str, procedure_id: str, knowledge: Knowledge, theirs: Collection[str]
) -> Iterator[tuple[int, int, str, str]]:
    """Where each mark begins, where it ends (negative: the longest of two first), and what it is."""
    for found in words_of(knowledge).find(letters):
        if found.key in (Wish.HAS, Wish.LACKS, Wish.BUT):
            yield found.start, -found.end, found.key, ""
    for one in own_words(procedure_id, knowledge).find(letters):
        if one.key[0] == PAPER and (not theirs or one.key[1] in theirs):
            yield one.start, -one.end, *one.key


def letter_named(letters: str, procedure: Procedure) -> Letter | None:
    """The model that is asked for by its words."""
    return next((one for one in procedure.letters if FrameSet(unkeyed(one.frames)).first(letters) is not None), None)


def letter_in(letters: str, procedure: Procedure, step: str | None) -> Letter | None:
    """The model that is asked for by its words, else that of the step, else the first."""
    named = filter(None, (letter_named(letters, procedure),))
    here = (one for one in procedure.letters if one.step == step)
    return next(iter((*named, *here, *procedure.letters)), None)
