"""Errands that words choose among those that we offered or that were begun, by what tells their titles apart."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from knowledge.asked_steps import wishes_asked
from knowledge.frames import fold
from knowledge.hearing_clauses import apart, clauses_of, is_bare
from knowledge.hearing_papers import others_named
from knowledge.hearing_steps import SHORTEST, STEM, Wish, beside_wish, named_in, names_of, wishes_in
from knowledge.model import Knowledge

Others = Mapping[str, Sequence[str]]
"""Questions, and the other errands that each is of."""
EMPTY: Others = {}
"""None of another errand."""
OF_OURS = frozenset({Wish.HAS, Wish.LACKS, Wish.DONE, Wish.LOST, Wish.FITS})
"""What is told of a paper that makes the question behind it one of the open errand: "ya traigo la matrícula"."""


@lru_cache(maxsize=128)
def _titled(procedure_id: str, knowledge: Knowledge) -> frozenset[str]:
    """Beginnings of the words of a title."""
    title = knowledge.procedures[procedure_id].title
    return frozenset(_telling(fold(f"{title.es} {title.en}"), knowledge))


def _telling(letters: str, knowledge: Knowledge) -> list[str]:
    words = (one for one in letters.split() if len(one) >= SHORTEST and one not in knowledge.stop_words)
    return [one[:STEM] for one in words]


def _named(letters: str, procedure_id: str, knowledge: Knowledge) -> set[str]:
    """Beginnings of the words by which a procedure is named: of its title, and its names."""
    names = (one.words for one in names_of(knowledge).find(letters) if one.key == procedure_id)
    said = {*_telling(letters, knowledge)}
    return said & {*_titled(procedure_id, knowledge), *_telling(" ".join(names), knowledge)}


def chosen_in(
    pieces: Sequence[Sequence[str]], offered: Sequence[str | None], knowledge: Knowledge
) -> tuple[int, str] | None:
    """The place of the errand of these that the last words choose, which ask nothing, and what was asked before.

    `pieces`: what question marks end, each in its spelled parts between marks.
    """
    *before, last = pieces
    parts = [one for one in last if one]
    names = {one: at for at, one in enumerate(offered) if one in knowledge.procedures and one is not None}
    if not names or apart(((one, False) for part in parts for one in clauses_of(part, knowledge)), knowledge)[1]:
        return None
    every = (clause for part in parts for clause in (part, *clauses_of(part, knowledge)))
    chosen = next(filter(None, (_chosen(clause, [*names], knowledge) for clause in every)), None)
    every = (clause for piece in before for part in piece for clause in clauses_of(part, knowledge))
    asked = [one for clause in every for one in apart([(clause, False)], knowledge)[1]]
    return (names[chosen], " ".join(f"{one}?" for one in asked)) if chosen else None  # what is told answers nothing


def _chosen(clause: str, offered: Sequence[str], knowledge: Knowledge) -> str | None:
    """The errand of these that a clause names and says nothing else: "sale, el del pasaporte"."""
    said = {*_telling(" ".join(_beside(clause, knowledge)), knowledge)}
    named = {one: _named(clause, one, knowledge) for one in offered}
    found = [one for one, words in named.items() if words and words >= said]
    own = [one for one in found if named[one] - set[str]().union(*(named[two] for two in found if two != one))]
    return (own or found)[0] if len(found) == 1 or len(own) == 1 else None


def _beside(clause: str, knowledge: Knowledge) -> Iterator[str]:
    """The words of a clause but those by which somebody chooses: "mejor", "primero", "paso a paso"."""
    plain = beside_wish(Wish.START, clause, knowledge)
    yield from (one for one in plain.split() if Wish.CHOOSES not in wishes_in(one, knowledge))


def others_asked(procedure_id: str, whole: str, questions: Sequence[str], knowledge: Knowledge) -> Others:
    """The other errands that each question is of: by its words, or as a bare one by what is told right before it."""
    found, before, last = dict[str, Sequence[str]](), list[str](), ""
    for one in questions:
        front = whole.partition(one)[0].strip()
        near = [*clauses_of(front, knowledge)][-1:] if is_bare(one) else []
        near = [last] if near and last and front.endswith(last) else near
        told = [clause for clause in near if wishes_in(clause, knowledge).isdisjoint(OF_OURS)]
        names = [name for clause in told for name in others_named(procedure_id, f"{clause} {one}", knowledge)]
        found[one] = names or others_named(procedure_id, one, knowledge, before)
        before, last = [*before, *found[one]], one
    return found


def wishes_beside(theirs: Others, procedure_id: str, whole: str, knowledge: Knowledge) -> dict[str, set[Wish]]:
    """What each question wishes of the open errand; not which papers another one takes."""
    beside = {Wish.BESIDE} if procedure_id in named_in(whole, knowledge) else set[Wish]()
    wishes = {one: wishes_asked(one, knowledge) for one in theirs}
    return {one: (said - {Wish.BRING}) | beside if theirs[one] else said for one, said in wishes.items()}
