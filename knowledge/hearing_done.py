"""Steps that clauses say are done or are not, where no words of their own do: by their names, by the verb of those."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from knowledge.errand_bounds import Walked
from knowledge.frames import fold
from knowledge.hearing_options import option_changed
from knowledge.hearing_others import clauses_told, is_of_other, takes_back
from knowledge.hearing_papers import papers_named
from knowledge.hearing_steps import (
    SHARED,
    SHORTEST,
    STEM,
    Told,
    Wish,
    beside_wish,
    steps_done_in,
    steps_named,
    tells_of,
    wishes_in,
    words_of,
)
from knowledge.model import Knowledge
from knowledge.procedures import hanging_on
from knowledge.schema.procedures import Step

NO = frozenset({Wish.DENIES, Wish.LACKS, Wish.ALMOST})
ENDING, LONGEST = 2, 5
"""Letters of the ending of an infinitive, and the most by which a form of it is longer than its root."""
BESIDE = 1
"""Words beside the verb that mean something by themselves, in a clause whose verb alone tells the step."""


def done_and_not(
    told: Told,
    said: Collection[str],
    procedure_id: str,
    steps: Sequence[Step],
    ticked: Mapping[str, str],
    ours: Walked,
    knowledge: Knowledge,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], dict[str, str]]:
    """The steps that are done; those that are not, as denied or short of a paper; of the denied what was thought done;
    the papers that are told to be there or missing by then.

    Where all but something is there that is no paper, the last is done in part: "nada más falta lo del dinero".
    """
    bring, past = {one.id: one.bring for one in steps}, (*ours.done, ours.step)
    did = steps_told_in(told, procedure_id, bring, knowledge)
    here = [ours.step] if ours.step and says_done(told, knowledge) else []  # "listo, ya fui, y ya la tengo en la mano"
    got = () if ticked else _got(told, steps, {*did, *here} - {*ours.done}, ours, knowledge)
    before, alone = _all_but(told, procedure_id, bring, knowledge)
    did = tuple(dict.fromkeys((*did, *got, *before)))
    new = not {*ours.done} >= {*did} if did else bool(ticked) and Wish.ITS not in said  # "ya la comparé. hecho"
    did = (*(one for one in here if new and one not in did), *did)
    part = gathered_in_part(told, did, steps, ours.has, procedure_id, knowledge)
    did = tuple(one for one in did if not part or {*part}.isdisjoint(bring[one]))
    papers = {**part, **ticked}
    short = tuple(one for one, needs in bring.items() if Wish.LACKS in map(papers.get, needs))
    left = tuple(_not_had(told, procedure_id, bring, knowledge))
    partly = Wish.LACKS in said and {*said} & {Wish.EVERY, Wish.EXCEPTS} and not (papers or alone or left)
    denied = (*steps_denied(told, procedure_id, bring, knowledge), *alone, *(did[-1:] if partly else ()))
    back = did[-1:] if takes_back(told, knowledge) else ()
    denied += (*_owed(told, procedure_id, bring, knowledge), *back)
    refused = {one.id for one in steps if one.withheld} if did else set[str]()
    denied += tuple(one for one in left if one in {*ours.done, *refused})
    framed = steps_done_in(told.letters, procedure_id, bring, knowledge, denied=True)
    undone = tuple(one for one in bring if one in framed or (one in denied and one in {*past, *back}))
    left = tuple(one for one in left if one not in did)  # "ya saqué la cita, me falta ir"
    return tuple(one for one in did if one not in (*denied, *short)), (*denied, *short, *left), undone, papers


def unmarked(
    told: Told, said: Collection[Wish], procedure_id: str, theirs: Collection[str], ours: Walked, knowledge: Knowledge
) -> tuple[str, ...]:
    """Steps that we noted and a message says are not done: those that it names, else what was noted last."""
    denied = {*steps_denied(told, procedure_id, theirs, knowledge), *_not_had(told, procedure_id, theirs, knowledge)}
    denied |= {*steps_done_in(told.letters, procedure_id, theirs, knowledge, denied=True)}
    last, corrects = {*ours.noted}, not {Wish.INSTEAD, Wish.UNMARKS}.isdisjoint(said)
    books = {one.id for one in knowledge.procedures[procedure_id].steps if one.books}
    for clause in clauses_told(told, knowledge):
        named = {*steps_named(clause, procedure_id, theirs, knowledge)[:1]} & last
        denied |= named & books if is_of_other(clause, procedure_id, knowledge) else set()
        denied |= named if corrects and Wish.DENIES in wishes_in(clause, knowledge) else set()
    owed = {*_owed(told, procedure_id, theirs, knowledge)} if {*theirs} <= {*ours.done} else set[str]()
    denied |= owed
    own = knowledge.procedures[procedure_id]
    answer = Wish.UNMARKS in said and option_changed(
        told.text, own, ours.answers, knowledge, meant=True
    )  # that is wrong
    found = denied & {*ours.done} or (last if Wish.UNMARKS in said and not answer else set[str]())
    again = steps_told_in(told, procedure_id, theirs, knowledge)
    return tuple(one for one in ours.done if one in found and (one in owed or one not in again))


def _got(
    told: Told, steps: Sequence[Step], new: Collection[str], ours: Walked, knowledge: Knowledge
) -> tuple[str, ...]:
    """The step that brings the thing, told to be there without its name; beside others (`new`) only the next."""
    order, clauses = [one.id for one in steps], clauses_told(told, knowledge) if told.tells else []
    free = (one for one in clauses if not steps_done_in(one, ours.procedure, order, knowledge))
    held = (one for one in free if Wish.IN_HAND in (said := wishes_in(one, knowledge)) and NO.isdisjoint(said))
    if next(held, None) is None or papers_named(told.letters, ours.procedure, knowledge):
        return ()
    at = next((at for at, one in enumerate(steps) if one.id == ours.step), 0)
    own, past = knowledge.procedures[ours.procedure], ours.past.union(new)
    left = (one for one in steps[at:] if one.id not in past and hanging_on(own, one.id).isdisjoint(new))
    ahead = [*left][: 1 + SHARED]
    receives = (one for one in ahead if tells_of(one.name.es, "receives", knowledge))  # before a receipt on the way
    brings = next(receives, next((one for one in ahead if one.result), None))
    is_visit = any(not one.books and (one is brings or (one.is_visit and not new)) for one in ahead[:1])
    return (brings.id,) if brings and is_visit else ()


def _owed(told: Told, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The last step, where its thing is told not to be there yet, or in part: "no la tengo", "falta la otra mitad"."""
    said = [one for one in clauses_told(told, knowledge) if Wish.OWED in wishes_in(one, knowledge)]
    return (*theirs,)[-1:] if any(not papers_named(one, procedure_id, knowledge) for one in said) else ()


