"""Moves in a procedure: begun, done, put off, back, answered. Positions are ids of steps, derived anew each time."""

from collections.abc import Collection, Mapping, Sequence

from bot.conversation import Conversation, NotUnderstood, Outcome, Progress
from bot.conversation.steps import NEAR as NEAR
from bot.dialogue.decision import Decision, Step
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from bot.dialogue.signals.acts import step_told
from bot.dialogue.thresholds import STEP_TOLD
from knowledge.frames import fold
from knowledge.hearing_steps import Wish, option_framed, papers_named
from knowledge.procedures import Position, answered_by, papers_of, position, price_question, section_of, steps_of
from knowledge.schema.procedures import Procedure, Question
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import OF_PAPERS, Show

KEPT = 4
"""Procedures of one person that are remembered."""
BEGIN = "steps.begin"
UNTOLD = (Show.QUESTION, Show.VEILED, Show.CODE, Show.UNSURE)
CLOSED: dict[str, str | None] = {"section": None, "event": None}
"""What is no longer open once a step of another topic is shown."""


def last_of(s: Signals, state: Conversation) -> Progress | None:
    """The procedure begun last; None where it is no longer among ours."""
    last = state.steps[-1] if state.steps else None
    return last if last is not None and last.procedure in s.knowledge.procedures else None


def asked_of_steps(state: Conversation) -> bool:
    """Whether the last thing that we asked was a question of a procedure: a no answers that one."""
    return bool(state.steps) and state.steps[-1].asked is not None and state.steps[-1].turn == state.turns - 1


def begun_with(procedure: Procedure, s: Signals, state: Conversation) -> Decision:
    """The first step or question; where it was begun before, where it stands."""
    before = next((one for one in state.steps if one.procedure == procedure.id), None)
    if before is not None and (before.past or before.step):
        return resumed(before, s, state)
    told = [s.message.letters, *(fold(one.text) for one in reversed(state.heard))]
    early = {one.id: _told_early(procedure, one, told, s) for one in procedure.questions if one.early}
    facts = answered_by(procedure, s.situation.shown())  # what is told later of others changes none
    answers = {**facts, **{question: option for question, option in early.items() if option}}
    return following(Progress(procedure=procedure.id, at=s.now, answers=answers), s, state, heads=(BEGIN,))


def _told_early(procedure: Procedure, question: Question, told: Sequence[str], s: Signals) -> str | None:
    found = (option_framed(text, procedure.id, question.id, s.knowledge) for text in told)
    return next(filter(None, found), None)


