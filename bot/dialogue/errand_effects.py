"""What a message does with errands: one that is asked for begins; by what its clauses do, the open one goes on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from bot.conversation import Conversation, Outcome, Progress
from bot.dialogue import errands, in_errand
from bot.dialogue import thresholds as least
from bot.dialogue.danger.classifiers import WAITS, Group, classifier_of, step_told
from bot.dialogue.decision import Act, Decision, Offer, Section, Step
from bot.dialogue.errand_questions import elsewhere, errands_meant, told_and_asked
from bot.dialogue.message import Message
from bot.dialogue.rendering.words import way_in
from bot.dialogue.signals import Signals
from bot.dialogue.signals.errand_acts import Stands, does_in, told_last
from bot.dialogue.signals.found import Candidate
from bot.dialogue.words.talk import is_courtesy
from knowledge import hearing_truth as truth
from knowledge.asked_steps import UNSAID
from knowledge.clause_acts import NOTED, OF_STEPS, Clause, Does
from knowledge.errand_bounds import SHOWN
from knowledge.hearing_papers import papers_named
from knowledge.hearing_steps import Wish, named_in, steps_done_in, steps_named, trouble_in, wishes_in
from knowledge.procedures import steps_of
from knowledge.taking import brings
from knowledge.telling_steps import Show
from knowledge.titles import section_tells

MARKS = {Does.HAS: Wish.HAS, Does.LACKS: Wish.LACKS}
STAYS = frozenset({Wish.STUCK, Wish.REFUSAL, Wish.SILENCE})
"""Troubles with which the open step is not done, whatever was done of it."""
GOES_ON = frozenset({Does.NEXT, Does.WHERE, Does.REPEAT})
"""What asks where they stand."""
SURE = NOTED - {Does.LACKS, Does.SKIP}
"""What must be surely done to be noted down: what lacks or is put off is only shown."""
GONE_BACK = frozenset({Wish.BACK, Wish.GO_TO, Wish.ANEW, Wish.UNDO})  # in plain words
WISHES = GOES_ON | {Does.LEAVE, Does.MISSING, Does.PAPERS, Does.FORWARD, Does.TOTAL, Does.FINISHED, Does.BACK}


@dataclass(slots=True)
class Heard:
    """What the clauses of one message do, with the steps, papers and answers that they do it to."""

    steps: dict[Does, list[str]] = field(default_factory=lambda: {act: [] for act in OF_STEPS})
    papers: dict[str, str] = field(default_factory=dict)
    trouble: Wish | None = None
    wishes: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)


def learned(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What a message does with the errand and what is shown; None where it does nothing with it, or denies a thing."""
    if len(m.letters.split()) == 1 or s.acts.righted.denied:
        return None
    heard, own = heard_in(m, ours, s), s.knowledge.procedures[ours.procedure]
    found = _told(ours, heard, m, s, state)
    wished = (heard.wishes - {Does.WHERE} or "other_matter" in s.acts.said) and not heard.papers
    if wished and elsewhere(ours, s, told_and_asked(m)[1]):
        return None
    if not heard.asked:
        return found
    kept = found.acts[-1].progress if found and isinstance(found.acts[-1], Step) else ours
    questions = [replace(m, text=f"{one}?") for one in heard.asked]
    answer = in_errand.answered_too(found, kept, questions, s, state) or found
    return found if answer is not found and s.is_beside(own) else answer  # a child with a fever is no step's


