"""A message in the light of its conversation: what the policies look at, each computed when it is first asked for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from bot.conversation import Conversation, Kind, Progress, Said
from bot.conversation.person import Situation, Want
from bot.dialogue.decision import Decision
from bot.dialogue.message import Message, language_wished, read
from bot.dialogue.signals.found import Acts, Finding, Ranking
from bot.dialogue.thresholds import BY_ITSELF, OWN_MATTER
from bot.dialogue.words.questions import pieces_of, questions_in, told_beside
from knowledge.calendar import HOME
from knowledge.frames import frames_of
from knowledge.hearing_papers import papers_named
from knowledge.model import Knowledge
from knowledge.procedures import answered_by, section_of
from knowledge.schema.base import Lang
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads a message in its conversation: `engine.READERS`, which stands above all that asks for signals."""

    lang: Callable[[Message, Conversation], Lang | None]
    situation: Callable[[Message, Conversation], Situation]
    danger: Callable[[Message, Conversation, datetime], Finding]
    acts: Callable[[Message, Conversation], Acts]
    ranking: Callable[[Message, Conversation, Situation, Acts], Ranking]


@dataclass(frozen=True, eq=False)
class Signals:
    """One message in one conversation."""

    message: Message
    state: Conversation
    """As it was before the message."""
    knowledge: Knowledge
    now: datetime
    readers: Readers

    @property
    def today(self) -> date:
        """The day in Mexico City."""
        return self.now.astimezone(HOME).date()

    @cached_property
    def lang(self) -> Lang:
        """The language that is answered in; Spanish where nothing shows one."""
        wished = language_wished(self.message.text, self.knowledge)
        return wished or self.readers.lang(self.message, self.state) or "es"

    @cached_property
    def situation(self) -> Situation:
        """The facts of the person with those that this message tells."""
        return self.readers.situation(self.message, self.state)

    @cached_property
    def person(self) -> Conversation:
        """The state with what this message tells of the person: what is answered is for them."""
        return self.state.having(situation=self.situation, lang=self.lang)

    @cached_property
    def danger(self) -> Finding:
        """The danger that is reported, or is to be asked about."""
        return self.readers.danger(self.message, self.state, self.now)

    @cached_property
    def acts(self) -> Acts:
        """What the person does with the message: goes on, complains, tells, thanks …"""
        return self.readers.acts(self.message, self.state)

    @cached_property
    def ranking(self) -> Ranking:
        """The sections that may answer, the likeliest first; where an errand was spoken of last, as near that."""
        errand = self.knowledge.procedures.get(self.state.steps[-1].procedure) if self.state.in_errand else None
        of_it = errand is not None and self.state.topic in errand.topics and not self.is_beside(errand)
        here = self.near(errand) if errand and of_it else self.state
        return self.readers.ranking(self.message, here, self.situation, self.acts)

    @cached_property
    def told_alone(self) -> str:
        """The topic that it is surely of by itself, as is what it only tells: a child with a fever; else empty."""
        text, alone = self.message.text, self.of_person(self.message.text).ranking.answer
        told = told_beside(text, questions_in(text, self.knowledge, alone=True), self.knowledge) if alone else text
        its = self.of_person(told).ranking.answer if told and told != text else None
        return alone.topic if alone and its and its.topic == alone.topic else ""

    def is_beside(self, errand: Procedure) -> bool:
        """Whether what is told is surely of another matter by itself, and of no paper of this errand."""
        papers = papers_named(self.message.letters, errand.id, self.knowledge)
        return not papers and self.told_alone not in ("", *errand.topics)

    def near(self, errand: Procedure) -> Conversation:
        """The state as if an errand had just been asked for, and what its steps tell been said."""
        topic, section = section_of(errand, Aspect.HOW, self.knowledge)
        want = Want(text=errand.title.say(self.lang), turn=self.state.turns, answer=f"{topic}/{section}")
        shown = (*(one for one in self.state.said_before.shown if one != want.answer), f"{topic}/{section}")
        return self.state.having(topic=topic, section=None, wants=(want,), said_before=Said(shown=shown))

    @cached_property
    def before_last(self) -> Ranking | None:
        """What the last want would have got without the answer that it got; None where nothing was wanted."""
        if not self.state.wants:
            return None
        *wants, last = self.state.wants
        shown = tuple(one for one in self.state.said_before.shown if one != last.answer)
        state = self.state.having(wants=tuple(wants), said_before=Said(shown=shown))
        message = read(replace(self.message.inbound, kind=Kind.TEXT, text=last.text), self.knowledge)
        found = self.readers.ranking(message, state, self.situation, self.acts.of_part)
        return replace(found, candidates=tuple(one for one in found.candidates if one.id != last.answer))

    @property
    def surely_answered(self) -> bool:
        """Whether a topic surely answers, also beside an open danger."""
        return self.ranking.verdict == "answer" and self.ranking.topics[0].score >= OWN_MATTER

    @property
    def keeps_to_topic(self) -> bool:
        """Whether it surely is of the open topic."""
        best = self.ranking.topics[0] if self.ranking.verdict == "answer" else None
        return best is not None and best.topic == self.state.topic and best.score >= BY_ITSELF[True]

    @cached_property
    def apart(self) -> tuple[str, ...]:
        """What it asks or wishes in clauses of its own, without danger, that a topic surely answers, and the whole."""
        tells = frames_of(self.knowledge.triage.asks_nothing)  # "no hay peligro" sounds of travel warnings
        wishes, text = frames_of(self.knowledge.follow_ups.wishes), self.message.text
        wished = (one for piece in pieces_of(text, self.knowledge) for one in piece if wishes.first(one))
        found = (*questions_in(text, self.knowledge, alone=True), *wished)
        parts = (one for one in dict.fromkeys(found) if not tells.first(one))
        asked = (self.of_person(one) for one in parts)
        sure = (one for one in asked if one.surely_answered and one.danger.likely is None)
        likely = {one.topic for one in self.ranking.topics}
        return tuple(one.message.text for one in sure if one.ranking.topics[0].topic in likely)

    def answers(self, ours: Progress) -> dict[str, str]:
        """What was answered in an errand, and what the facts of the person and their papers answer by themselves."""
        procedure = self.knowledge.procedures[ours.procedure]
        return {**answered_by(procedure, self.situation.shown(), ours.has), **ours.answers}

    def of(self, message: Message, state: Conversation) -> "Signals":
        """The signals of another message, in that conversation."""
        return replace(self, message=message, state=state)

    def of_person(self, text: str) -> "Signals":
        """The signals of words of this person as if nothing had been spoken of before."""
        state = self.state.having(danger=None, heard=(), wants=(), topic=None, section=None, said_before=Said())
        inbound = replace(self.message.inbound, kind=Kind.TEXT, text=text)
        return self.of(read(inbound, self.knowledge), state)


MayDecide = Callable[[Message, Signals, Conversation], Decision | None]
"""What decides on a message, or leaves it to the next: a policy, a step, a button."""
