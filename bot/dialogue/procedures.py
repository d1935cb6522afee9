"""The walk through a procedure in conversation: what taps and words do with it. Positions are ids, derived anew."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from math import inf

from bot.conversation import Conversation, NotUnderstood, Outcome, Progress, ReplyKind
from bot.dialogue import errands
from bot.dialogue.danger.classifiers import DONE, WAITS
from bot.dialogue.decision import Decision, Offer, Say, Step
from bot.dialogue.message import Message
from bot.dialogue.person.told import closed_to
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.ranking.section_words import said_in
from bot.dialogue.rendering.procedures import way_in
from bot.dialogue.signals import Signals
from bot.dialogue.signals.acts import option_meant, step_told
from bot.dialogue.thresholds import MAY_BE_DONE, OPTION, OPTION_ASKING, STEP_SURE, STEP_TOLD
from knowledge.frames import fold
from knowledge.hearing_steps import (
    Wish,
    beside_start,
    is_wish,
    lead_of,
    letter_in,
    named_in,
    option_framed,
    option_led,
    option_said,
    papers_in,
    steps_done_in,
    wishes_in,
)
from knowledge.procedures import offered_with, papers_of, section_of, steps_of
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import Show

NEAR = 4
"""Turns after which plain words such as "listo" no longer mean the open step."""
UNSEEN = timedelta(minutes=30)
"""Silence after which somebody else may hold a phone that was watched or lent."""
BRIEF, TELLING = 14, 30
"""Words of a message that may be a word to the open step, and that may answer a question of ours."""
PLAIN_WORDS = 2
"""Words of a message that is a plain yes or no, whatever was learned."""
DETAILS = (Aspect.WHERE, Aspect.COST, Aspect.PAY, Aspect.DURATION, Aspect.WHO, Aspect.REQUIREMENTS, Aspect.HOURS)
"""Aspects that a short question may ask of the open step."""
FEW, UNLIKELY = 3, 5
"""Words of a question that names no matter of its own: "y cuánto cuesta"; and where nothing else is likely."""
SHOWN = {
    Wish.OTHER: Show.OTHER,
    Wish.SILENCE: Show.SILENCE,
    Wish.REFUSAL: Show.REFUSAL,
    Wish.FORWARD: Show.FORWARD,
    Wish.BRING: Show.BRING,
}
MOVES = {
    Wish.NEXT: errands.put_off,
    Wish.LATER: errands.put_off,
    Wish.BACK: errands.went_back,
    Wish.DROP: errands.paused,
    Wish.REPEAT: errands.resumed,
}
"""What a wish does that needs no more than where they stand."""
LEARNED = frozenset({Wish.DONE, Wish.NEXT, Wish.REPEAT})
"""Acts that were learned, and mean the same of a step."""
CONFIRMED = dict.fromkeys(("done", "yes"), errands.moved_on) | dict.fromkeys(("no", "waits"), errands.resumed)
"""What a bare answer does where we asked whether the step is done."""


def heard_of_steps(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What words do with the open procedure, or the one that they ask for; None where they are of another matter."""
    if state.checklist.refused or state.checklist.opened is not None:
        return _by_code(state.checklist.opened, s, state)
    brief = len(m.letters.split()) <= BRIEF
    said = wishes_in(m.letters, s.knowledge) if brief else set[Wish]()
    named = named_in(m.letters, s.knowledge)
    begun = [one for one in state.steps if one.procedure in s.knowledge.procedures]
    ours = next((one for one in reversed(begun) if one.procedure in named), begun[-1] if begun else None)
    unbegun = bool(named) and not any(one.procedure in named for one in begun)
    if (Wish.START in said or (Wish.RESUME in said and unbegun)) and (begin := _asked_to_begin(named, m, s, state)):
        return begin
    if Wish.DOORS in said or (Wish.COMPARE in said and len(named) > 1):
        return _beside(() if Wish.DOORS in said else named[:2], s)
    if Wish.LETTER in said and (given := _letter(named, ours, m, s, state)):
        return given
    if ours is None:
        gone = Wish.RESUME in said and state.steps
        act = Step(state.steps[-1], Show.GONE) if gone else None
        return Decision(Outcome.QUESTION, (act,), why=act.view, changes={"steps": ()}) if act else None
    seen = state.watched and bool(said) and s.now - ours.at > UNSEEN
    if seen and ours.procedure not in named:  # the matter must not be named first
        return errands.shown_of(ours.having(veiled=True), s, state, view=Show.VEILED)
    if Wish.RESUME in said or (ours.veiled and ours.procedure in named):
        return errands.resumed(ours, s, state)
    if Wish.TOTAL in said:
        return errands.summed(ours, s, state)
    if Wish.MISSING in said:
        return errands.shown_of(ours, s, state, view=Show.LIST, why="what is left")
    told = ours.asked and len(m.letters.split()) <= TELLING
    return _moved(ours, said, m, s, state) if brief or told else None


