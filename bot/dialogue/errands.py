"""Moves in a procedure: begun, done, put off, back, answered. Positions are ids of steps, derived anew each time."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import cast

from bot.conversation import KEPT, Conversation, NotUnderstood, Outcome, Progress, ReplyKind
from bot.dialogue.decision import Act, Decision, Say, Section, Step
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from bot.dialogue.words.questions import pieces_of
from knowledge import procedures as walk
from knowledge.errand_bounds import carried, got_by
from knowledge.frames import fold
from knowledge.hearing_clauses import apart, marked
from knowledge.hearing_papers import papers_in
from knowledge.hearing_steps import Wish, wishes_in
from knowledge.hearing_turns import letter_in
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import OF_PAPERS, Show

BEGIN = "steps.begin"
UNTOLD = (Show.QUESTION, Show.VEILED, Show.LENT, Show.CODE, Show.UNSURE)


def last_of(s: Signals, state: Conversation) -> Progress | None:
    """The procedure begun last; None where it is no longer among ours."""
    last = state.steps[-1] if state.steps else None
    return last if last is not None and last.procedure in s.knowledge.procedures else None


def open_in(s: Signals, state: Conversation) -> Progress | None:
    """The errand that what is said now may be of: spoken of a few turns ago, not left, and not all done."""
    return last_of(s, state) if state.in_errand else None


def begun_with(procedure: Procedure, s: Signals, state: Conversation) -> Decision:
    """The first step or question; where it was begun before, where it stands; anew where all of it is done."""
    before = next((one for one in state.steps if one.procedure == procedure.id), None)
    if before is not None and before.over and not before.later:
        left = tuple(one for one in state.steps if one is not before)  # for a second child: nothing said of the first
        return begun_with(procedure, s, state.having(steps=left, heard=()))
    if before is not None and (before.past or before.step):
        return resumed(before, s, state)
    heard = [one for one in state.heard[-1:] if Wish.NOW in wishes_in(fold(one.text), s.knowledge)]
    said = ". ".join((*(one.text for one in heard), s.message.text))  # "ya mandé la carta, ¿ahora qué?", then which
    told, _ = apart(marked(pieces_of(said, s.knowledge), s.knowledge), s.knowledge)
    texts = [*(fold(one.text) for one in state.heard), s.message.letters, fold(" ".join(told))]
    ours = Progress(procedure=procedure.id, at=s.now).begun(procedure, s.situation.shown(), texts, s.knowledge)
    papers = papers_in(", ".join(told), procedure.id, s.knowledge)
    ours = _brought(ours, s, state).ticked(papers)
    heads = (BEGIN, *(("steps.all_noted",) if ours.done else ("steps.noted",) if papers else ()))
    begun, order = following(ours, s, state, heads=heads), walk.steps_of(procedure, s.answers(ours))
    last = max((at for at, one in enumerate(order) if one.id in ours.done), default=len(order))
    step = next((one.id for one in order[last + 1 :] if one.id not in ours.past), "")  # what comes after what they did
    shown = step and cast(Step, begun.acts[-1]).view is Show.STEP
    return shown_of(ours.having(step=step), s, state, about=step, heads=heads, why="joined") if shown else begun


def _brought(ours: Progress, s: Signals, state: Conversation) -> Progress:
    """With what other errands brought that were finished meanwhile."""
    held, every = s.knowledge.procedures, (one for one in state.steps if one.procedure != ours.procedure)
    over = {one.procedure for one in every if one.procedure in held and _is_finished(one, s)}
    papers, steps = got_by(held[ours.procedure], over)
    return ours.ticked(dict.fromkeys(papers, Wish.HAS)).having(done=tuple(dict.fromkeys((*ours.done, *steps))))


def _is_finished(ours: Progress, s: Signals) -> bool:
    return walk.position(s.knowledge.procedures[ours.procedure], s.answers(ours), ours.past) == walk.Position()


def resumed(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """The step that was shown last where it still stands, else the next one."""
    ours = _brought(ours, s, state)
    procedure, answers = s.knowledge.procedures[ours.procedure], s.answers(ours)
    here = next((step for step in walk.steps_of(procedure, answers) if step.id == ours.step), None)
    stands = walk.position(procedure, answers, ours.behind)
    if here is None or here.id in ours.past or stands.question:
        left = ours if stands != walk.Position() else ours.recalled(procedure)  # what was put off is shown at the end
        return following(left, s, state, heads=("steps.resumed",))
    return shown_of(ours, s, state, about=here.id, heads=("steps.resumed",), why="resumed")


def not_yet(ours: Progress, s: Signals, state: Conversation, *steps: str) -> Decision:
    """The open step, else the first of these, is not done: it is said back and shown."""
    kept = ours.not_yet(s.knowledge.procedures[ours.procedure], steps)
    if not steps and (ours.step is None or ours.asked):
        return resumed(ours, s, state)
    theirs = walk.steps_of(s.knowledge.procedures[ours.procedure], s.answers(ours))
    return opened(kept, s, state, ours.earliest([one.id for one in theirs], steps), heads=("steps.not_yet",))


def moved_on(ours: Progress, s: Signals, state: Conversation, *steps: str, but: Collection[str] = ()) -> Decision:
    """The open step is done, or those named, and where order matters what stands before them, `but` what is denied."""
    kept = ours.after(s.knowledge.procedures[ours.procedure], s.answers(ours), steps, but)
    new = len(kept.done) - len(ours.done)
    return following(kept, s, state, heads=("steps.all_noted" if new > 1 else "steps.noted",))


def joined(mine: Step, others: Sequence[Act]) -> tuple[Act, ...]:
    """What a button shows and what else was said: the answers in front of the step, which is shown once."""
    *before, last = others or (mine,)
    if not isinstance(last, Step) or (last.view is Show.TOTAL and not last.progress.asked):
        return (*before, last, mine)
    kept = mine if last.view is Show.DETAIL or mine.view not in (Show.STEP, Show.QUESTION) else last
    heads, beside = (*mine.heads, *last.heads), (*mine.beside, *last.beside)
    progress = last.progress if kept is last else last.progress.having(asked=mine.progress.asked)
    return (*before, replace(kept, progress=progress, heads=heads, beside=beside))


def finished(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """Whether all is done: the end, else what we do not know to be."""
    if _is_finished(ours, s):
        return following(ours, s, state)
    return shown_of(ours.having(asked=None), s, state, view=Show.ALMOST, why="asks whether it is done")


def moves(found: Decision, ours: Progress, *, here: bool = False) -> bool:
    """Whether something is done, had, missing, answered, put off by then that was not; `here`: or another step open."""
    kept = act.progress if found.acts and isinstance(act := found.acts[-1], Step) else ours
    return kept.holds != ours.holds or (here and kept.step != ours.step)


def by_code(found: Progress | None, s: Signals, state: Conversation) -> Decision:
    """What a code brings here: an organisation's errand; anybody else's is a page alone."""
    procedure = s.knowledge.procedures.get(found.procedure) if found else None
    if found is None or procedure is None or not procedure.organisation:
        return Decision(Outcome.QUESTION, (Say("steps.wrong_code", ReplyKind.QUESTION),), why="a wrong code")
    return resumed(found.having(at=s.now), s, state)


def gone(state: Conversation) -> Decision:
    """That the errand which was open is no longer in the content."""
    return Decision(Outcome.QUESTION, (Step(state.steps[-1], Show.GONE),), why=Show.GONE, changes={"steps": ()})


def put_off(ours: Progress, s: Signals, state: Conversation, heads: tuple[str, ...] = ()) -> Decision:
    """The open step is left for later: it is not asked again."""
    return following(ours.putting_off(), s, state, heads=heads)


def passed(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """What stands behind the open step, which is neither done nor put off; behind the last one, all that is left."""
    if ours.asked or ours.step is None or ours.step in ours.past:
        return following(ours, s, state)
    kept = ours.having(passed=(*ours.passed, ours.step), chosen="")
    ahead = not _is_finished(kept.having(later=(*kept.later, *kept.passed)), s)
    return following(kept, s, state, heads=("steps.pending",)) if ahead else finished(ours, s, state)


def left_open(ours: Progress, s: Signals, state: Conversation, *, goes_on: bool = False) -> Decision:
    """The question that waits is left, and where only what is next is asked for (`goes_on`) those behind it."""
    kept = ours.having(later=(*ours.later, f"?{ours.asked}"), asked=None)
    asks = walk.position(s.knowledge.procedures[ours.procedure], s.answers(ours), kept.behind).question
    if asks and goes_on:
        return left_open(kept.having(asked=asks.id), s, state, goes_on=True)
    return following(kept, s, state, heads=("steps.left_open",))


def went_back(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """The step before the open one, as not done; right behind a choice, or before the first, that is asked again."""
    steps = [step.id for step in walk.steps_of(s.knowledge.procedures[ours.procedure], s.answers(ours))]
    kept, step = ours.back(steps)
    return opened(kept, s, state, step) if step else following(kept, s, state)


def opened(ours: Progress, s: Signals, state: Conversation, step: str, heads: tuple[str, ...] = ()) -> Decision:
    """One step by its id, as not done."""
    return shown_of(ours.at_step(step), s, state, about=step, heads=heads, why="opened")


def summed(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """What all of it costs, and the first question that the sum still hangs on."""
    priced = ours.priced(s.knowledge.procedures[ours.procedure], s.answers(ours))
    return shown_of(priced, s, state, view=Show.TOTAL, why="what it costs")


def of_its_topic(*sections: Section) -> Decision:
    """An answer beside the steps; the errand stays as it is."""
    told = tuple(replace(one, short=len(sections) > 1) for one in sections)
    return Decision(Outcome.ANSWER, told, why="of its topic")


def answered(ours: Progress, s: Signals, state: Conversation, question: str, option: str) -> Decision:
    """The answer to a question, and what follows from it; the sum, where one was asked for the sake of that."""
    known = {name: chosen for name, chosen in s.answers(ours).items() if name != question}
    stands = walk.position(s.knowledge.procedures[ours.procedure], known, ours.behind).question
    told = ours.answering(question, option, s.message.letters, s.knowledge)
    told = told.having(done=carried(s.knowledge.procedures[ours.procedure], s.answers(told), told.done))
    if ours.asked is not None and (stands is None or stands.id != ours.asked):
        return summed(told, s, state)
    noted = ours.asked != question or bool(ours.lacks)
    return following(told.having(asked=None, chosen=question), s, state, ("steps.noted",) * noted)


def following(ours: Progress, s: Signals, state: Conversation, heads: tuple[str, ...] = ()) -> Decision:
    """What stands next: a question, a step, the answer that ended it, what was gone past, or the end."""
    procedure, known = s.knowledge.procedures[ours.procedure], s.answers(ours)
    here = walk.position(procedure, known, ours.behind)
    if here == walk.Position() and ours.passed:
        return following(ours.having(passed=()), s, state, heads)
    left = tuple(one for one in state.steps if one.procedure != ours.procedure)
    if here.stopped is not None and here.stopped.begins:  # the other one that it is instead
        return begun_with(s.knowledge.procedures[here.stopped.begins], s, state.having(steps=left))
    if here.stopped is not None:
        act = Step(ours.having(answers=known), Show.STOP, here.stopped.id)
        waits = ours.stopped(walk.stopping(procedure, known), state.turns, s.now)
        return Decision(Outcome.QUESTION, (act,), why="it ends for them", changes={"steps": (*left, waits)[-KEPT:]})
    if here.question is not None:
        asking = ours.having(asked=here.question.id)
        return shown_of(asking, s, state, view=Show.QUESTION, about=here.question.id, heads=heads, why="a question")
    if here.step is None:
        last = walk.steps_of(procedure, known)[-1].id
        ended = any(one.over for one in state.steps if one.procedure == ours.procedure)
        view, told = (Show.LIST, heads) if ours.lacks or ended else (Show.END, ())  # nor while a paper is missing
        return shown_of(ours.having(step=last, asked=None), s, state, view=view, heads=told, why="the end")
    ours = ours.having(step=here.step.id, asked=None)
    return shown_of(ours, s, state, about=here.step.id, heads=heads, why="the next step")


def shown_of(
    ours: Progress,
    s: Signals,
    state: Conversation,
    *,
    view: Show = Show.STEP,
    about: str = "",
    heads: tuple[str, ...] = (),
    why: str = "",
    beside: tuple[str, str] | None = None,
    events: tuple[NotUnderstood, ...] = (),
) -> Decision:
    """One view of it, remembered as spoken of in this turn."""
    kept = ours.spoken_of(state.turns, s.now, view, state.steps)
    heads = ("steps.not_yet", *heads) if ours.denied and "steps.not_yet" not in heads else heads
    others = [one for one in state.steps if one.procedure != ours.procedure]
    aspect = beside[1] if beside else Aspect.REQUIREMENTS if view in OF_PAPERS else Aspect.HOW
    topic, section = walk.section_of(s.knowledge.procedures[ours.procedure], aspect, s.knowledge)
    opened = {**dict.fromkeys(("section", "event")), "topic": topic} if topic != state.topic else {}
    told = kept.having(answers=s.answers(ours))
    act = Step(told, view, about, heads, topic, section, (beside,) if beside else ())
    changes = {"steps": (*others, kept)[-KEPT:], "flow": None, **({} if view is Show.VEILED else opened)}
    outcome = Outcome.QUESTION if view in UNTOLD and BEGIN not in heads else Outcome.ANSWER
    return Decision(outcome, (act,), why=why or view, events=events, changes=changes)


def beside(named: Sequence[str], s: Signals) -> Decision:
    """Two side by side, or all that open a door without consultative status; nothing is begun."""
    names = named or [one.id for one in s.knowledge.procedures.values() if one.without_ecosoc]
    act = Step(Progress(procedure=names[0], at=s.now), Show.COMPARE if named else Show.DOORS, " ".join(names))
    return Decision(Outcome.QUESTION, (act,), why=act.view)


def letter_of(
    named: Collection[str], ours: Progress | None, m: Message, s: Signals, state: Conversation
) -> Decision | None:
    """The model of a letter of the procedure that is named, or is open; it begins none."""
    begun = {one.procedure: one for one in state.steps}
    for name in (*named, *((ours.procedure,) if ours else ())):
        progress = begun.get(name) or Progress(procedure=name, at=s.now)
        if (found := letter_in(m.letters, s.knowledge.procedures[name], progress.step)) is not None:
            shown = shown_of(progress, s, state, view=Show.LETTER, about=found.id, why="a letter")
            return shown if name in begun else replace(shown, changes={})
    return None
