"""Our own clauses: cut to some of their sentences, what these ask for, and what was told takes back of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress
from operator import not_

from knowledge.frames import REMEMBERED, FrameSet, FramesUnless, fold, frames_of
from knowledge.model import Knowledge
from knowledge.schema.protocols import Clause, Says
from knowledge.schema.triage import TakenBack

SENTENCES = re.compile(r"(?<=[.?!]) +")
"""Where a sentence ends and another begins."""
HEAD_WORDS = 6
"""The least words of a first sentence that is said alone: behind one of less the second is said, too."""
NAMED = "named "
"""How the brace of a name reads in frames: `named emergency`."""
OURS = 2**14
"""Sentences of ours whose acts are kept."""


def cut(says: Iterable[Clause], keeps: Callable[[str], bool]) -> Says:
    """The clauses with these of their sentences; those without any are left out."""
    found = (_worded(clause, lambda text: " ".join(filter(keeps, SENTENCES.split(text)))) for clause in says)
    return tuple(clause for clause in found if clause.es and clause.en)


def head_of(clause: Clause) -> Clause:
    """A clause with its first sentence, and the second behind one of few words."""

    def head(text: str) -> str:
        first, *others = SENTENCES.split(text)
        return first if len(first.split()) >= HEAD_WORDS else " ".join((first, *others[:1]))

    return _worded(clause, head)


def _worded(clause: Clause, change: Callable[[str], str]) -> Clause:
    """A clause with its words changed in every form."""
    return clause.model_copy(update={one: change(text) for one in ("es", "en", "tu") if (text := getattr(clause, one))})


@lru_cache(maxsize=REMEMBERED)
def with_scenes(heard: frozenset[str], knowledge: Knowledge) -> frozenset[str]:
    """What was heard and is open, and the scenes that it makes; who has left the place of a kind is in none of it."""
    triage = knowledge.triage
    here = {one for one in heard if heard.isdisjoint(triage.left.get(one, ()))}
    return heard.union(name for name, makes in triage.scenes.items() if not here.isdisjoint(makes))


@lru_cache(maxsize=4)
def _asking(knowledge: Knowledge) -> FramesUnless[str]:
    acts = knowledge.triage.acts.items()
    says = FrameSet((name, frame) for name, act in acts for frame in act.any)
    return FramesUnless(says, FrameSet((name, frame) for name, act in acts for frame in act.unless))


@lru_cache(maxsize=OURS)
def acts_in(sentence: str, knowledge: Knowledge) -> frozenset[str]:
    """What a Spanish sentence of ours asks somebody to do, by the names of `triage.acts`."""
    return frozenset(match.key for match in _asking(knowledge).standing(fold(sentence.replace("{", NAMED))))


def rows_told(heard: frozenset[str], knowledge: Knowledge) -> Sequence[TakenBack]:
    """The rows of `triage.takes_back` for what was heard in a danger and is open in it."""
    told = with_scenes(heard, knowledge)
    return [one for one in knowledge.triage.takes_back if not told.isdisjoint(one.told)]


def ways_round(heard: frozenset[str], knowledge: Knowledge, *, at_once: bool = False) -> Sequence[str]:
    """The ids of the lines of last resort for what was told; `at_once`: those that wait for nothing."""
    return [f"line.{one.says}" for one in rows_told(heard, knowledge) if one.at_once or not at_once]


def still_asked(says: Iterable[Clause], heard: frozenset[str], kind: str, knowledge: Knowledge) -> Iterator[Clause]:
    """Of the clauses of a kind's text, or a line's (no kind), what nothing that was heard takes back.

    A clause that is said only where this was told knows of it; the texts of categories that a row spares save a body.
    """
    kinds = ({kind} if kind else heard) & knowledge.protocols.keys()
    of = {knowledge.protocols[one].of for one in kinds}
    rows = [one for one in rows_told(heard, knowledge) if of.isdisjoint(one.spares)]
    for clause in says:
        knows = {*clause.told, *clause.every}
        acts = frozenset(act for row in rows if knows.isdisjoint(row.told) for act in row.acts)
        if left := _without(clause, acts, knowledge) if acts else clause:
            yield left


@lru_cache(maxsize=OURS)
def _without(clause: Clause, acts: frozenset[str], knowledge: Knowledge) -> Clause | None:
    """A clause without the sentences that ask for these acts and what leans on them; None where no help is left.

    Spanish is read, and the sentence at the same place goes in every form; where they do not pair, all of it goes.
    """
    sentences, gone = SENTENCES.split(clause.es), list[bool]()
    leans, bare = frames_of(knowledge.triage.leans), frames_of(knowledge.triage.bare)
    for one in sentences:
        behind = bool(gone and gone[-1]) and leans.first(fold(one)) is not None
        gone.append(behind or not acts_in(one, knowledge).isdisjoint(acts))
    if not any(gone):
        return clause
    pairs = all(len(SENTENCES.split(text)) == len(gone) for text in (clause.en, clause.tu or clause.es))
    helps = any(not out and bare.first(fold(one)) is None for one, out in zip(sentences, gone, strict=True))
    if clause.whole or not pairs or not helps:
        return None
    return _worded(clause, lambda text: " ".join(compress(SENTENCES.split(text), map(not_, gone))))