def surely(
    found: Decision | None, ours: Progress | None, m: Message, s: Signals, state: Conversation
) -> Decision | None:
    """What a message does, as far as nothing stands against what it notes; None: it may be of something else."""
    steps = found.changes.get("steps", ()) if found else ()
    kept = next((one for one in steps if ours and one.procedure == ours.procedure), None)
    said, k = wishes_in(m.letters, s.knowledge), s.knowledge
    if found is None or ours is None or kept is None or not said.isdisjoint(GONE_BACK):
        return found
    clauses, act = clauses_in(m, ours, s), found.acts[-1] if found.acts else None
    if ours.over and kept.holds == ours.holds:  # nothing is left to be told of it
        again = any(Does.DONE in one.sure for one in clauses) and not (m.asks or m.smalltalk)
        return found if again or said & (SHOWN | {Wish.FINISHED, Wish.PRINT}) else None
    said_of_it = [one for one in clauses if not (is_courtesy(one.text, k) and truth.talk_alone(one.text, k))]
    held = truth.borne_out(ours, kept, said_of_it, k, complains="complains" in s.acts.said)
    sure = kept if held == (kept.done, kept.has) else kept.having(step=ours.step, asked=ours.asked)
    sure = sure.having(done=held[0], has=held[1]) if held else ours
    if why := _why_unsure(act, ours, kept, clauses, s):
        return errands.shown_of(ours, s, state, view=Show.UNSURE, why=why)
    if sure.holds == kept.holds or (isinstance(act, Step) and act.view in (Show.STUCK, Show.MOVED, Show.OTHER)):
        return found
    if sure.holds != ours.holds:
        return errands.following(sure, s, state, heads=("steps.noted",))
    if said & (SHOWN - {Wish.START}) or "complains" in s.acts.said:
        return errands.resumed(ours, s, state)
    sections = [one for one in found.acts if isinstance(one, Section)]
    return errands.of_its_topic(*sections) if sections else None


def _why_unsure(act: Act | None, ours: Progress, kept: Progress, clauses: Sequence[Clause], s: Signals) -> str:
    """Why it is asked whether the open step is done: another one is likelier told than the last, or nothing is new."""
    if not isinstance(act, Step) or act.view not in (Show.END, Show.STEP) or act.beside:
        return ""
    likeliest, last = partial(step_told, procedure=ours.procedure, knowledge=s.knowledge), act.progress.step or ""
    if act.view is Show.END:
        other = truth.of_another(last, ours, clauses, likeliest, least.ANOTHER_STEP, s.knowledge)
        return "whether it is the end" if other else ""
    return "nothing is new" if act.heads == ("steps.noted",) and truth.is_idle(ours, kept, s.knowledge) else ""


