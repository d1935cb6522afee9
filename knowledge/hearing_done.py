"""Steps that clauses say are done or are not, where no words of their own do: by their names, by the verb of those."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import chain

from knowledge.frames import fold
from knowledge.hearing_papers import papers_named
from knowledge.hearing_steps import (
    SHORTEST,
    Told,
    Wish,
    clauses_of,
    steps_done_in,
    steps_named,
    wishes_in,
    words_of,
)
from knowledge.model import Knowledge

NO = frozenset({Wish.DENIES, Wish.LACKS, Wish.ALMOST})
ENDING, LONGEST = 2, 5
"""Letters of the ending of an infinitive, and the most by which a form of it is longer than its root."""
BESIDE = 1
"""Words beside the verb that mean something by themselves, in a clause whose verb alone tells the step."""


def done_and_not(
    told: Told,
    said: Collection[str],
    procedure_id: str,
    bring: Mapping[str, Collection[str]],
    ticked: Mapping[str, str],
    past: Collection[str | None],
    knowledge: Knowledge,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The steps that are done; those that are not, as denied or short of a paper; of the denied what was thought done.

    Where all but something is there that is no paper, the last is done in part: "nada más falta lo del dinero".
    """
    did = steps_told_in(told, procedure_id, bring, knowledge)
    short = tuple(one for one, papers in bring.items() if Wish.LACKS in map(ticked.get, papers))
    partly = did[-1:] if {Wish.EVERY, Wish.LACKS} <= {*said} and not ticked else ()
    denied = (*steps_denied(told, procedure_id, bring, knowledge), *partly)
    framed = steps_done_in(told.letters, procedure_id, bring, knowledge, denied=True)
    undone = tuple(one for one in bring if one in framed or (one in denied and one in past))
    return tuple(one for one in did if one not in (*denied, *short)), (*denied, *short), undone


def steps_told_in(told: Told, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Those told by their own words, else those that a clause names in which something is done: "la cita la hice"."""
    said = steps_done_in(told.letters, procedure_id, theirs, knowledge)
    clauses = [fold(one) for one in told.text.split(", ")] if told.tells and not said else []
    done = [one for one in clauses if _tells_done(one, knowledge)]
    return said or tuple(
        dict.fromkeys(chain.from_iterable(_named(one, procedure_id, theirs, knowledge) for one in done))
    )


def _named(clause: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> Iterator[str]:
    """The step that a clause names, else tells by its verb; where it says that a paper is had, one that brings it."""
    named = steps_named(clause, procedure_id, theirs, knowledge)[:1]
    had = Wish.HAS in wishes_in(clause, knowledge) and papers_named(clause, procedure_id, knowledge)
    bring = {one.id: one.bring for one in knowledge.procedures[procedure_id].steps}
    found = named or _by_verb(clause, procedure_id, theirs, knowledge)
    yield from (step for step in found if not had or not had.isdisjoint(bring[step]))


def _tells_done(clause: str, knowledge: Knowledge) -> bool:
    said = wishes_in(clause, knowledge)
    return Wish.DONE in said and said.isdisjoint({Wish.DENIES, Wish.LACKS, Wish.WRONG})


def _by_verb(clause: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The one step of which a clause says little more than the verb: "ya la mandé en mayo"."""
    words = [word for word in clause.split() if word not in knowledge.stop_words and len(word) >= SHORTEST]
    found = [
        step
        for step in theirs
        for word in clause.split()
        if _is_form(word, _roots(step, procedure_id, knowledge), knowledge)
    ]
    return tuple(found) if len(found) == 1 and len(words) <= 1 + BESIDE else ()


def steps_denied(told: Told, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Of these steps those that it denies, in their order."""
    parts = [fold(one) for one in told.text.split(", ")] if told.tells else [told.letters]
    clauses = [clause for part in parts for clause in clauses_of(part, knowledge)]
    verbs = {verb for clause in clauses for verb in _denied(clause, knowledge)}
    halfway = (one for one in clauses if Wish.ALMOST in wishes_in(one, knowledge))
    almost = {step for one in halfway for step in steps_named(one, procedure_id, theirs, knowledge)[:1]}
    names = ((one.id, _roots(one.id, procedure_id, knowledge)) for one in knowledge.procedures[procedure_id].steps)
    denied = {step for step, roots in names if any(_is_form(verb, roots, knowledge) for verb in verbs)}
    return tuple(step for step in theirs if step in denied | almost)


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
    if () in (knowledge.step_words.forms.get(verb) for verb in verbs):  # "no tengo dinero": having names no step
        return False
    roots = (root for root in (spanish[:-ENDING], english) if len(root) >= SHORTEST)
    regular = any(word.startswith(root) and len(word) <= len(root) + LONGEST for root in roots)
    return regular or any(word in knowledge.step_words.forms.get(verb, ()) for verb in verbs)
