"""Clauses that are of another errand than the open one, and how a message is cut into clauses."""

from collections import Counter
from functools import lru_cache
from itertools import chain

from knowledge.frames import fold
from knowledge.hearing_clauses import clauses_of
from knowledge.hearing_steps import SHARED, STEM, Told, Wish, named_in, steps_named, words_of
from knowledge.model import Knowledge
from knowledge.schema.procedures import Procedure


def clauses_told(told: Told, knowledge: Knowledge) -> list[str]:
    """What is told, in clauses."""
    parts = [fold(one) for one in told.text.split(", ")] if told.tells else [told.letters]
    return [clause for part in parts for clause in clauses_of(part, knowledge)]


@lru_cache(maxsize=64)
def _other_titles(procedure_id: str, knowledge: Knowledge) -> frozenset[str]:
    """Beginnings of words of the titles of errands that this one leads to, which few titles and none of its own say."""
    own = knowledge.procedures[procedure_id]
    alike = [one for one in knowledge.procedures.values() if one.organisation == own.organisation]
    titles = {one.id: {w[:STEM] for w in fold(f"{one.title.es} {one.title.en}").split()} for one in alike}
    counts = Counter(chain.from_iterable(titles.values()))
    led = {one.errand for one in own.papers} | {option.errand for one in own.questions for option in one.options}
    said = {w[:STEM] for step in own.steps for w in fold(f"{step.name.es} {step.name.en} {step.text.es}").split()}
    theirs = {*chain.from_iterable(titles.get(one or "", ()) for one in led)} - titles[procedure_id] - said
    return frozenset(word for word in theirs if len(word) == STEM and counts[word] <= SHARED)


def is_of_other(clause: str, procedure_id: str, knowledge: Knowledge) -> bool:
    """Whether a clause is of another errand, by its name or a word of its title: "la cita es para el registro"."""
    named, other = named_in(clause, knowledge), _other_titles(procedure_id, knowledge)
    return bool(named and procedure_id not in named) or not other.isdisjoint(w[:STEM] for w in clause.split())


def takes_back(told: Told, knowledge: Knowledge) -> bool:
    """Whether a clause behind another one is nothing but that it is not so yet: "ya la puse, no, todavía no"."""
    clauses = clauses_told(told, knowledge)[1:]
    return any(one.key == Wish.LONE and one.words == said for said in clauses for one in words_of(knowledge).find(said))


def names_step(letters: str, procedure: Procedure, knowledge: Knowledge) -> bool:
    """Whether words name a step of an errand, whatever its path."""
    return bool(steps_named(letters, procedure.id, [one.id for one in procedure.steps], knowledge))
