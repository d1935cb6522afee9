"""Things that an errand does not know: "ya pagué la renta" is no step of a passport."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from knowledge.frames import fold
from knowledge.hearing_clauses import marked
from knowledge.hearing_papers import papers_named
from knowledge.hearing_steps import PARTS, STEM, Wish, named_in, wishes_in
from knowledge.marked import parts_named
from knowledge.model import Knowledge

TELLS = frozenset({Wish.HAS, Wish.DONE, Wish.ALREADY, Wish.HOLDS})
"""What a clause says that tells something to be done or there."""
HEARD = PARTS - TELLS - {Wish.ONE, Wish.BOTH, Wish.WHOSE, Wish.ITS}
"""Beside these it is heard whatever it is of."""
TALK = "talk"


def of_errand(pieces: Sequence[Sequence[str]], procedure_id: str, knowledge: Knowledge) -> str | None:
    """A message without the clauses that tell of what the errand knows nothing of; None where it has none."""
    clauses = [one for one in marked(pieces, knowledge) if one[0]]
    kept = [f"{one}?" if asks else one for one, asks in clauses if asks or not _of_else(one, procedure_id, knowledge)]
    return None if len(kept) == len(clauses) else ", ".join(kept)


def _of_else(clause: str, procedure_id: str, knowledge: Knowledge) -> bool:
    said = wishes_in(clause, knowledge)
    if said.isdisjoint(TELLS) or said - TELLS - PARTS or said & HEARD or procedure_id in named_in(clause, knowledge):
        return False
    things = _things(clause, knowledge)
    if not things or papers_named(clause, procedure_id, knowledge):
        return False
    return _vocabulary(procedure_id, knowledge).isdisjoint(one[:STEM] for one in things)


def _things(clause: str, knowledge: Knowledge) -> list[str]:
    """What is named behind an article: neither where, with what or when it was done; none in "ya la hice"."""
    words, names, verbs = clause.split(), knowledge.step_words.things, _verbs(knowledge)
    behind = [(at and words[at - 1], one, words[at + 1]) for at, one in enumerate(words[:-1])]
    if any(one in names["pronouns"] and thing in verbs for _, one, thing in behind):
        return []
    apart = (*names["apart"], *names["beside"])
    return [
        one
        for near, word, one in behind
        if word in names["articles"] and near not in names["beside"] and one not in apart
    ]


@lru_cache(maxsize=4)
def _verbs(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(fold(" ".join((*knowledge.step_words.has, *knowledge.step_words.done))).split())


@lru_cache(maxsize=64)
def _vocabulary(procedure_id: str, knowledge: Knowledge) -> frozenset[str]:
    """Beginnings of the words of an errand, and of what people say in it that is of it."""
    lessons = knowledge.errand_lessons.get(procedure_id)
    parts = chain.from_iterable(map(parts_named, chain.from_iterable(lessons.said.values() if lessons else ())))
    said = [text for text, marks in parts if TALK not in marks]
    told = knowledge.step_lessons.get(procedure_id)
    said += [text for one in (told.told.values() if told else ()) for texts in one.values() for text in texts]
    words = fold(" ".join((knowledge.procedures[procedure_id].model_dump_json(), *said))).split()
    return frozenset(word[:STEM] for word in words)