def _by_code(found: Progress | None, s: Signals, state: Conversation) -> Decision:
    """What a code brings here: an organisation's errand; anybody else's is a page alone."""
    procedure = s.knowledge.procedures.get(found.procedure) if found else None
    if found is None or procedure is None or not procedure.organisation:
        return Decision(Outcome.QUESTION, (Say("steps.wrong_code", ReplyKind.QUESTION),), why="a wrong code")
    return errands.resumed(found.having(at=s.now), s, state)


def says_more(m: Message, s: Signals, state: Conversation) -> bool:
    """Whether the words say more than a button: several papers, or an option by its own name ("3": three years)."""
    ours = errands.last_of(s, state)
    if ours is None:
        return False
    named = ours.asked and option_framed(m.letters, ours.procedure, ours.asked, s.knowledge)
    return bool(named) or any(papers_in(m.letters, ours.procedure, s.knowledge))


def speaks_of_steps(m: Message, s: Signals, state: Conversation) -> bool:
    """Whether the whole message is a word to the open procedure: "no nos contestan", or answers its question."""
    ours = errands.last_of(s, state)
    if ours is None or ours.paused or state.turns - ours.turn > NEAR:
        return False
    procedure = s.knowledge.procedures[ours.procedure]
    if is_wish(m.letters, s.knowledge):
        return True
    if not (ours.asked and errands.asked_of_steps(state)):
        return False
    said = option_said(m.letters, procedure, ours.answers, s.knowledge)
    return said is not None or _option(ours.asked, procedure, m, s) is not None


def _asked_to_begin(named: Collection[str], m: Message, s: Signals, state: Conversation) -> Decision | None:
    lately = named_in(fold(state.heard[-1].text), s.knowledge) if state.heard and not named else ()
    found = [s.knowledge.procedures[one] for one in dict.fromkeys((*named, *lately))] or _spoken_of(s, state)
    theirs = [one for one in found if not _closed(one, m, s)]
    if len(theirs) > 1:
        choices = tuple(way_in(one, s, state, named=True) for one in theirs[: errands.KEPT])
        return Decision(Outcome.CLARIFY, (Offer(choices, "steps.which"),), why="which procedure")
    return errands.begun_with(theirs[0], s, state) if theirs else None


def _spoken_of(s: Signals, state: Conversation) -> list[Procedure]:
    """What stands behind the section that the words are surely of, else behind the one that is open."""
    telling = said_in(beside_start(s.message.letters, s.knowledge), ranker_of(s.knowledge), s.knowledge)
    surely = telling and s.ranking.verdict == "answer"  # bare words for steps are of no matter
    sure = [(one.topic, one.section) for one in s.ranking.candidates[:1] if surely]
    offered = (offered_with(one, part or "", s.knowledge) for one, part in (*sure, (state.topic, state.section)) if one)
    return list(next(filter(None, offered), ()))


