"""One message in an open danger, as the steps of the walk see it, and what a step decides."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from bot.conversation import Danger, OpenDanger
from bot.dialogue import thresholds
from bot.dialogue.danger.classifiers import Group, classifier_of
from bot.dialogue.protocols import book, readings
from bot.dialogue.protocols.readings import answer_in
from bot.dialogue.thresholds import TOLD, TOLD_DYING
from knowledge.clauses import ways_round
from knowledge.model import Knowledge
from knowledge.schema.base import Level
from knowledge.schema.protocols import Care, Protocol, Spoken
from knowledge.schema.triage import Triage


@dataclass(frozen=True, slots=True)
class Walked:
    """The danger after the step, and the ids of the texts to be said; `help`: the first words of its kind instead."""

    danger: OpenDanger
    ids: tuple[str, ...] = ()
    help: bool = False
    head: tuple[str, ...] = ()
    """Ids of lines in front of the first words."""
    why: str = ""
    aside: bool = False
    """The answer to the ordinary question of this message follows."""
    again: str | None = None
    """A question kept from before, which is answered now."""
    spent: bool = False
    """Everything was said before: these are the most important words again."""
    new: tuple[str, ...] = ()
    """Kinds that a person should look at now."""


@dataclass(frozen=True, eq=False)
class Turn:
    """`danger`: with the facts of this message, before any step; `heard`: the readings of this message alone."""

    text: str
    danger: OpenDanger
    facts: book.Facts
    heard: frozenset[str]
    found: Danger | None
    knowledge: Knowledge
    tells: Mapping[str, float] = field(default_factory=dict)
    """By what its parts may tell or ask, a reading or a kind, how much likelier it is than nothing; likeliest first."""
    own_matter: bool = False
    """It asks clearly for something that is no part of the danger."""
    asks: bool = False
    """It asks anything."""
    placed: bool = False
    """It shares or writes out a place."""
    likely: bool = False
    """It sounds at least doubtful of danger."""
    question: str | None = None
    """Its parts that ask something by themselves, where it asks plainly."""

    @property
    def triage(self) -> Triage:
        """What holds for all kinds."""
        return self.knowledge.triage

    @property
    def handed(self) -> bool:
        """Whether others have the person in their care."""
        return self.danger.state == "handed"

    @property
    def known(self) -> frozenset[str]:
        """The readings of this message and of those before."""
        return self.heard.union(self.danger.heard)

    @property
    def elsewhere(self) -> bool:
        """It asks clearly for something else, and no life is at stake or others have the person in their care."""
        return self.own_matter and (self.handed or not self.at_stake)

    @property
    def at_stake(self) -> bool:
        """Whether a life may hang on this moment."""
        slower = self.danger.kind in self.triage.slower and self.found is None
        return self.protocol.level is Level.CRITICAL and not slower

    @property
    def past(self) -> bool:
        """Whether the moment is past in which a life hangs: they called, somebody helps, who does harm is gone."""
        return not self.known.isdisjoint(self.triage.past) and self.heard.isdisjoint(self.triage.presses)

    @cached_property
    def said(self) -> frozenset[str]:
        """The readings that its words tell by frames, and do not ask."""
        return readings.said_in(self.text, self.knowledge)

    def surest(self, ends: Collection[str]) -> float:
        """How much likelier the likeliest of these ends is told in it than that nothing ended."""
        return readings.surest(ends, self.text, self.knowledge)

    @property
    def protocol(self) -> Protocol:
        """Of the open kind."""
        return book.protocol_of(self.danger, self.knowledge)

    @cached_property
    def dying(self) -> Sequence[str]:
        """The kinds of bodies that it tells to be dying and in nobody's care, for which the open kind has no line."""
        own = {one for _, care in book.care_of(self.danger, self.knowledge) for one in (*care.only, *care.soon)}
        dying = self.triage.dying_of(self.danger.kind, self.heard, self.danger.heard, own)
        cared = self.said & {*self.knowledge.protocols[book.BODY].end.handed}
        return () if cared or self.out_of_reach else dying

    @cached_property
    def too(self) -> tuple[str, ...]:
        """The lines that are said in any case: to who suffers of the same, whose phone is checked, and ways round."""
        beside = {"me_too": "line.me_too", "phone_watched": "line.safe_phone"}
        lines = (line for one, line in beside.items() if one in self.heard)
        return tuple(filter(self.says, (*lines, *ways_round(self.facts.heard, self.knowledge, at_once=True))))

    @cached_property
    def answer(self) -> str | None:
        """YES, NO or UNSURE where the words answer the question that is open, of the kind or of a line."""
        return self.danger.asked and answer_in(self.text, book.open_ask(self.danger, self.knowledge), self.knowledge)

    def says(self, text_id: str) -> bool:
        """Whether a text was not said before and any of it fits the facts."""
        return text_id not in self.danger.given and bool(book.fitting(text_id, self.facts, self.knowledge))

    def allows(self, line: str) -> bool:
        """Whether a line is for a danger of this category."""
        return self.danger.category in self.triage.only_in.get(line, (self.danger.category,))

    @cached_property
    def _care_open(self) -> Sequence[tuple[str, Care]]:
        """The care lines of the open danger, of those below, as one of its category, and of any body that it may be."""
        danger = self.danger
        below = (danger.having(kind=one.kind, category=one.category, who=one.who) for one in reversed(danger.below))
        held = [danger, *below, danger.having(kind=danger.category)]
        if danger.kind in self.triage.bodily:
            held.append(danger.having(kind=book.BODY, category=book.BODY))
        return [line for one in held for line in book.care_of(one, self.knowledge)]

    @cached_property
    def lines(self) -> Mapping[str, str]:
        """By reading, the first line that answers it in what is open."""
        own = ((name, (*one.only, *one.soon)) for name, one in self._care_open)
        rows = reversed([*self.triage.cared.items(), *own, *self.triage.common.items()])
        return {only: line for line, asks in rows if self.allows(line) and self.says(line) for only in asks}

    @cached_property
    def lines_said(self) -> Mapping[str, str]:
        """By reading, the line that answered it before: who asks the same again hears the same."""
        said = ((name, one) for name, one in self._care_open if name in self.danger.given)
        return {only: name for name, one in said if book.fitting(name, self.facts, self.knowledge) for only in one.only}

    @property
    def open_kinds(self) -> frozenset[str | None]:
        """The open kind, and those that stay open below."""
        return frozenset((self.danger.kind, *(one.kind for one in self.danger.below)))

    @property
    def wish_to_die(self) -> bool:
        """Whether the open danger is of those in which somebody wants to die."""
        return self.knowledge.categories[self.danger.category].dying

    @property
    def out_of_reach(self) -> bool:
        """Whether somebody else is held where the writer cannot do anything for a body."""
        return book.out_of_reach(self.danger, self.knowledge)

    @property
    def again(self) -> str:
        """The id of the sentences of the first words that hold the number."""
        return f"kind.{self.protocol.id}/again"

    def due_care(self) -> Iterator[tuple[str, Care]]:
        """The care lines of the open kind that were not said and fit the facts."""
        return (one for one in book.care_of(self.danger, self.knowledge) if self.says(one[0]))

    @cached_property
    def next_care(self) -> str | None:
        """The care line that is due: one for what was heard before the others in their order."""
        usual = (name for name, care in self.due_care() if self.known.intersection(care.only) or not care.only)
        return self.care_heard or next(usual, None)

    @cached_property
    def care_heard(self) -> str | None:
        """The care line of the open kind for what this message says, if it is due."""
        return next((name for name, care in self.due_care() if self.heard & {*care.only, *care.soon}), None)

    @cached_property
    def mortal_line(self) -> str | None:
        """The line for the gravest sign of a body that it tells, which is said before whatever else is asked."""
        if self.handed or self.out_of_reach:
            return None  # a held sister who writes no more shows no sign of a body
        own = {self.protocol.id, *(one.kind for one in self.danger.below)}  # what only sounds so has its own line there
        dying = (f"kind.{one}/brief" for one in self.dying if one not in own)
        if (brief := next(filter(self.says, dying), None)) is not None:
            return brief
        least = TOLD_DYING if self.wish_to_die else TOLD
        told = {one for one, line in self.lines.items() if book.kind_in(line) in own and self.surely(one, least)}
        told |= self.heard & self.lines.keys()
        return next((self.lines[one] for one in self.triage.worse_signs if one in told), None)

    def lines_told(self, least: float, danger: float | None = None) -> Iterator[str]:
        """By margin the lines for what its parts tell or ask, and (from `danger`) brief words of other dangers."""
        least_words = readings.BRIEF if "what_now" in self.heard else book.SAYS_ENOUGH
        lines = self.lines if len(self.text.split()) > least_words else {}
        sounds = classifier_of(self.knowledge, Group.KINDS).scores(self.text) if lines else {}
        for name, margin in self.tells.items() if lines else ():
            kind = name in self.knowledge.protocols
            hardly = kind and margin < TOLD and sounds.get(name, -inf) < thresholds.KIND_FAINTLY
            line = f"kind.{name}/brief" if kind and not hardly and self.may_be_beside(name) else lines.get(name)
            if line is not None and margin >= (danger if kind and danger else least) and self.says(line):
                yield line

    def surely(self, name: str, least: float = TOLD) -> bool:
        """Whether a part of it tells or asks this by so much."""
        return self.tells.get(name, -inf) >= least

    def may_be_beside(self, kind: str) -> bool:
        """Whether a kind may be told beside the open danger: as grave, none that is open already or out of reach."""
        danger, protocol, triage = self.danger, self.knowledge.protocols[kind], self.triage
        return (
            kind not in self.open_kinds
            and protocol.of != book.DEATH
            and (not protocol.needs or not self.known.isdisjoint(protocol.needs))
            and (kind not in triage.bodily or not self.out_of_reach)
            and (self.likely or danger.level is Level.CRITICAL)  # a danger is heard at all
            and danger.kind not in triage.part_of.get(kind, ())  # who guards them is armed
            and protocol.level.rank <= danger.level.rank
            and protocol.holds_in(self.facts.danger_at)
        )

    @cached_property
    def consoled(self) -> str | None:
        """The line for a guilt or a fear that a message surely tells, which holds in others' care, too."""
        among = (one for one in self.triage.consoled if one in self.heard or self.surely(one))
        return next(filter(None, map(self.lines.get, among)), None)

    def answer_to(self, among: Collection[str] = ()) -> str | None:
        """The line that answers its likeliest question, `among` these if any: of what is open, else told."""
        asked = [q for one in (self.text, self.question) if one for q in readings.questions_in(one, self.knowledge)]
        own = self.open_kinds
        said = {one: line for one, line in self.lines_said.items() if book.kind_in(line) in own}
        # what is open says it again before its category says it of other scenes
        due = {one: line if book.kind_in(line) in own else said.get(one, line) for one, line in self.lines.items()}
        if answers := [by[one] for by in (due, said) for one in asked if one in by and one in (among or asked)]:
            return answers[0]
        number = not among and asked[:1] == ["asks_number"]
        return self.again if number and book.fitting(self.again, self.facts, self.knowledge) else None

    def read_out(self, care: str | None) -> tuple[str, ...]:
        """A care line; who is far reads to those who are there what the open kind has for these."""
        if care is None:
            return ()
        for_them = self.facts.far is not None and book.kind_in(care) == self.danger.kind
        return ("line.read_them", care) if for_them and "/care." in care and self.allows("line.read_them") else (care,)

    def turned_to(self, danger: OpenDanger, kind: str, who: str | None, *, why: str, ends: bool = False) -> Walked:
        """The first words of another kind; what was open stays open below, unless it ended."""
        protocol = book.for_whom(self.knowledge.protocols[kind], book.NAMES.get(who or "", "unknown"), self.knowledge)
        after = as_kind(danger, protocol, who, minor=self.facts.minor, ends=ends)
        after = after.having(asked=book.question_of(after, self.facts, self.knowledge))
        after = unless_told(after, self.text, self.knowledge)
        return Walked(after, help=True, why=why, new=(protocol.id,))