def resumed(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """The step that was shown last where it still stands, else the next one."""
    procedure, answers = s.knowledge.procedures[ours.procedure], answers_of(ours, s)
    here = next((step for step in steps_of(procedure, answers) if step.id == ours.step), None)
    stands = position(procedure, answers, ours.past)
    if here is None or here.id in ours.past or stands.question:
        left = ours if stands != Position() else ours.having(later=())  # what was put off is shown at the end
        return following(left, s, state, heads=("steps.resumed",))
    return shown_of(ours, s, state, about=here.id, heads=("steps.resumed",), why="resumed")


def not_yet(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """The step is not done: it is said back and shown."""
    if ours.step is None or ours.asked:
        return resumed(ours, s, state)
    return opened(ours, s, state, ours.step, heads=("steps.not_yet",))


def moved_on(ours: Progress, s: Signals, state: Conversation, step: str | None = None) -> Decision:
    """A step is done: the open one, or the one that is named; what stands before it is said to be put off."""
    done = step or ours.step
    if done is None or done in ours.done:
        return following(ours, s, state)
    order = [one.id for one in steps_of(s.knowledge.procedures[ours.procedure], answers_of(ours, s))]
    before = order[: order.index(done)] if done in order else []
    skipped = tuple(one for one in before if one not in ours.past)
    later = (*(one for one in ours.later if one != done), *skipped)
    heads = ("steps.noted", "steps.put_off") if skipped else ("steps.noted",)
    brought = (one.bring for one in s.knowledge.procedures[ours.procedure].steps if one.id == done)
    has = tuple(sorted({*ours.has, *next(brought, ())} - {*ours.lacks}))
    return following(ours.having(done=(*ours.done, done), later=later, has=has, chosen=""), s, state, heads=heads)


def several_done(ours: Progress, s: Signals, state: Conversation, did: Sequence[str], *, here: bool) -> Decision:
    """Steps are told to be done by their own words; `here`: the open one is, too, where it stands before them."""
    order = [one.id for one in steps_of(s.knowledge.procedures[ours.procedure], answers_of(ours, s))]
    twin = ours.step if did[-1] not in order and ours.step in order else did[-1]  # its words are the twin's
    past = order[: order.index(did[-1])] if here and did[-1] in order else []
    done = dict.fromkeys((*ours.done, *(one for one in past if one == ours.step), *did[:-1]))
    return moved_on(ours.having(done=tuple(done)), s, state, twin)


def reached(ours: Progress, s: Signals, state: Conversation, step: str) -> Decision:
    """What comes of a step is in hand: it and all before it are done."""
    order = [one.id for one in steps_of(s.knowledge.procedures[ours.procedure], answers_of(ours, s))]
    past = order[: order.index(step)]
    later = tuple(one for one in ours.later if one not in past)
    return moved_on(ours.having(done=tuple(dict.fromkeys((*ours.done, *past))), later=later), s, state, step)


def put_off(ours: Progress, s: Signals, state: Conversation, heads: tuple[str, ...] = ()) -> Decision:
    """The open step is left for later: it is not asked again."""
    later = ours.later if ours.step is None or ours.step in ours.past else (*ours.later, ours.step)
    return following(ours.having(later=later, chosen=""), s, state, heads=heads)


def went_back(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """The step before the open one, as not done; right behind a choice, or before the first, that is asked again."""
    steps = [step.id for step in steps_of(s.knowledge.procedures[ours.procedure], answers_of(ours, s))]
    at = steps.index(ours.step) if ours.step in steps and ours.asked is None else len(steps)
    if ours.chosen in ours.answers and ours.asked is None:
        answers = {question: option for question, option in ours.answers.items() if question != ours.chosen}
        return following(ours.having(answers=answers, chosen=""), s, state)
    if ours.asked is not None and not ours.answers and ours.done:
        return opened(ours, s, state, ours.done[-1])
    if ours.step is None or at == 0 or ours.asked is not None:
        answers = dict(list(ours.answers.items())[:-1])
        return following(ours.having(answers=answers, asked=None, step=None), s, state)
    return opened(ours, s, state, steps[at - 1])


def step_named(ours: Progress, theirs: Collection[str], m: Message, s: Signals) -> str | None:
    """The step before the open one that words go back to: by a paper of it, else as was learned."""
    papers = papers_named(m.letters, ours.procedure, s.knowledge)
    steps = [one for one in s.knowledge.procedures[ours.procedure].steps if one.id in theirs]
    order = [one.id for one in steps]
    before = steps[: order.index(ours.step)] if ours.step in order else steps
    step, margin = step_told(m.text, ours.procedure, s.knowledge)
    learned = step if margin >= STEP_TOLD and step in [one.id for one in before] else None
    return next((one.id for one in before if not papers.isdisjoint(one.bring)), learned)


def opened(ours: Progress, s: Signals, state: Conversation, step: str, heads: tuple[str, ...] = ()) -> Decision:
    """One step by its id, as not done."""
    done, later = (tuple(one for one in ids if one != step) for ids in (ours.done, ours.later))
    kept = ours.having(done=done, later=later, step=step, asked=None, chosen="")
    return shown_of(kept, s, state, about=step, heads=heads, why="opened")


def paused(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """It is left, and nothing of it is lost."""
    return shown_of(ours, s, state, view=Show.PAUSED)


def summed(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """What all of it costs, and the first question that the sum still hangs on."""
    open_yet = price_question(s.knowledge.procedures[ours.procedure], answers_of(ours, s))
    return shown_of(ours.having(asked=open_yet and open_yet.id), s, state, view=Show.TOTAL, why="what it costs")


def answered(ours: Progress, s: Signals, state: Conversation, question: str, option: str) -> Decision:
    """The answer to a question, and what follows from it; the sum, where one was asked for the sake of that."""
    known = {name: chosen for name, chosen in answers_of(ours, s).items() if name != question}
    stands = position(s.knowledge.procedures[ours.procedure], known, ours.past).question
    beside = {
        one.id: also
        for one in s.knowledge.procedures[ours.procedure].questions
        if one.beside == question
        and (also := _told_early(s.knowledge.procedures[ours.procedure], one, [s.message.letters], s))
    }
    told = ours.having(answers={**ours.answers, question: option, **beside})
    if ours.asked is not None and (stands is None or stands.id != ours.asked):
        return summed(told, s, state)
    heads = () if ours.asked == question else ("steps.noted",)
    return following(told.having(asked=None, chosen=question), s, state, heads=heads)


def answers_of(ours: Progress, s: Signals) -> dict[str, str]:
    """What was answered, and what the facts of the person answer by themselves."""
    told = answered_by(s.knowledge.procedures[ours.procedure], s.situation.shown())
    return {**told, **ours.answers}


def following(ours: Progress, s: Signals, state: Conversation, heads: tuple[str, ...] = ()) -> Decision:
    """What stands next: a question, a step, the answer that ended it, or the end."""
    here = position(s.knowledge.procedures[ours.procedure], answers_of(ours, s), ours.past)
    if here.stopped is not None:
        act = Step(ours.having(answers=answers_of(ours, s)), Show.STOP, here.stopped.id)
        left = tuple(one for one in state.steps if one.procedure != ours.procedure)
        return Decision(Outcome.QUESTION, (act,), why="it ends for them", changes={"steps": left})
    if here.question is not None:
        asking = ours.having(asked=here.question.id)
        return shown_of(asking, s, state, view=Show.QUESTION, about=here.question.id, heads=heads, why="a question")
    if here.step is None:
        return shown_of(ours.having(step=None), s, state, view=Show.END, why="the end")
    shown = ours.having(step=here.step.id, asked=None)
    return shown_of(shown, s, state, about=here.step.id, heads=heads, why="the next step")


def shown_of(
    ours: Progress,
    s: Signals,
    state: Conversation,
    *,
    view: Show = Show.STEP,
    about: str = "",
    heads: tuple[str, ...] = (),
    why: str = "",
    events: tuple[NotUnderstood, ...] = (),
) -> Decision:
    """One view of it, remembered as spoken of in this turn."""
    kept = ours.having(
        turn=state.turns, at=s.now, paused=view is Show.PAUSED, veiled=view is Show.VEILED, unsure=view is Show.UNSURE
    )
    others = [one for one in state.steps if one.procedure != ours.procedure]
    aspect = about if view is Show.DETAIL else Aspect.REQUIREMENTS if view in OF_PAPERS else Aspect.HOW
    topic, section = section_of(s.knowledge.procedures[ours.procedure], aspect, s.knowledge)
    opened = CLOSED | {"topic": topic} if topic != state.topic else {}
    act = Step(kept.having(answers=answers_of(ours, s)), view, about, heads, topic, section)
    changes = {"steps": (*others, kept)[-KEPT:], "flow": None, **({} if view is Show.VEILED else opened)}
    outcome = Outcome.QUESTION if view in UNTOLD and BEGIN not in heads else Outcome.ANSWER
    return Decision(outcome, (act,), why=why or view, events=events, changes=changes)


def having_ticked(ours: Progress, ticked: Mapping[str, str]) -> Progress:
    """With these papers as there, or as missing."""
    lacks = {paper for paper, there in ticked.items() if there == Wish.LACKS}
    has = {*ours.has, *ticked} - lacks
    return ours.having(has=tuple(sorted(has)), lacks=tuple(sorted({*ours.lacks, *lacks} - has)))


def with_papers(
    ours: Progress, ticked: Mapping[str, str], s: Signals, state: Conversation, *, now: bool = False
) -> Decision:
    """Papers that are there or missing, ticked; of one that is missing, how to get it; `now`: what is next is asked."""
    kept = having_ticked(ours, ticked)
    step = next((one for one in s.knowledge.procedures[ours.procedure].steps if one.id == ours.step), None)
    gathers = step is not None and bool(step.bring) and step.where is None
    mine = {one.id for one in papers_of(s.knowledge.procedures[ours.procedure], answers_of(ours, s), step)}
    if gathers and mine <= {*kept.has} and not mine.isdisjoint(ticked):  # nothing is left to be gathered
        return moved_on(kept, s, state)
    if lacks := [paper for paper in ticked if paper in kept.lacks]:
        return shown_of(kept, s, state, view=Show.PAPER, about=" ".join(lacks), why="lacks a paper")
    if now and kept.step is not None:
        return opened(kept, s, state, kept.step, heads=("steps.noted",))
    return shown_of(kept, s, state, view=Show.LIST, heads=("steps.noted",))


def tapped(
    m: Message, s: Signals, state: Conversation, name: str, does: str, about: str = "", option: str = ""
) -> Decision:
    """A button of a procedure. KeyError for one that is gone, or whose step, paper or question is."""
    procedure = s.knowledge.procedures[name]
    ours = next((one for one in state.steps if one.procedure == name), Progress(procedure=name, at=s.now))
    known = {one.id for items in (procedure.steps, procedure.papers, procedure.questions) for one in items}
    if about and about not in known:
        raise KeyError(about)
    match does:
        case "g":
            return begun_with(procedure, s, state)
        case "d":
            return moved_on(ours.having(step=about), s, state, about)
        case "l":
            return put_off(ours.having(step=about), s, state)
        case "p":
            return opened(ours, s, state, about)
        case "b":
            return shown_of(ours.having(step=about), s, state, view=Show.BRING)
        case "m" | "f":
            return shown_of(ours, s, state, view=Show.LIST if does == "m" else Show.FORWARD)
        case "h":
            return with_papers(ours, {about: Wish.LACKS if about in ours.has else Wish.HAS}, s, state)
        case "a":
            return answered(ours, s, state, about, option)
    raise KeyError(does)