def _all_but(
    told: Told, procedure_id: str, theirs: Collection[str], knowledge: Knowledge
) -> tuple[Sequence[str], tuple[str, ...]]:
    """The steps before the one that alone is told to be left, and that one: "nomás falta ir a firmar"."""
    order = [*theirs]
    for clause in clauses_told(told, knowledge) if told.tells else ():
        if {Wish.EVERY, Wish.LACKS} <= wishes_in(clause, knowledge):
            end = max(one.end for one in words_of(knowledge).find(clause) if one.key == Wish.LACKS)
            left = steps_named(rest := f" {clause} "[end:], procedure_id, theirs, knowledge)[:1]
            if left and not papers_named(rest.strip(), procedure_id, knowledge):
                return order[: order.index(left[0])], left
    return (), ()


def troubles_left(said: Collection[Wish], did: Collection[str], ticked: Mapping[str, str]) -> set[Wish]:
    """Troubles that are told beside what is done; a paper that ran out is missing by now, and none any more."""
    gone = Wish.LACKS in ticked.values() or (ticked and Wish.LAPSED in said)
    left = {Wish.WRONG, Wish.REFUSAL, *(() if gone else (Wish.LOST,))}
    return {*said} & (left if did or Wish.DONE in said else {*left, Wish.SILENCE})


def turned_away(
    told: Told, trouble: Wish, procedure_id: str, ahead: Collection[str], knowledge: Knowledge
) -> tuple[str, ...]:
    """The steps that are told to be done till they were turned away in a clause that names no other step."""
    did = steps_told_in(told, procedure_id, ahead, knowledge) if ahead else ()
    clauses = (one for one in told.text.split(", ") if trouble in wishes_in(fold(one), knowledge))
    named = steps_named(fold(" ".join(clauses)), procedure_id, ahead, knowledge)
    return did if {*did}.issuperset(named) else ()


def says_done(told: Told, knowledge: Knowledge) -> bool:
    """Whether a clause says nothing but that something is done, which is of the open step: "listo, y ya pagué"."""
    clauses = [fold(one) for one in told.text.split(", ")] if told.tells else []
    free = (one for one in clauses if wishes_in(one, knowledge).isdisjoint({Wish.BOOKED, Wish.IN_HAND}))
    return any(
        one.key == Wish.DONE and one.words == clause for clause in free for one in words_of(knowledge).find(clause)
    )