def taken_back(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What was wrongly noted is not done; nor is the open step, where that was asked."""
    clauses = clauses_in(m, ours, s)
    steps = truth.taken_back(ours, clauses, s.knowledge)
    no = ours.unsure and not ours.asked and truth.says_not_yet(clauses)
    return errands.not_yet(ours, s, state, *([] if no else steps)) if no or steps else None


def threatened(found: Decision | None, ours: Progress, s: Signals, state: Conversation) -> Decision | None:
    """What a section of its topics says of a threat, before anything else; what was told beside it is kept."""
    own = s.knowledge.procedures[ours.procedure]
    every = ((topic, one.id) for topic in own.topics for one in s.knowledge.topics[topic].sections)
    best = next((one for one in every if section_tells(*one, Wish.THREAT, s.knowledge)), None)
    if best is None or "/".join(best) in state.said_before.shown:
        return None
    kept = found if found and errands.moves(found, ours) else errands.shown_of(ours, s, state)
    return replace(errands.of_its_topic(Section(*best)), changes=kept.changes)


def asked_to_begin(named: Collection[str], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Its first step or question; which one, where several are meant."""
    meant = errands_meant(named, m, s, state)
    if isinstance(meant, Section):
        return Decision(Outcome.ANSWER, (meant,), why="it is told to who is in Mexico")
    if len(meant) == 1:
        return errands.begun_with(meant[0], s, state)
    choices = tuple(way_in(one, s, state, named=True) for one in meant)
    return Decision(Outcome.CLARIFY, (Offer(choices, "steps.which"),), why="which procedure") if choices else None


def unsaid_in(likely: Sequence[Candidate], s: Signals, state: Conversation) -> Decision | None:
    """Who says that this was not asked in an errand: that nobody says it, where no section of it is likely."""
    ours = errands.open_in(s, state)
    if ours is None or any(one.topic in s.knowledge.procedures[ours.procedure].topics for one in likely):
        return None
    return errands.shown_of(ours, s, state, view=Show.DETAIL, beside=UNSAID, why="nobody says it")


def clauses_in(m: Message, ours: Progress, s: Signals) -> Sequence[Clause]:
    """What each clause of a message does where they stand."""
    return does_in(m.text, Stands(ours.procedure, ours.step, ours.asked), s.knowledge)


def told_whole(found: Decision | None, ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What is done, as far as nothing is told to be wrong, refused, owed, planned, or another one's to do."""
    shown = act if found and isinstance(act := found.acts[-1], Step) else None
    clauses = clauses_in(m, ours, s)
    if shown and shown.view in (Show.STEP, Show.LIST) and not ours.asked and truth.only_plans(clauses):
        goes_on = Does.NEXT in clauses[-1].sure or bool({Wish.NOW, Wish.NEXT} & wishes_in(m.letters, s.knowledge))
        if shown.progress.later == ours.later and any(Does.SKIP in one.sure for one in clauses):  # another one does it
            return _told(ours, heard_in(m, ours, s), m, s, state)
        if goes_on or not {*ours.done, *ours.has} >= {*shown.progress.done, *shown.progress.has}:
            return (errands.passed if goes_on else errands.not_yet)(ours, s, state)
    new = [one for one in shown.progress.done if one not in ours.done] if shown and shown.view is Show.STEP else []
    if not (new or _ends(found)):
        return found
    if shown and new:
        trouble = told_last(clauses)
        return in_errand.held_up(shown.progress, trouble, new, s, state) if trouble else found
    if not any(truth.stays_open(one, s.knowledge) for one in clauses):
        return found
    told = _told(ours, heard_in(m, ours, s), m, s, state)
    return errands.not_yet(ours, s, state) if told is None or _ends(told) else told


def _ends(found: Decision | None) -> bool:
    return found is not None and any(isinstance(act, Step) and act.view is Show.END for act in found.acts)


def heard_in(m: Message, ours: Progress, s: Signals) -> Heard:
    """What is told and asked, clause by clause; what words stand against is not noted."""
    found = Heard()
    for clause in clauses_in(m, ours, s):
        against = _against(clause, ours, s)
        if Does.DONE in against & clause.sure and ours.step and not clause.marked:
            found.steps[Does.WAITS].append(ours.step)
        for act in clause.does:
            if act not in against and (act in clause.sure or act not in SURE):
                _hear(act, clause, found, ours, s)
    return found


def _hear(act: str, clause: Clause, found: Heard, ours: Progress, s: Signals) -> None:
    kind, _, trouble = act.partition("/")
    if act in OF_STEPS:
        found.steps[Does(act)] += _steps(clause, ours, s)
    elif act == next(filter(MARKS.__contains__, clause.does), None):  # there or missing, whichever is likelier
        found.papers |= dict.fromkeys(_named(clause, ours, s), str(MARKS[Does(act)]))
    elif kind == Does.TROUBLE:
        found.trouble = found.trouble or Wish(trouble)
    elif act == Does.ASKS and GOES_ON.isdisjoint(clause.does):
        found.asked.append(clause.text)
    elif act in WISHES:
        found.wishes.add(act)


def _against(clause: Clause, ours: Progress, s: Signals) -> frozenset[str]:
    """What words say that a clause does not: a question notes nothing, "no tengo todo listo" has and did nothing."""
    said = wishes_in(clause.text, s.knowledge)
    if clause.marked:
        return NOTED
    denied = not said.isdisjoint({Wish.LACKS, Wish.DENIES}) and Does.LACKS not in clause.does
    step, margin = step_told(clause.text, ours.procedure, s.knowledge)
    other = Wish.BOOKED in said and not steps_done_in(clause.text, ours.procedure, [], s.knowledge)
    other |= bool({*named_in(clause.text, s.knowledge)} - {ours.procedure})
    undone = denied or other or (step == WAITS and margin > 0)
    unheld = denied or Wish.WITHIN in said  # "en el acta viene igual"
    return frozenset({Does.DONE} if undone else ()) | frozenset({Does.HAS} if unheld else ())


def _steps(clause: Clause, ours: Progress, s: Signals) -> list[str]:
    """The steps that a clause is of: those it tells by frames, else those done before that it names, the open one."""
    theirs = [one.id for one in steps_of(s.knowledge.procedures[ours.procedure], s.answers(ours))]
    framed = [one for one in steps_done_in(clause.text, ours.procedure, theirs, s.knowledge) if one in theirs]
    named = () if ours.step in (told := steps_named(clause.text, ours.procedure, theirs, s.knowledge)) else told
    return framed or [one for one in named if one in ours.done] or ([ours.step] if ours.step else [])


def _named(clause: Clause, ours: Progress, s: Signals) -> list[str]:
    """The papers that a clause names, else the one that it is likest, ahead of the next; the open step's more."""
    if named := papers_named(clause.text, ours.procedure, s.knowledge):
        return sorted(named)
    here, of = brings(ours.procedure, ours.step, s.knowledge), f"{ours.procedure}/"
    margins = classifier_of(s.knowledge, Group.PAPERS).margins(clause.text)
    own = {name.removeprefix(of): margin for name, margin in margins.items() if name.startswith(of)}
    likely = sorted(((one + least.PAPER_HERE * (paper in here), paper) for paper, one in own.items()), reverse=True)
    ahead = likely[0][0] - likely[1][0] if len(likely) > 1 else 0
    return [likely[0][1]] if ahead >= least.PAPER_AHEAD else []


def _told(ours: Progress, heard: Heard, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What is kept of what was told, and what follows: a trouble, a wish, else the next step."""
    if Does.LEAVE in heard.wishes and not heard.asked:
        return errands.shown_of(ours, s, state, view=Show.PAUSED)
    held = {*heard.steps[Does.WAITS], *((ours.step,) if heard.trouble in STAYS else ())}
    did = [one for one in heard.steps[Does.DONE] if one not in held]
    kept = _kept(ours, heard, did, m, s)
    if heard.trouble and (found := in_errand.troubled(kept, {heard.trouble}, m, s, state)):
        return found
    if shown := _wished(kept, heard, s, state):
        return shown
    if heard.steps[Does.WAITS] and not did and kept.later == ours.later:
        goes_on = Does.NEXT in heard.wishes and trouble_in(wishes_in(m.letters, s.knowledge)) is None
        return (errands.passed if goes_on else errands.not_yet)(kept, s, state)
    if kept.done != ours.done or kept.later != ours.later:
        new = len(kept.done) - len(ours.done)
        head = "steps.noted" if new == 1 else "steps.all_noted" if new else "steps.put_off"
        return errands.following(kept, s, state, heads=(head,))
    if heard.papers:
        return in_errand.with_papers(ours, heard.papers, s, state, now=Does.NEXT in heard.wishes)
    return errands.resumed(kept, s, state) if did or heard.wishes & GOES_ON else None  # what is told again is noted


def _kept(ours: Progress, heard: Heard, did: Sequence[str], m: Message, s: Signals) -> Progress:
    """The errand with papers ticked, and steps put off and done."""
    own, kept = s.knowledge.procedures[ours.procedure], ours.ticked(heard.papers)
    kept = kept.having(later=(*kept.later, *(one for one in heard.steps[Does.SKIP] if one not in kept.past)))
    return kept.after(own, s.answers(kept), did, heard.steps[Does.WAITS]) if did else kept


def _wished(kept: Progress, heard: Heard, s: Signals, state: Conversation) -> Decision | None:
    """The view of the errand that is wished for."""
    views = {Does.MISSING: Show.LIST, Does.PAPERS: Show.TAKE, Does.FORWARD: Show.FORWARD}
    moves = {Does.TOTAL: errands.summed, Does.FINISHED: errands.finished, Does.BACK: errands.went_back}
    if move := next((move for wish, move in moves.items() if wish in heard.wishes), None):
        return move(kept, s, state)
    return next((errands.shown_of(kept, s, state, view=views[one]) for one in views if one in heard.wishes), None)
