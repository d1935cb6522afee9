"""Where a person stands in a procedure: ids of steps, papers and answers, as content may change in between."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from bot.conversation.person import Remembered
from knowledge.errand_bounds import by_facts, carried
from knowledge.hearing_done import unmarked
from knowledge.hearing_options import option_changed, options_beside, options_heard
from knowledge.hearing_steps import Told, Wish, steps_done_in
from knowledge.hearing_turns import Turn
from knowledge.model import Knowledge
from knowledge.procedures import (
    Answers,
    answered_by,
    counting,
    done_by,
    gathered_by,
    hanging_on,
    position,
    price_question,
    steps_of,
    way_of,
)
from knowledge.schema.procedures import Procedure

KEPT = 4
"""Procedures of one person that are remembered."""
UNSEEN = timedelta(minutes=30)
"""Silence after which somebody else may hold a phone that was watched or lent."""
NEAR = 4
"""Turns after which plain words such as "listo" no longer mean the open step."""


class Progress(Remembered):
    """An errand that was begun step by step."""

    procedure: str
    step: str | None = None
    """The step that was shown last."""
    asked: str | None = None
    """The question that waits for an answer."""
    answers: dict[str, str] = {}
    chosen: str = ""
    """The question whose answer brought the open step."""
    done: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    """Steps that were put off, and questions that were left open (`?parents`): not asked again."""
    passed: tuple[str, ...] = ()
    """Steps gone past by a word alone: neither done nor put off, they come back in the end."""
    waits: tuple[str, ...] = ()
    """Steps of which they said that they are not done: a later one that is done says nothing of them."""
    has: tuple[str, ...] = ()
    """Papers that they have."""
    lacks: tuple[str, ...] = ()
    turn: int = 0
    """The turn that last spoke of it."""
    at: datetime
    over: bool = False  # all is done, and that was said: what is told later is of something else, or takes that back
    paused: bool = False
    """They left it: nothing but their own wish goes on with it."""
    code: str = ""
    """What opens it elsewhere; none: nobody asked for one."""
    veiled: bool = False
    """We asked what it is about, as somebody else may read."""
    second: str = ""
    """The question that is answered otherwise for another one: a boy who is registered, and his sister."""
    noted: tuple[str, ...] = ()
    """Steps that were noted as done last: "eso no está hecho" is of these."""
    denied: tuple[str, ...] = ()
    """Of them those that were just told not to be."""
    unsure: bool = False
    """We asked whether the open step is done, as their words did not say it."""

    @property
    def holds(self) -> tuple[object, ...]:
        """All that may change in it."""
        return self.done, self.later, self.has, self.lacks, self.answers

    def stops(self, turn: int) -> bool:
        """Whether the question that ended it a few turns ago may still be answered in another way."""
        return self.paused and self.asked is not None and turn - self.turn <= NEAR

    @property
    def past(self) -> frozenset[str]:
        """Steps that are not shown again by themselves."""
        return frozenset((*self.done, *self.later))

    @property
    def behind(self) -> frozenset[str]:
        """Steps that are not shown now: past, or gone past by a word until the end."""
        return self.past.union(self.passed)

    def priced(self, procedure: Procedure, known: Answers) -> Self:
        """With the question that the sum still hangs on as asked; before the first step the one that waits."""
        waits = None if self.step else position(procedure, known, self.past).question
        asked = price_question(procedure, known) or waits
        return self.having(asked=asked.id if asked else None)

    def answering(self, question: str, option: str, letters: str, knowledge: Knowledge) -> Self:
        """With an answer, and what the same words answer beside it."""
        beside = options_beside(letters, self.procedure, question, knowledge)
        return self.having(answers={**self.answers, question: option, **beside})

    def begun(
        self, procedure: Procedure, facts: Mapping[str, object], texts: Sequence[str], knowledge: Knowledge
    ) -> Self:
        """With what the facts of the person and the last messages answer, and what the last one tells to be done."""
        answers = {**answered_by(procedure, facts), **options_heard(texts, procedure.id, knowledge)}
        did = steps_done_in(texts[-1], procedure.id, [one.id for one in procedure.steps], knowledge)
        ours = self.having(answers=answers)  # what is told later of others changes none
        return ours.after(procedure, answers, did, ()) if did else ours

    def turned(self, turn: Turn, *, here: bool) -> Self:
        """With another step as wanted: those told by the way are done, the open one too (`here`), or put off."""
        step = (turn.step,) if turn.step else ()
        done = (*self.done, *turn.did, *(step if here else ()))
        later = (*self.later, *(step if turn.later else ()))
        return self.having(done=tuple(dict.fromkeys(done)), later=later)

    def ticked(self, papers: Mapping[str, str]) -> Self:
        """With these papers as there, or as missing."""
        lacks = {paper for paper, there in papers.items() if there == Wish.LACKS}
        has = {*self.has, *papers} - lacks
        return self.having(has=tuple(sorted(has)), lacks=tuple(sorted({*self.lacks, *lacks} - has)))

    def after(self, procedure: Procedure, known: Mapping[str, str], steps: Sequence[str], but: Collection[str]) -> Self:
        """With these steps as done, else the open one, but those, and with what they brought."""
        answers = {**way_of(procedure, steps), **known}
        said = {*(steps or (self.step,))}
        waits = _withheld(procedure, [one for one in (*self.waits, *but) if one not in said])
        loose = {*(one.id for one in procedure.steps if one.optional), *waits}
        hard = {one for one in but if one not in loose}  # "ya pagué, me falta la cita": nor the visit that hangs on it
        short = hard.union(*(hanging_on(procedure, one) for one in hard)) - said
        did, brought = done_by(procedure, answers, self.step, self.past | short, steps or (self.step,))
        past = (loose & {*did}) - said
        did = tuple(one for one in did if one not in past)  # it is too late for them, and nobody said that they did it
        got = (one.bring for one in procedure.steps if one.id in did and len(one.bring) == 1)  # doing it is having it
        lacks = {*self.lacks}.difference(*got)
        later = tuple(dict.fromkeys(one for one in (*self.later, *past) if one not in did))
        done = tuple(one for one in dict.fromkeys((*self.done, *did)) if one not in but)
        has, left = tuple(sorted({*self.has, *brought} - lacks)), tuple(sorted(lacks))
        return self.having(answers=answers, done=done, later=later, waits=waits, chosen="", has=has, lacks=left)

    def undone(self, procedure: Procedure, steps: Sequence[str]) -> Self:
        """With these steps as not done, nor what nobody can do before them."""
        kept = _withheld(procedure, steps)
        gone = frozenset(steps).union(*(hanging_on(procedure, one) for one in steps if one not in kept))
        waits = tuple(dict.fromkeys((*self.waits, *kept)))
        return self.having(done=tuple(one for one in self.done if one not in gone), waits=waits)

    def unmarked(
        self, procedure: Procedure, known: Answers, told: Told, said: Collection[Wish], knowledge: Knowledge
    ) -> Self:
        """With what a message takes back as not done, and the first of that as the open step if it stands before it."""
        order = [one.id for one in steps_of(procedure, known)]
        gone = unmarked(told, said, procedure.id, order, self, knowledge) if told.tells else ()
        return self.undone(procedure, gone).having(step=self.earliest(order, gone), denied=gone) if gone else self

    def earliest(self, order: Sequence[str], steps: Sequence[str]) -> str:
        """The first in order of these steps and the open one."""
        here = () if self.step in self.past else (self.step,)
        theirs = [one for one in (*steps, *here) if one in order]
        return min(theirs, key=lambda one: order.index(one or ""), default=[*steps, self.step][0]) or ""

    def not_yet(self, procedure: Procedure, steps: Sequence[str]) -> Self:
        """The same; where none is named, of the open step if they may be refused what that brings."""
        return self.undone(procedure, steps or _withheld(procedure, (self.step or "",)))

    def refused(self, procedure: Procedure, step: str) -> Self:
        """The same of a step of which a trouble is told, if they may go on without it; an optional one is put off."""
        aside = [one.id for one in procedure.steps if one.optional and one.id == step and step not in self.past]
        return self.undone(procedure, _withheld(procedure, (step,))).having(later=(*self.later, *aside))

    def short(self, procedure: Procedure, known: Mapping[str, str]) -> Self:
        """With what only gathers as not done where a paper of it is missing; what was done with it stays done."""
        lacks = {*self.lacks} - {one.id for one in procedure.papers if one.optional}
        gathers = [one for one in steps_of(procedure, known) if one.where is None and {*one.bring} & lacks]
        own = [one.id for one in gathers if one.id in self.done and hanging_on(procedure, one.id).isdisjoint(self.done)]
        return self.at_step(own[0]) if own else self

    def gathered(self, procedure: Procedure, known: Mapping[str, str], ticked: Collection[str]) -> list[str]:
        """The steps of which nothing is left to be gathered since these papers were ticked."""
        return [one for one in gathered_by(procedure, known, self.has, ticked) if one not in self.past]

    def demanded(
        self, procedure: Procedure, known: Answers, told: Mapping[str, str], papers: Collection[str], did: Sequence[str]
    ) -> Self:
        """With papers that somebody in charge asks for as missing; the step that was done till then waits."""
        kept = self.ticked({**told, **dict.fromkeys({*papers} - {*self.has}, str(Wish.LACKS))})
        if whole := kept.gathered(procedure, known, told):
            kept = kept.after(procedure, known, whole, ())
        if not did or did[-1] in kept.past:
            return kept
        gathers = next((one.bring for one in procedure.steps if one.id == did[-1] and one.where is None), ())
        if gathers and {*papers}.isdisjoint(gathers):  # what was gathered lacks nothing of it
            return kept.after(procedure, known, did, ())
        return kept.waiting(procedure, known, did)

    def waiting(self, procedure: Procedure, known: Mapping[str, str], did: Sequence[str]) -> Self:
        """With the last of these steps as open, what stands before it as done: they went, and were turned away."""
        done = self.after(procedure, known, did, ()).done
        return self.having(done=tuple(one for one in done if one != did[-1]), step=did[-1], asked=None)

    def held_up(self, procedure: Procedure, known: Mapping[str, str], did: Sequence[str]) -> Self:
        """With the last of these steps that says what to do if it fails as open, else the last."""
        return self.waiting(procedure, known, ([s.id for s in procedure.steps if s.if_not and s.id in did] or did)[-1:])

    def booked(self, procedure: Procedure, known: Mapping[str, str]) -> Self:
        """With the appointment as made, and what stands next as the open step: they are told to come on another day."""
        theirs = steps_of(procedure, known)
        books = [one.id for one in theirs if one.books]
        kept = self.after(procedure, known, books, ()) if books and self.step not in self.done else self
        here = next((one.id for one in theirs if one.id not in kept.past), self.step)
        return kept.having(step=here, asked=None)

    def spoken_of(self, turn: int, at: datetime, view: str, held: Sequence["Progress"]) -> Self:
        """With this as the turn that spoke of it, in one of the views that leave something open."""
        before = next((one.done for one in held if one.procedure == self.procedure), ())
        noted = tuple(one for one in self.done if one not in before) or self.noted
        kept = self.having(turn=turn, at=at, noted=tuple(one for one in noted if one in self.done), denied=())
        over = view == "end" or (self.over and {*self.done}.issuperset(before))
        return kept.having(over=over, paused=view == "paused", veiled=view == "veiled", unsure=view == "unsure")

    def stopped(self, question: str, turn: int, at: datetime) -> Self:
        """Left at the question whose answer ended it, which waits for another one: "ya nos dieron el RFC"."""
        return self.without(question).having(asked=question, paused=True, turn=turn, at=at, chosen=self.chosen)

    def anew(
        self, procedure: Procedure, known: Mapping[str, str], told: Told, knowledge: Knowledge, *, meant: bool
    ) -> Self:
        """With another answer to a question that was answered: "no, por internet no, en el consulado"."""
        changed = option_changed(told.text if told.tells else told.letters, procedure, known, knowledge, meant=meant)
        if changed is None:
            return self
        kept = self.having(answers={**self.answers, changed[0]: changed[1]}, asked=None, chosen=changed[0])
        return kept.having(done=carried(procedure, {**known, **kept.answers}, self.done))

    def told_done(
        self, procedure: Procedure, known: Answers, did: Sequence[str], ticked: Answers, told: Answers, said: set[Wish]
    ) -> tuple[Self, tuple[str, ...]]:
        """With what was told beside steps that are done; these, and those that only gather what is told to be there."""
        ends = steps_of(procedure, known)[-1].id in did
        answer = {question: option for question, option in told.items() if question == self.asked}
        lacks = () if ends and not {Wish.HAS, Wish.IN_HAND}.isdisjoint(said) else self.lacks
        kept = self.having(answers={**self.answers, **answer}, lacks=lacks).ticked(ticked)
        whole = kept.gathered(procedure, {**known, **answer}, ticked)
        return kept, tuple(dict.fromkeys((*did, *whole)))

    def told(self, procedure: Procedure, known: Mapping[str, str], answers: Mapping[str, str]) -> Self:
        """With answers to questions that do not wait; what counts is what was said last."""
        free = (counting(procedure) | by_facts(procedure, known) | (answers.keys() - known.keys())) - {self.asked}
        new = {q: one for q, one in answers.items() if q in free}
        return self.having(answers={**self.answers, **new}) if new else self

    def halved(self, procedure: Procedure) -> Self:
        """With the answer that goes on to a question that has two: for one of them; the other one waits."""
        asked = next(one for one in procedure.questions if one.id == self.asked)
        goes_on = next((one.id for one in asked.options if one.stop is None), asked.options[0].id)
        return self.having(answers={**self.answers, asked.id: goes_on}, asked=None, chosen=asked.id, second=asked.id)

    def without(self, question: str) -> Self:
        """With no answer to a question."""
        return self.having(answers={q: option for q, option in self.answers.items() if q != question}, chosen="")

    def back(self, steps: Sequence[str]) -> tuple[Self, str | None]:
        """The step before the open one; none where a question is asked again."""
        open_yet = self.step in steps and self.step not in self.past and self.asked is None
        at = steps.index(self.step or "") if open_yet else len(steps)
        if self.chosen in self.answers and self.asked is None:
            return self.without(self.chosen), None
        if self.asked is not None and not self.answers and self.done:
            return self, self.done[-1]
        if self.step is None or at == 0 or self.asked is not None:
            return self.having(answers=dict([*self.answers.items()][:-1]), asked=None, step=None), None
        return self, steps[at - 1]

    def putting_off(self) -> Self:
        """With the open step left for later."""
        open_yet = self.step is not None and self.step not in self.past
        return self.having(later=(*self.later, self.step) if open_yet else self.later, chosen="")

    def recalled(self, procedure: Procedure) -> Self:
        """With what was put off as open again, but what nobody must do."""
        return self.having(later=tuple(one.id for one in procedure.steps if one.optional and one.id in self.later))

    def at_step(self, step: str) -> Self:
        """With this step open, as not done."""
        done, later = (tuple(one for one in ids if one != step) for ids in (self.done, self.later))
        return self.having(done=done, later=later, step=step, asked=None, chosen="")

    def having(self, **changes: Any) -> Self:
        """A copy with these fields changed."""
        return self.model_copy(update=changes)


def _withheld(procedure: Procedure, steps: Collection[str]) -> tuple[str, ...]:
    """Of these steps those without which somebody may go on."""
    return tuple(one.id for one in procedure.steps if one.withheld and one.id in steps)
