"""The walk through a procedure in conversation: what taps and words do with it. Positions are ids, derived anew."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.conversation import Conversation, NotUnderstood, Outcome, Progress
from bot.dialogue.decision import Decision, Offer, Step
from bot.dialogue.message import Message
from bot.dialogue.person.told import closed_to
from bot.dialogue.rendering.procedures import way_in
from bot.dialogue.signals import Signals
from knowledge.hearing_steps import Wish, named_in, option_in, papers_in, step_done_in, wishes_in
from knowledge.procedures import answered_by, offered_with, papers_of, position, section_of, steps_of
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import OF_PAPERS, Show

KEPT = 4
"""Procedures of one person that are remembered."""
NEAR = 4
"""Turns after which plain words such as "listo" no longer mean the open step."""
UNSEEN = timedelta(minutes=30)
"""Silence after which somebody else may hold a phone that was watched or lent."""
BRIEF = 14
"""Words of a message that may be a word to the open step."""
DETAILS = (Aspect.WHERE, Aspect.COST, Aspect.PAY, Aspect.DURATION, Aspect.WHO, Aspect.REQUIREMENTS, Aspect.HOURS)
"""Aspects that a short question may ask of the open step."""
FEW = 3
"""Words of a question that names no matter of its own: "y cuánto cuesta"."""
SHOWN = {
    Wish.OTHER: Show.OTHER,
    Wish.SILENCE: Show.SILENCE,
    Wish.REFUSAL: Show.REFUSAL,
    Wish.FORWARD: Show.FORWARD,
    Wish.BRING: Show.BRING,
}
BEGIN = "steps.begin"
UNTOLD = (Show.QUESTION, Show.VEILED)
CLOSED: dict[str, str | None] = {"section": None, "event": None}
"""What is no longer open once a step of another topic is shown."""
LEARNED = frozenset({Wish.DONE, Wish.NEXT, Wish.REPEAT})
"""Acts that were learned, and mean the same of a step."""


def heard_of_steps(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What words do with the open procedure, or the one that they ask for; None where they are of another matter."""
    brief = len(m.letters.split()) <= BRIEF
    said = wishes_in(m.letters, s.knowledge) if brief else set[Wish]()
    named = named_in(m.letters, s.knowledge)
    begun = [one for one in state.steps if one.procedure in s.knowledge.procedures]
    ours = next((one for one in reversed(begun) if one.procedure in named), begun[-1] if begun else None)
    if Wish.START in said and (begin := _asked_to_begin(named, m, s, state)):
        return begin
    if ours is None:
        return _nothing_left(s, state) if Wish.RESUME in said and state.steps else None
    if ours.procedure not in named and _may_be_read(ours, said, s, state):
        return _decided(ours.having(veiled=True), s, state, view=Show.VEILED, why="veiled")
    if Wish.RESUME in said or (ours.veiled and ours.procedure in named):
        return resumed(ours, s, state)
    if Wish.MISSING in said:
        return _decided(ours, s, state, view=Show.LIST, why="what is left")
    return _moved(ours, said, m, s, state) if brief else None


def tells_of_papers(m: Message, s: Signals, state: Conversation) -> bool:
    """Whether the words tell which papers of the open procedure are there: several, where a button stands for one."""
    ours = state.steps[-1].procedure if state.steps else ""
    return ours in s.knowledge.procedures and any(papers_in(m.letters, ours, s.knowledge))


def _may_be_read(ours: Progress, said: Collection[Wish], s: Signals, state: Conversation) -> bool:
    """Whether the matter must not be named first: the phone was watched or lent once, and time has passed."""
    return state.watched and bool(said) and s.now - ours.at > UNSEEN


def _nothing_left(s: Signals, state: Conversation) -> Decision:
    """The procedure that was open is no longer among ours."""
    return Decision(
        Outcome.QUESTION, (Step(state.steps[-1], Show.GONE),), why="the procedure is gone", changes={"steps": ()}
    )


def _asked_to_begin(named: Collection[str], m: Message, s: Signals, state: Conversation) -> Decision | None:
    found = [s.knowledge.procedures[one] for one in dict.fromkeys(named)] or _spoken_of(s, state)
    theirs = [one for one in found if not _closed(one, m, s)]
    if len(theirs) > 1:
        choices = tuple(way_in(one, s, state, named=True) for one in theirs[:KEPT])
        return Decision(Outcome.CLARIFY, (Offer(choices, "steps.which"),), why="which procedure")
    return begun_with(theirs[0], s, state) if theirs else None


def _spoken_of(s: Signals, state: Conversation) -> list[Procedure]:
    """What stands behind the section that the words are likeliest of, else behind the one that is open."""
    likely = [(one.topic, one.section) for one in s.ranking.candidates[:1]]
    here = [*likely, (state.topic, state.section)]
    offered = (offered_with(topic, section or "", s.knowledge) for topic, section in here if topic)
    return list(next(filter(None, offered), ()))