def _not_had(told: Told, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> Iterator[str]:
    """The steps that are named where something is not there, which is no paper: "todavía no hago la cita"."""
    for clause in clauses_told(told, knowledge):
        lacks = [one.end for one in words_of(knowledge).find(clause) if one.key == Wish.LACKS]
        if lacks and not papers_named(clause, procedure_id, knowledge):
            behind = f" {clause} "[max(lacks) :].strip()
            yield from _named(behind, procedure_id, theirs, knowledge) or _named(
                clause, procedure_id, theirs, knowledge
            )


def gathered_in_part(
    told: Told,
    did: Collection[str],
    steps: Sequence[Step],
    has: Collection[str],
    procedure_id: str,
    knowledge: Knowledge,
) -> dict[str, str]:
    """The papers that are told to be ready, where a step gathers more than these: "escaneé el acta"."""
    named = papers_named(told.letters, procedure_id, knowledge)
    part = dict[str, str]()
    for step in steps if Wish.EVERY not in wishes_in(told.letters, knowledge) else ():
        needed = (papers_named(fold(step.text.es), procedure_id, knowledge) & {*step.bring}) or {*step.bring}
        if step.id in did and not step.is_visit and (mine := named & {*step.bring}) and not needed <= mine | {*has}:
            part |= dict.fromkeys(sorted(mine), str(Wish.HAS))
    return part


def steps_told_in(told: Told, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Those told by their own words, or that a clause names in which something is done: "la cita la hice".

    No appointment of another errand: "ya saqué cita para registrarlo".
    """
    clauses, said = [*_carried(told, knowledge)] if told.tells else [], list[str]()
    for clause in clauses:
        named = _named(clause, procedure_id, theirs, knowledge) if _tells_done(clause, knowledge) else ()
        said += steps_done_in(clause, procedure_id, theirs, knowledge) or named
    said = [*(one for one in steps_done_in(told.letters, procedure_id, theirs, knowledge) if one not in said), *said]
    others = {one for one in clauses if is_of_other(one, procedure_id, knowledge)}
    books = {one.id for one in knowledge.procedures[procedure_id].steps if one.books} if others else set[str]()
    own = {step for one in {*clauses} - others for step in steps_done_in(one, procedure_id, theirs, knowledge)}
    return tuple(step for step in dict.fromkeys(said) if step not in books or step in own)


def _carried(told: Told, knowledge: Knowledge) -> Iterator[str]:
    """Its clauses; a word for already that begins one is of those behind it too: "ya fuimos, pagamos"."""
    already = ""
    for part in map(fold, told.text.split(", ")):
        clause = beside_wish(Wish.JOINS, part, knowledge) or part  # "y ya fui"
        found = {one.key: one.words for one in words_of(knowledge).find(clause)}
        already = found.get(Wish.ALREADY, already)
        yield clause
        if already and not {Wish.ALREADY, Wish.DAY, Wish.DENIES, Wish.LACKS} & found.keys():
            yield f"{already} {clause}"


def _named(clause: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The step that a clause names, else tells by its verb; where it says that a paper is had, one that brings it."""
    said = steps_named(clause, procedure_id, theirs, knowledge)[:1]
    named = tuple(one for one in said if _by_name(clause, one, procedure_id, knowledge))
    had = (not named or Wish.HAS in wishes_in(clause, knowledge)) and papers_named(clause, procedure_id, knowledge)
    bring = {one.id: one.bring for one in knowledge.procedures[procedure_id].steps}
    found = named or _by_verb(clause, procedure_id, theirs, knowledge)
    return tuple(step for step in found if not had or not had.isdisjoint(bring[step]))


def _by_name(clause: str, step_id: str, procedure_id: str, knowledge: Knowledge) -> bool:
    """Whether a clause says a word of the name of a step: "en el consulado" alone says where anything was done."""
    name = next(one.name for one in knowledge.procedures[procedure_id].steps if one.id == step_id)
    own = {word[:STEM] for word in fold(f"{name.es} {name.en}").split() if word not in knowledge.stop_words}
    return not own.isdisjoint(word[:STEM] for word in clause.split() if len(word) >= SHORTEST)


def _tells_done(clause: str, knowledge: Knowledge) -> bool:
    said = wishes_in(clause, knowledge)
    return Wish.DONE in said and said.isdisjoint({Wish.DENIES, Wish.LACKS, Wish.WRONG})


def _by_verb(clause: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The one step of which a clause says little more than the verb: "ya la mandé en mayo"."""
    found = [
        step
        for step in theirs
        for word in clause.split()
        if _is_form(word, roots := _roots(step, procedure_id, knowledge), knowledge)
        and _says_little(clause, word, knowledge, BESIDE if len(roots[0]) >= SHORTEST else 0)  # "ya fui con la doctora"
    ]
    return tuple(found) if len(found) == 1 else ()


def _says_little(clause: str, verb: str, knowledge: Knowledge, most: int = BESIDE) -> bool:
    """Whether little is said beside a verb: "mi hijo no va a la escuela" tells of no step."""
    words = [word for word in clause.split() if word not in knowledge.stop_words and len(word) >= SHORTEST]
    return len([word for word in words if word != verb]) <= most


def steps_denied(told: Told, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Of these steps those that it denies, in their order."""
    clauses = clauses_told(told, knowledge)
    verbs = [(verb, clause) for clause in clauses for verb in _denied(clause, knowledge)]
    halfway = (one for one in clauses if Wish.ALMOST in wishes_in(one, knowledge))
    almost = {step for one in halfway for step in steps_named(one, procedure_id, theirs, knowledge)[:1]}
    names = ((one.id, _roots(one.id, procedure_id, knowledge)) for one in knowledge.procedures[procedure_id].steps)
    said = [(step, *one) for step, roots in names for one in verbs if _is_form(one[0], roots, knowledge)]
    denied = {
        step
        for step, verb, clause in said
        if _says_little(clause, verb, knowledge) or step in steps_named(clause, procedure_id, theirs, knowledge)
    }
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
