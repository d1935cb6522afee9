"""Whether clauses bear out what is noted of an errand: a question, a denial, a complaint note nothing."""

from collections.abc import Callable, Collection, Sequence
from itertools import chain

from knowledge.clause_acts import Clause, Does
from knowledge.errand_bounds import Walked
from knowledge.hearing_steps import PARTS, Wish, is_wish, steps_done_in, steps_named, wishes_in
from knowledge.model import Knowledge

DID = frozenset[str]({Does.DONE, Does.HAS, Does.FINISHED, Does.TROUBLE, Does.NEXT, Does.ANSWER, "yes", Does.SKIP})
OPEN = frozenset[str]({Does.WAITS, Does.LACKS, Does.DEMAND, Does.TROUBLE, Does.UNDO})
UNDID = OPEN | {Does.BACK, Does.ANSWER, Does.GO, Does.BEGIN, "no"}
"""What must be told where something is noted as done, with which nothing is at its end, and as not done any more."""
ANSWERS = frozenset[str]({Does.ANSWER, Does.TROUBLE, Does.LACKS, Does.HAS, Does.UNDO})
"""What may put another answer in the place of one."""
DENIES = frozenset({Wish.UNMARKS, Wish.DENIES})
"""What is said of what we noted: "yo no dije que lo tengo"."""


def _acts(clauses: Collection[Clause]) -> set[str]:
    return {act.partition("/")[0] for one in clauses for act in one.does}


def talk_alone(text: str, knowledge: Knowledge) -> bool:
    """Whether a courtesy is no word to an errand: "gracias", but not "listo"."""
    return wishes_in(text, knowledge) <= PARTS


def borne_out(
    before: Walked, after: Walked, clauses: Sequence[Clause], knowledge: Knowledge, *, complains: bool
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The steps done and the papers there, of what is noted, but those against which all that is surely told stands.

    None: an answer is changed that nothing tells, so nothing of it is true. `clauses`: all but courtesies.
    """
    plain = [one for one in clauses if not one.marked]
    free = [one for one in plain if Does.ASKS not in one.sure or Does.SKIP in one.sure]
    told = _acts(free)
    changes = any(after.answers.get(one, option) != option for one, option in before.answers.items())
    if changes and (complains or ANSWERS.isdisjoint(_acts([one for one in plain if " " in one.text]))):
        return None
    done, has = after.done, after.has
    if not any(one.sure for one in (free or clauses)) and clauses:
        return done, has
    same = after.answers == before.answers
    denies = same and (complains or any(wishes_in(one.text, knowledge) >= DENIES for one in plain))
    if denies or (DID.isdisjoint(told) and after.answers.items() <= before.answers.items()):
        done = tuple(one for one in done if one in before.done)
        all_but_one = Does.LACKS in told and not denies
        has = has if all_but_one else tuple(one for one in has if one in before.has)
    if same and not {*after.done} >= {*before.done} and UNDID.isdisjoint(told):
        done = before.done
    return done, has


def of_another(
    last: str,
    ours: Walked,
    clauses: Sequence[Clause],
    likeliest: Callable[[str], tuple[str | None, float]],
    least: float,
    knowledge: Knowledge,
) -> bool:
    """Whether what is told to be done is likelier another step than the last, of which no word is said."""
    texts = [one.text for one in clauses if Does.DONE in one.sure and not is_wish(one.text, knowledge)]
    framed = any(last in steps_done_in(one, ours.procedure, [last], knowledge) for one in texts)
    framed |= any(steps_named(one, ours.procedure, [last], knowledge) for one in texts)
    framed |= any(Wish.IN_HAND in wishes_in(one, knowledge) for one in texts)
    return not framed and any(step != last and margin >= least for step, margin in map(likeliest, texts))


def taken_back(ours: Walked, clauses: Sequence[Clause], knowledge: Knowledge) -> list[str]:
    """The step that clauses say was wrongly noted as done: one that they name, else, surely, what was noted last."""
    plain = [one for one in clauses if not one.marked]
    back = [one for one in plain if one.does[0] == Does.UNDO]
    named = (steps_named(one.text, ours.procedure, ours.done, knowledge)[:1] for one in back)
    papers = any({Does.HAS, Does.LACKS} & one.sure for one in plain)
    last = [*(ours.noted or ours.done[-1:])] if any(Does.UNDO in one.sure for one in back) and not papers else []
    return [*chain.from_iterable(named)][:1] or last


def says_not_yet(clauses: Sequence[Clause]) -> bool:
    """Whether it is told that something is not so yet, and nothing to be done."""
    told = frozenset[str]().union(*(one.sure for one in clauses if not one.marked))
    return bool(told & {Does.WAITS, Does.UNDO}) and Does.DONE not in told


def only_plans(clauses: Sequence[Clause]) -> bool:
    """Whether something is told to be done later, and nothing in more than a word to be done or there."""
    did = [not {Does.DONE, Does.HAS}.isdisjoint(one.does) and " " in one.text for one in clauses]
    return any(one.sure & {Does.WAITS, Does.SKIP} and not one.marked for one in clauses) and not any(did)


def stays_open(clause: Clause, knowledge: Knowledge) -> bool:
    """Whether a clause tells that something is not there, refused or wrong; behind a "but" all that is not done."""
    act, sure = clause.does[0].partition("/")[0], clause.does[0] in clause.sure
    return act in OPEN if sure else Wish.BUT in wishes_in(clause.text, knowledge)


def is_idle(before: Walked, after: Walked, knowledge: Knowledge) -> bool:
    """Whether what was told noted nothing, where the open step is one's own to do and no paper of it is missing."""
    here = next((one for one in knowledge.procedures[before.procedure].steps if one.id == before.step), None)
    waits = here is None or here.decides is not None or before.asked or before.lacks or not before.done
    held = [(one.done, one.later, one.has, one.lacks, one.answers, one.step) for one in (before, after)]
    return not waits and held[0] == held[1]