def unless_told(danger: OpenDanger, text: str, knowledge: Knowledge) -> OpenDanger:
    """Nobody is asked what this text or the words that told the danger answer, unless that makes it another kind's."""
    if (ask := book.open_ask(danger, knowledge)) is None:
        return danger
    answer = next(filter(None, (readings.framed_answer(one, ask, knowledge) for one in (text, danger.told))), None)
    if answer is None or readings.target_of(ask.then, answer).says is Spoken.KIND:
        return danger
    return danger.having(given=(*danger.given, *filter(None, (danger.asked,))), asked=None)


def as_kind(danger: OpenDanger, protocol: Protocol, who: str | None, *, minor: bool, ends: bool) -> OpenDanger:
    """A danger as one of another kind; what it was stays open below, unless that ended."""
    kind = protocol.id
    meant = book.who_of(protocol, book.NAMES.get(who or danger.who, danger.who), minor=minor)
    below = tuple(one for one in danger.below if one.kind != kind)
    below = below if ends or danger.kind in (None, kind) else (*below, danger.as_below())
    return danger.having(
        category=protocol.of,
        kind=None if protocol.general else kind,
        level=min(danger.level, protocol.level, key=lambda one: one.rank),
        who=meant,
        leans=danger.leans if meant == danger.who else 0.0,
        below=below,
        state="open",
        reader="none" if danger.kind == readings.WATCHED else danger.reader,
        denials=0,
        idle=0,
    )
