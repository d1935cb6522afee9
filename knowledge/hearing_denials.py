"""Steps that a message says are not done: by the verb of their name behind a no, a "not yet", a "still missing"."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from knowledge.frames import fold
from knowledge.hearing_steps import SHORTEST, Told, Wish, clauses_of, words_of
from knowledge.model import Knowledge

NO = frozenset({Wish.DENIES, Wish.LACKS, Wish.ALMOST})
ENDING, LONGEST = 2, 5
"""Letters of the ending of an infinitive, and the most by which a form of it is longer than its root."""


def steps_denied(told: Told, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Of these steps those that it denies, in their order."""
    parts = [fold(one) for one in told.text.split(", ")] if told.tells else [told.letters]
    clauses = (clause for part in parts for clause in clauses_of(part, knowledge))
    verbs = {verb for clause in clauses for verb in _denied(clause, knowledge)}
    names = ((one.id, _roots(one.id, procedure_id, knowledge)) for one in knowledge.procedures[procedure_id].steps)
    return tuple(step for step, roots in names if step in theirs and any(_is_form(v, roots, knowledge) for v in verbs))


def _denied(clause: str, knowledge: Knowledge) -> Iterator[str]:
    """The words right behind each no, past those that mean nothing by themselves."""
    for one in words_of(knowledge).find(clause):
        if one.key in NO:
            for word in f" {clause} "[one.end :].split():
                yield word
                if word not in knowledge.stop_words and len(word) >= SHORTEST:
                    break


@lru_cache(maxsize=1024)
def _roots(step_id: str, procedure_id: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The verbs with which the name of a step begins, in both languages."""
    name = next(one.name for one in knowledge.procedures[procedure_id].steps if one.id == step_id)
    spanish, english = (fold(words).split()[0] for words in (name.es, name.en))
    return spanish[: spanish.rfind("r") + 1], english  # "entregarla" is "entregar"


def _is_form(word: str, verbs: Collection[str], knowledge: Knowledge) -> bool:
    """Whether a word is a form of one of these verbs: "pagado" of "pagar", "ido" of "ir"."""
    spanish, english = verbs
    roots = (root for root in (spanish[:-ENDING], english) if len(root) >= SHORTEST)
    regular = any(word.startswith(root) and len(word) <= len(root) + LONGEST for root in roots)
    return regular or any(word in knowledge.step_words.forms.get(verb, ()) for verb in verbs)