def _closed(procedure: Procedure, m: Message, s: Signals) -> bool:
    topic, section = section_of(procedure, Aspect.WHAT, s.knowledge)
    return closed_to(s.knowledge.topics[topic], section, s.person, m.text, s.knowledge) is not None


def _moved(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the words do with it: the most particular first."""
    step = step_done_in(m.letters, ours.procedure, s.knowledge)
    if step is not None and not m.asks:
        return moved_on(ours, s, state, step)
    near = state.turns - ours.turn <= NEAR or state.topic in s.knowledge.procedures[ours.procedure].topics
    if ours.paused or not near:
        return None
    asked = ours.asked and option_in(m.letters, s.acts.said, ours.procedure, ours.asked, s.knowledge)
    if asked:
        return answered(ours, s, state, ours.asked or "", asked)
    if ticked := dict(papers_in(m.letters, ours.procedure, s.knowledge)):
        return _with_papers(ours, ticked, s, state)
    return _plainly(ours, _meant(said, m, s, state, ours), m, s, state)


def _meant(said: set[Wish], m: Message, s: Signals, state: Conversation, ours: Progress) -> set[Wish]:
    """The words said and, right behind a step, what was learned of how people say them."""
    if state.turns - ours.turn > 1 or m.asks:
        return said
    return said | (LEARNED & {*s.acts.all})


def _with_papers(ours: Progress, ticked: Mapping[str, str], s: Signals, state: Conversation) -> Decision:
    """Papers that are there or missing, ticked; of one that is missing, how to get it."""
    lacks = [paper for paper, there in ticked.items() if there == Wish.LACKS]
    has = tuple(sorted({*ours.has, *ticked} - {*lacks}))
    kept = ours.having(has=has, lacks=tuple(sorted({*ours.lacks, *lacks} - {*has})))
    if lacks:
        return _decided(kept, s, state, view=Show.PAPER, about=lacks[0], why="lacks a paper")
    return _decided(kept, s, state, view=Show.LIST, heads=("steps.noted",), why="has papers")


def _plainly(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    if (view := next((shown for wish, shown in SHOWN.items() if wish in said), None)) is not None:
        noted = (NotUnderstood(m.text, m.lang),) if view is Show.OTHER else ()
        return _decided(ours, s, state, view=view, why=view, events=noted)
    if Wish.DONE in said and (not m.asks or Wish.NEXT in said):
        return moved_on(ours, s, state)
    if (move := next((move for wish, move in MOVES.items() if wish in said), None)) is not None:
        return move(ours, s, state)
    asked = next((aspect for aspect in m.aspects if aspect in DETAILS), None)
    return _detail(ours, asked, m, s, state) if asked is not None else None


def _detail(ours: Progress, asked: Aspect, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What a short question asks of the open step, where the step tells it or admits that nobody does."""
    procedure = s.knowledge.procedures[ours.procedure]
    step = next((one for one in procedure.steps if one.id == ours.step), None)
    alone = len(m.letters.split()) <= FEW
    first = s.ranking.candidates[0].topic if s.ranking.candidates else None
    if step is None or not (alone or first in procedure.topics):
        return None
    if asked is Aspect.REQUIREMENTS:
        return _decided(ours, s, state, view=Show.BRING, why="what to bring") if step.bring else None
    priced = asked is Aspect.COST and any(item.prices for item in (step, *papers_of(procedure, ours.answers, step)))
    if step.detail(asked) is None and asked not in step.gaps and not priced:
        return None
    return _decided(ours, s, state, view=Show.DETAIL, about=asked.value, why=f"{asked} of a step")


def begun_with(procedure: Procedure, s: Signals, state: Conversation) -> Decision:
    """The first step or question; where it was begun before, where it stands."""
    before = next((one for one in state.steps if one.procedure == procedure.id), None)
    if before is not None and (before.past or before.step):
        return resumed(before, s, state)
    return _next(Progress(procedure=procedure.id, at=s.now), s, state, heads=(BEGIN,))


def resumed(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """The step that was shown last where it still stands, else the next one."""
    procedure, answers = s.knowledge.procedures[ours.procedure], answers_of(ours, s)
    here = next((step for step in steps_of(procedure, answers) if step.id == ours.step), None)
    if here is None or here.id in ours.past or position(procedure, answers, ours.past).question:
        return _next(ours, s, state, heads=("steps.resumed",))
    return _decided(ours, s, state, about=here.id, heads=("steps.resumed",), why="resumed")


def moved_on(ours: Progress, s: Signals, state: Conversation, step: str | None = None) -> Decision:
    """A step is done: the open one, or the one that is named; what stands before it is not asked again."""
    done = step or ours.step
    if done is None or done in ours.done:
        return _next(ours, s, state)
    order = [one.id for one in steps_of(s.knowledge.procedures[ours.procedure], answers_of(ours, s))]
    before = order[: order.index(done)] if done in order else []
    later = (*(one for one in ours.later if one != done), *(one for one in before if one not in ours.past))
    return _next(ours.having(done=(*ours.done, done), later=later), s, state, heads=("steps.noted",))


def put_off(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """The open step is left for later: it is not asked again."""
    later = ours.later if ours.step is None or ours.step in ours.past else (*ours.later, ours.step)
    return _next(ours.having(later=later), s, state)


def went_back(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """The step before the open one, as not done; in front of the first the last answer is asked again."""
    steps = [step.id for step in steps_of(s.knowledge.procedures[ours.procedure], answers_of(ours, s))]
    at = steps.index(ours.step) if ours.step in steps and ours.asked is None else len(steps)
    if ours.step is None or at == 0 or ours.asked is not None:
        answers = dict(list(ours.answers.items())[:-1])
        return _next(ours.having(answers=answers, asked=None, step=None), s, state)
    return opened(ours, s, state, steps[at - 1])


def opened(ours: Progress, s: Signals, state: Conversation, step: str) -> Decision:
    """One step by its id, as not done."""
    done, later = (tuple(one for one in ids if one != step) for ids in (ours.done, ours.later))
    return _decided(ours.having(done=done, later=later, step=step), s, state, about=step, why="opened")


def paused(ours: Progress, s: Signals, state: Conversation) -> Decision:
    """It is left, and nothing of it is lost."""
    return _decided(ours, s, state, view=Show.PAUSED, why="paused")


MOVES = {Wish.NEXT: put_off, Wish.LATER: put_off, Wish.BACK: went_back, Wish.DROP: paused, Wish.REPEAT: resumed}


def answered(ours: Progress, s: Signals, state: Conversation, question: str, option: str) -> Decision:
    """The answer to a question of the procedure, and what follows from it."""
    return _next(ours.having(answers={**ours.answers, question: option}, asked=None), s, state)


def answers_of(ours: Progress, s: Signals) -> dict[str, str]:
    """What was answered, and what the facts of the person answer by themselves."""
    told = answered_by(s.knowledge.procedures[ours.procedure], s.situation.shown())
    return {**told, **ours.answers}


def _next(ours: Progress, s: Signals, state: Conversation, heads: tuple[str, ...] = ()) -> Decision:
    """What stands next: a question, a step, the answer that ended it, or the end."""
    here = position(s.knowledge.procedures[ours.procedure], answers_of(ours, s), ours.past)
    if here.stopped is not None:
        act = Step(ours.having(answers=answers_of(ours, s)), Show.STOP, here.stopped.id)
        left = tuple(one for one in state.steps if one.procedure != ours.procedure)
        return Decision(Outcome.QUESTION, (act,), why="it ends for them", changes={"steps": left})
    if here.question is not None:
        asking = ours.having(asked=here.question.id)
        return _decided(asking, s, state, view=Show.QUESTION, about=here.question.id, heads=heads, why="a question")
    if here.step is None:
        return _decided(ours.having(step=None), s, state, view=Show.END, why="the end")
    shown = ours.having(step=here.step.id, asked=None)
    return _decided(shown, s, state, about=here.step.id, heads=heads, why="the next step")


def _decided(
    ours: Progress,
    s: Signals,
    state: Conversation,
    *,
    view: Show = Show.STEP,
    about: str = "",
    heads: tuple[str, ...] = (),
    why: str,
    events: tuple[NotUnderstood, ...] = (),
) -> Decision:
    """One view of it, remembered as spoken of in this turn."""
    kept = ours.having(turn=state.turns, at=s.now, paused=view is Show.PAUSED, veiled=view is Show.VEILED)
    others = [one for one in state.steps if one.procedure != ours.procedure]
    aspect = about if view is Show.DETAIL else Aspect.REQUIREMENTS if view in OF_PAPERS else Aspect.HOW
    topic, section = section_of(s.knowledge.procedures[ours.procedure], aspect, s.knowledge)
    opened = CLOSED | {"topic": topic} if topic != state.topic else {}
    act = Step(kept.having(answers=answers_of(ours, s)), view, about, heads, topic, section)
    changes = {"steps": (*others, kept)[-KEPT:], "flow": None, **({} if view is Show.VEILED else opened)}
    outcome = Outcome.QUESTION if view in UNTOLD and BEGIN not in heads else Outcome.ANSWER
    return Decision(outcome, (act,), why=why, events=events, changes=changes)


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
        case "b":
            return _decided(ours.having(step=about), s, state, view=Show.BRING, why="what to bring")
        case "p":
            return opened(ours, s, state, about)
        case "h":
            return _with_papers(ours, {about: Wish.LACKS if about in ours.has else Wish.HAS}, s, state)
        case "m":
            return _decided(ours, s, state, view=Show.LIST, why="what is left")
        case "a":
            return answered(ours, s, state, about, option)
    raise KeyError(does)