def _beside(named: Sequence[str], s: Signals) -> Decision:
    """Two side by side, or all that open a door without consultative status; nothing is begun."""
    names = named or [one.id for one in s.knowledge.procedures.values() if one.without_ecosoc]
    act = Step(Progress(procedure=names[0], at=s.now), Show.COMPARE if named else Show.DOORS, " ".join(names))
    return Decision(Outcome.QUESTION, (act,), why=act.view)


def _letter(
    named: Collection[str], ours: Progress | None, m: Message, s: Signals, state: Conversation
) -> Decision | None:
    """The model of a letter of the procedure that is named, or is open."""
    begun = {one.procedure: one for one in state.steps}
    for name in (*named, *((ours.procedure,) if ours else ())):
        progress = begun.get(name) or Progress(procedure=name, at=s.now)
        if (found := letter_in(m.letters, s.knowledge.procedures[name], progress.step)) is not None:
            return errands.shown_of(progress, s, state, view=Show.LETTER, about=found.id, why="a letter")
    return None


def _closed(procedure: Procedure, m: Message, s: Signals) -> bool:
    topic, section = section_of(procedure, Aspect.WHAT, s.knowledge)
    return closed_to(s.knowledge.topics[topic], section, s.person, m.text, s.knowledge) is not None


def _moved(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the words do with it: the most particular first."""
    procedure, answers = s.knowledge.procedures[ours.procedure], errands.answers_of(ours, s)
    theirs = {one.id for one in steps_of(procedure, answers)}
    did = steps_done_in(m.letters, ours.procedure, theirs, s.knowledge)
    if did and not m.asks:
        done = tuple(dict.fromkeys((*ours.done, *did[:-1])))
        return errands.moved_on(ours.having(done=done), s, state, did[-1])
    near = state.turns - ours.turn <= NEAR or state.topic in procedure.topics
    if ours.paused or not near:
        return None
    ticked = dict(papers_in(m.letters, procedure.id, s.knowledge, {one.id for one in papers_of(procedure, answers)}))
    # What the words mean, or a fact told in them, answers a question of ours.
    option = (_option(ours.asked, procedure, m, s) or answers.get(ours.asked)) if ours.asked else None
    if ours.asked and option:
        return errands.answered(errands.having_ticked(ours, ticked), s, state, ours.asked, option)
    if Wish.BACK in said and (step := errands.step_named(ours, theirs, m, s)):
        return errands.opened(ours, s, state, step)
    if ticked:
        return errands.with_papers(ours, ticked, s, state)
    if early := _early(ours, m, s, state):
        return errands.answered(ours, s, state, *early)
    if (told := _step_told(ours, theirs, m, s, state)) is not None:
        return told
    return _confirmed(ours, s, state) or _plainly(ours, _meant(said, m, s, state, ours), m, s, state)


def _step_told(ours: Progress, theirs: Collection[str], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What tells in own words that a step of the procedure is done, or that it is not yet."""
    step, margin = step_told(m.text, ours.procedure, s.knowledge)
    if margin < (OPTION_ASKING if m.asks else STEP_TOLD) or "?" in m.text or len(m.letters.split()) <= PLAIN_WORDS:
        return None
    waits, done = (s.acts.likely.get(act, -inf) for act in (WAITS, DONE))
    if step == WAITS or waits > max(done, MAY_BE_DONE):
        return errands.resumed(ours, s, state) if step == WAITS and ours.step else None
    surely = margin >= STEP_SURE or done >= MAY_BE_DONE
    return errands.moved_on(ours, s, state, step) if step in theirs and surely else None


def _option(question: str, procedure: Procedure, m: Message, s: Signals) -> str | None:
    """The answer that words give to an errand's question: its own words, as was learned, a plain yes or no."""
    asks = m.asks and not is_wish(m.letters, s.knowledge)  # "creo que no" asks nothing
    if not asks and (framed := option_framed(m.letters, procedure.id, question, s.knowledge)):
        return framed
    learned, margin = option_meant(m.text, procedure.id, question, s.knowledge)
    if margin >= (OPTION_ASKING if asks else OPTION) and len(m.letters.split()) > PLAIN_WORDS:
        return learned
    return None if asks else option_led(m.letters, s.acts.said, procedure.id, question, s.knowledge)


def _meant(said: set[Wish], m: Message, s: Signals, state: Conversation, ours: Progress) -> set[Wish]:
    """The words said and, right behind a step, what was learned of how people say them."""
    return said if state.turns - ours.turn > 1 or "?" in m.text else said | (LEARNED & {*s.acts.all})


def _confirmed(ours: Progress, s: Signals, state: Conversation) -> Decision | None:
    """A yes or a no to whether the open step is done."""
    if ours.asked or not ours.unsure or state.turns - ours.turn > 1:
        return None
    learned = (act for act, margin in s.acts.likely.items() if margin >= MAY_BE_DONE)
    said = (lead_of(s.message.letters, s.knowledge), *s.acts.said, *learned)
    act = next((act for act in said if act in CONFIRMED), None)
    return CONFIRMED[act](ours, s, state) if act else None


def unsure_of_step(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Right behind a step or its question, words that may tell of it: asked about once, beside what else they mean."""
    ours = errands.last_of(s, state)
    if ours is None or ours.paused or ours.unsure or not (ours.step or ours.asked) or state.turns - ours.turn > 1:
        return None
    surely = s.ranking.verdict == "answer"
    told = any(s.acts.likely.get(act, -inf) >= MAY_BE_DONE for act in CONFIRMED) or (ours.asked and not surely)
    if "?" in m.text or s.acts.said or not told or len(m.letters.split()) > BRIEF:
        return None
    other = s.ranking.candidates[0].id if surely else ""
    return errands.shown_of(ours, s, state, view=Show.UNSURE, about=other, why="unsure of a step")


def _early(ours: Progress, m: Message, s: Signals, state: Conversation) -> tuple[str, str] | None:
    """The answer to a question that comes later, right behind a message of the procedure."""
    if state.turns - ours.turn > 1 or m.asks or wishes_in(m.letters, s.knowledge):
        return None
    said = s.knowledge.procedures[ours.procedure]
    return option_said(m.letters, said, errands.answers_of(ours, s), s.knowledge)


def _plainly(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    if (view := next((shown for wish, shown in SHOWN.items() if wish in said), None)) is not None:
        noted = (NotUnderstood(m.text, m.lang),) if view is Show.OTHER else ()
        return errands.shown_of(ours, s, state, view=view, events=noted)
    if Wish.PRINT in said:
        closed = state.watched or s.knowledge.procedures[ours.procedure].private
        code = "" if closed else ours.code or state.checklist.code
        return errands.shown_of(ours.having(code=code), s, state, view=Show.CODE, why="a code")
    if Wish.DONE in said and ("?" not in m.text or Wish.NEXT in said):
        return errands.moved_on(ours, s, state)
    if (move := next((move for wish, move in MOVES.items() if wish in said), None)) is not None:
        return move(ours, s, state)
    asked = next((aspect for aspect in m.aspects if aspect in DETAILS), None)
    return _detail(ours, asked, m, s, state) if asked is not None else None


def _detail(ours: Progress, asked: Aspect, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What a short question asks of the open step, where the step tells it or admits that nobody does."""
    procedure = s.knowledge.procedures[ours.procedure]
    step = next((one for one in procedure.steps if one.id == ours.step), None)
    alone = len(m.letters.split()) <= (FEW if s.ranking.verdict == "answer" else UNLIKELY)
    first = s.ranking.candidates[0].topic if s.ranking.candidates else None
    if step is None or not (alone or first in procedure.topics):
        return None
    if asked is Aspect.REQUIREMENTS:
        return errands.shown_of(ours, s, state, view=Show.BRING) if step.bring else None
    priced = asked is Aspect.COST and any(item.prices for item in (step, *papers_of(procedure, ours.answers, step)))
    if step.detail(asked) is None and asked not in step.gaps and not priced:
        return None
    return errands.shown_of(ours, s, state, view=Show.DETAIL, about=asked.value, why=f"{asked} of a step")
