"""A message in clauses: what it tells, and what it asks, which a mark or words show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.frames import FrameSet, frames_of
from knowledge.hearing_steps import Wish, is_wish, named_in, names_of, wishes_in, words_of
from knowledge.model import Knowledge

BARE, LINKED = 4, 7
"""Words of a question that goes on from the one before it: "y cuánto cuesta"; and of one of what stands before it that
may name a thing of its own: "sirve la de la escuela"."""
ASKING = frozenset({Wish.ASKS, Wish.AGAIN, Wish.FITS, Wish.OF_IT, Wish.TRUE, Wish.RESUME, Wish.MISSING, Wish.TOTAL})
"""What makes a clause a question where no mark does."""
IF = frozenset({Wish.REFUSAL, Wish.SILENCE})
"""Troubles that may be asked of before they come: "si nos dicen que no"."""
OF_BEFORE = frozenset({Wish.FITS, Wish.OF_IT, Wish.TRUE})
"""What is asked of what was told right before: whether it will do, where it is had, whether it is so."""


def clauses_of(letters: str, knowledge: Knowledge) -> Iterator[str]:
    """A part of a message without marks in it, cut where content says that a clause of an errand begins."""
    return cut_at(letters, frames_of(knowledge.step_words.cuts))


def cut_at(letters: str, cuts: FrameSet[bool]) -> Iterator[str]:
    """Spelled words, cut where one of these frames begins that no other one before it holds: "pero cuánto cuesta"."""
    words, begun, held = letters.split(), 0, 0
    for at, several in cuts.begins(letters).items():
        if at >= held:
            if at > begun:
                yield " ".join(words[begun:at])
            begun, held = at, at + several
    yield from filter(None, (" ".join(words[begun:]),))


def marked(pieces: Sequence[Sequence[str]], knowledge: Knowledge) -> Iterator[tuple[str, bool]]:
    """The clauses of the parts of pieces that question marks end, and whether the mark is of it."""
    for left, parts in zip(range(len(pieces))[::-1], pieces, strict=True):
        here = [clause for part in parts for clause in clauses_of(part, knowledge)]
        yield from ((one, bool(left) and one is here[-1]) for one in here)


def is_bare(question: str) -> bool:
    """Whether a question may go on from the one before it."""
    return len(question.split()) <= BARE


def is_of_lacking(question: str, knowledge: Knowledge) -> bool:
    """Whether a question in few words is of the one thing that is missing: "¿y tiene que ser original?"."""
    of_it = {Wish.FITS, Wish.OF_IT, Wish.MUST}
    return len(question.split()) <= LINKED and not of_it.isdisjoint(wishes_in(question, knowledge))


def leaves_open(known: Mapping[str, bool]) -> bool:
    """Whether a question is not answered that does not go on from one that is: "dónde la saco, y cuánto cuesta"."""
    before = tuple(one for one, there in known.items() if there)
    left = (one for one, there in known.items() if not there and (len(known) == 1 or not is_bare(one)))
    return any(not one.startswith(before) for one in left)


def _of_thing(told: Sequence[str], now: bool, knowledge: Knowledge) -> bool:
    """Whether a bare question is of a thing told right before: "no tengo la CURP, ¿qué hago?"; "me piden una carta"."""
    lacks = now and Wish.LACKS in wishes_in(told[-1], knowledge)
    return lacks or any(Wish.OTHER in wishes_in(one, knowledge) for one in told[-2:])


def _supposes(told: str, knowledge: Knowledge) -> bool:
    """Whether a clause only supposes what the question behind it hangs on: "y si vuelvo antes, ¿lo pierdo?"."""
    said = wishes_in(told, knowledge)
    return Wish.SUPPOSES in said and said.isdisjoint({Wish.HAS, Wish.LACKS, Wish.DONE, Wish.DENIES})


def apart(clauses: Iterable[tuple[str, bool]], knowledge: Knowledge) -> tuple[list[str], list[str]]:
    """What clauses tell, and what they ask, which a mark or words show; a question of what was told before holds that.

    Whether a paper will do takes it out of what is told, unless that says that it is missing: nobody says it is there.
    """
    told, asked, before, last = list[str](), list[str](), "", list[str]()
    for clause, marked in clauses:
        said = wishes_in(clause, knowledge)
        supposed = Wish.SUPPOSES in said and not said.isdisjoint(IF)  # "y si me dicen que no"
        if not (marked or supposed) and (Wish.OTHER in said or said.isdisjoint(ASKING)):
            told.append(clause)
            last = told
            continue
        if told and last is told and is_bare(clause) and _of_thing(told, Wish.NOW in said, knowledge):
            asked.append(f"{told.pop() if Wish.SUPPOSES in wishes_in(told[-1], knowledge) else told[-1]} {clause}")
            last = asked
            continue
        if told and last is told and marked and _supposes(told[-1], knowledge):
            asked.append(f"{told.pop()} {clause}")
            last = asked
            continue
        bare = is_wish(clause, knowledge) or (Wish.TRUE in said and is_bare(clause))
        if told and said & OF_BEFORE and bare:
            kept = Wish.OF_IT in said or Wish.LACKS in wishes_in(told[-1], knowledge)
            before = told[-1] if kept else told.pop()
        elif said & (OF_BEFORE - {Wish.TRUE}) and not bare:
            near = asked.pop() if last is asked else told[-1] if told else ""
            before = (
                f"{near if len(clause.split()) <= LINKED else ''} {clause}".strip()
            )  # "dónde saco el acta, y cuánto cuesta"
            asked.append(before)
            last = asked
            continue
        elif not is_bare(clause):
            before = ""
        asked.append(f"{before} {clause}".strip())
        last = asked
    return [one for one in told if not asked or Wish.FILLS not in wishes_in(one, knowledge)], asked


def goes_back(letters: str, knowledge: Knowledge) -> bool:
    """Whether words that go back name the matter: "¿en qué iba con lo de la OEA?"; not "¿y en qué iba?" behind it."""
    starts = [one.start for one in words_of(knowledge).find(letters) if one.key in (Wish.RESUME, Wish.GO_TO)]
    return any(named_in(f" {letters} "[at:].strip(), knowledge) for at in starts)


def returned_to(letters: str, knowledge: Knowledge) -> frozenset[str]:
    """The errands whose names stand right behind words that go back: "sigamos con la INE"."""
    ends = {one.end for one in words_of(knowledge).find(letters) if one.key == Wish.RETURNS}
    return frozenset(one.key for one in names_of(knowledge).find(letters) if one.start in ends)


def named_before(heard: Sequence[str], topic: str | None, knowledge: Knowledge) -> tuple[str, ...]:
    """The matter that was named last, in the message before or while the open topic is of it."""
    for back, text in enumerate(reversed(heard)):
        named = named_in(text, knowledge)
        if theirs := tuple(one for one in named if not back or topic in knowledge.procedures[one].topics):
            return theirs
    return ()
