"""Policy 4: danger is doubtful: one question with the number in it, and what its answer leads to."""

from datetime import timedelta

from bot.conversation import CaseNeeded, Conversation, Danger, OpenDanger, Outcome
from bot.dialogue.decision import Check, Decision, Help, Line
from bot.dialogue.message import Message
from bot.dialogue.protocols.facts import facts_of
from bot.dialogue.protocols.opening import open_danger
from bot.dialogue.protocols.readings import NO, YES, plain_answer, readings_in
from bot.dialogue.protocols.turn import first_words, said
from bot.dialogue.signals import Signals

ANSWERED_WITHIN = timedelta(minutes=30)
"""How long a check waits for its answer."""
ASKED = "check"
"""In place of a rule, where the person said yes to a check."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The answer to a check that was asked; else one question where danger is doubtful."""
    asked = state.danger if state.danger is not None and state.danger.state == "asked" else None
    if asked is not None and s.now - asked.heard_at <= ANSWERED_WITHIN and (answer := _answered(asked, m, s, state)):
        return answer
    doubtful = s.danger.check
    if doubtful is None or state.in_danger or state.claimed:
        return None
    if asked is not None and asked.category == doubtful.category and s.now - asked.heard_at <= ANSWERED_WITHIN:
        return None  # nobody is asked the same twice in a row; the number was in the question
    return _ask(doubtful, m, s)


def _ask(doubtful: Danger, m: Message, s: Signals) -> Decision:
    danger = OpenDanger(
        category=doubtful.category,
        level=doubtful.level,
        state="asked",
        told=m.text,
        kept_question=m.text if m.asks else None,
        rule=doubtful.rule,
        opened_at=s.now,
        heard_at=s.now,
    )
    return Decision(Outcome.CHECK, (Check(doubtful.category),), why="danger is doubtful", changes={"danger": danger})


def _answered(asked: OpenDanger, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Yes: the danger is open. No: what stood beside it is answered. Of a wish to die only a plain no is a no."""
    answer, denied = plain_answer(m.text, s.knowledge), "denies" in readings_in(m.text, s.knowledge)
    category = s.knowledge.categories[asked.category]
    if answer == NO or denied:
        if category.check_no is not None:
            return Decision(Outcome.CHECK, (Check(asked.category, answered=True),), why="no", changes={"danger": None})
        return _free(asked)
    if answer == YES or category.check_no is not None:
        return _opened(asked, m, s, state)
    return None


def _free(asked: OpenDanger) -> Decision:
    """There is no danger; the engine reads the question that was kept once more."""
    return Decision(
        Outcome.CHECK, (Line("line.denied"),), why="no", changes={"danger": None}, again=asked.kept_question
    )


def _opened(asked: OpenDanger, m: Message, s: Signals, state: Conversation) -> Decision:
    found = Danger(asked.category, asked.level, ASKED, asked.told)
    danger = open_danger(found, m, s, state).danger
    facts = facts_of(danger, s.situation, on_duty=state.desk.on_duty)
    first, second = first_words(danger, facts, s.knowledge)
    needed = CaseNeeded("danger", danger.level, danger.category, ASKED, asked.told, danger.danger_at)
    return Decision(
        Outcome.URGENT,
        (Help(danger.category, danger.kind, first, second),),
        why="yes to a check",
        events=(needed,),
        changes={"danger": said(danger, (*first, *second)), "topic": None, "section": None},
    )
