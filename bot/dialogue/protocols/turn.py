"""One message in an open danger, as the steps of the walk see it, and what a step decides."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from bot.conversation import Danger, OpenDanger
from bot.dialogue.danger.classifiers import Group, classifier_of
from bot.dialogue.protocols.book import DEATH, HEAD, care_of, first_words, fitting, kind_in, open_ask, protocol_of
from bot.dialogue.protocols.facts import Facts, Walked
from bot.dialogue.protocols.readings import BRIEF, NEAR, PHONE, WHAT_NOW, answer_in, questions_in, said_in
from bot.dialogue.protocols.told import BODY, SAYS_ENOUGH, out_of_reach, sounds_of, untold_below
from bot.dialogue.thresholds import MAY_TELL, TOLD, TOLD_DYING
from knowledge.clauses import ways_round
from knowledge.model import Knowledge
from knowledge.schema.base import Level
from knowledge.schema.protocols import Care, Protocol

READ_THEM, NUMBER = "line.read_them", "asks_number"
"""Said first to who is far, where words are for those there; the question that the first words answer, if no line."""
BESIDE = {"me_too": "line.me_too", PHONE: "line.safe_phone"}
"""Said in any case to who suffers of the same as the one in danger, and to whose phone is checked; by reading."""
ASKS, WHO_ASKS = ("/ask", "/ask_other"), "line.who_asks"  # how ids of questions end; said alone to who asks that
STILL_HERE = "line.still_here"
UNKNOWN = ("line.not_answered", "line.not_answered_surely", "line.not_answered_again")
"""What is said last of a question that none of the lines answers; each once."""
REPLY_WORDS, LATER_WORDS, NUMBER_WORDS = 90, 60, 4
"""Words of a first reply, of a later one (P5), and of a number beside its name in braces."""


@dataclass(frozen=True, eq=False)
class Turn:
    """`danger`: with the facts of this message, before any step; `heard`: the readings of this message alone."""

    text: str
    danger: OpenDanger
    facts: Facts
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
    def elsewhere(self) -> bool:
        """It asks clearly for something else, and no life is at stake or others have the person in their care."""
        return self.own_matter and (self.danger.state == "handed" or not self.at_stake)

    @property
    def at_stake(self) -> bool:
        """Whether a life may hang on this moment."""
        slower = self.danger.kind in self.knowledge.triage.slower and self.found is None
        return self.protocol.level is Level.CRITICAL and not (slower and NEAR not in self.heard | {*self.danger.heard})

    @property
    def past(self) -> bool:
        """Whether the moment is past in which a life hangs: they called, somebody helps, who does harm is gone."""
        past = {*self.heard, *self.danger.heard} & {*self.knowledge.triage.past}
        return bool(past) and self.heard.isdisjoint(self.knowledge.triage.presses)

    @property
    def protocol(self) -> Protocol:
        """Of the open kind."""
        return protocol_of(self.danger, self.knowledge)

    @cached_property
    def dying(self) -> Sequence[str]:
        """The kinds of bodies that it tells to be dying and in nobody's care, for which the open kind has no line."""
        own = {one for _, care in care_of(self.danger, self.knowledge) for one in (*care.only, *care.soon)}
        dying = self.knowledge.triage.dying_of(self.danger.kind, self.heard, self.danger.heard, own)
        cared = said_in(self.text, self.knowledge) & {*self.knowledge.protocols[BODY].end.handed}
        return () if cared or out_of_reach(self.danger, self.knowledge) else dying

    @cached_property
    def too(self) -> tuple[str, ...]:
        """The lines that are said in any case, whatever else is."""
        lines = [line for one, line in BESIDE.items() if one in self.heard]
        return tuple(filter(self.says, (*lines, *ways_round(self.facts.heard, self.knowledge, at_once=True))))

    @cached_property
    def answer(self) -> str | None:
        """YES, NO or UNSURE where the words answer the question that is open, of the kind or of a line."""
        return self.danger.asked and answer_in(self.text, open_ask(self.danger, self.knowledge), self.knowledge)

    def says(self, text_id: str) -> bool:
        """Whether a text was not said before and any of it fits the facts."""
        return text_id not in self.danger.given and bool(fitting(text_id, self.facts, self.knowledge))

    def allows(self, line: str) -> bool:
        """Whether a line is for a danger of this category."""
        return self.danger.category in self.knowledge.triage.only_in.get(line, (self.danger.category,))

    @cached_property
    def lines(self) -> Mapping[str, str]:
        """By reading, the first line that answers it in what is open."""
        own = ((name, (*one.only, *one.soon)) for held in _open_in(self) for name, one in care_of(held, self.knowledge))
        rows = reversed([*self.knowledge.triage.cared.items(), *own, *self.knowledge.triage.common.items()])
        return {only: line for line, asks in rows if self.allows(line) and self.says(line) for only in asks}

    @cached_property
    def lines_said(self) -> Mapping[str, str]:
        """By reading, the line that answered it before: who asks the same again hears the same."""
        said = ((n, one) for at in _open_in(self) for n, one in care_of(at, self.knowledge) if n in self.danger.given)
        return {only: n for n, one in said if fitting(n, self.facts, self.knowledge) for only in one.only}

    @property
    def again(self) -> str:
        """The id of the sentences of the first words that hold the number."""
        return f"kind.{self.protocol.id}/again"


def next_care(turn: Turn, danger: OpenDanger) -> str | None:
    """The care line that is due: one for what was heard before the others in their order."""
    heard = {*danger.heard, *turn.heard}
    usual = (name for name, care in due_care(turn, danger) if heard.intersection(care.only) or not care.only)
    return care_heard(turn, danger) or next(usual, None)


def care_heard(turn: Turn, danger: OpenDanger) -> str | None:
    """The care line of the open kind for what this message says, if it is due."""
    return next((name for name, care in due_care(turn, danger) if turn.heard & {*care.only, *care.soon}), None)


def mortal_line(turn: Turn) -> str | None:
    """The line for the gravest sign of a body that a message tells, which is said before whatever else is asked."""
    if turn.danger.state == "handed" or out_of_reach(turn.danger, turn.knowledge):
        return None  # a held sister who writes no more shows no sign of a body
    own = {turn.protocol.id, *(one.kind for one in turn.danger.below)}  # what only sounds so has its own line there
    dying = (f"kind.{one}/brief" for one in turn.dying if one not in own)
    if (brief := next(filter(turn.says, dying), None)) is not None:
        return brief
    least = TOLD_DYING if turn.knowledge.categories[turn.danger.category].dying else TOLD
    told = {one for one, line in turn.lines.items() if turn.tells.get(one, -1) >= least and kind_in(line) in own}
    told |= turn.heard & turn.lines.keys()
    return next((turn.lines[one] for one in turn.knowledge.triage.worse_signs if one in told), None)


def lines_told(turn: Turn, least: float, danger: float | None = None) -> Iterator[str]:
    """By margin the lines for what the parts of a message tell or ask, and (`danger`) brief words of other dangers."""
    least_words = BRIEF if WHAT_NOW in turn.heard else SAYS_ENOUGH
    lines = turn.lines if len(turn.text.split()) > least_words else {}
    for name, margin in turn.tells.items() if lines else ():
        kind = name in turn.knowledge.protocols
        hardly = kind and margin < TOLD and not sounds_of(name, turn.text, turn.knowledge)
        line = f"kind.{name}/brief" if kind and not hardly and may_be_beside(turn, name) else lines.get(name)
        if line is not None and margin >= (danger if kind and danger else least) and turn.says(line):
            yield line


def may_be_beside(turn: Turn, kind: str) -> bool:
    """Whether a kind may be told beside the open danger: no less grave, none that is open already or out of reach."""
    danger, protocol, triage = turn.danger, turn.knowledge.protocols[kind], turn.knowledge.triage
    if kind in {danger.kind, *(one.kind for one in danger.below)} or protocol.of == DEATH:
        return False
    needed = not protocol.needs or not {*turn.heard, *danger.heard}.isdisjoint(protocol.needs)
    reached = needed and (kind not in triage.bodily or not out_of_reach(danger, turn.knowledge))
    reached = reached and (turn.likely or danger.level is Level.CRITICAL)  # a danger is heard at all
    reached = reached and danger.kind not in triage.part_of.get(kind, ())  # who guards them is armed
    return reached and protocol.level.rank <= danger.level.rank and protocol.holds_in(turn.facts.danger_at)


def with_beside(walked: Walked, turn: Turn) -> Walked:
    """Behind what a step says the lines for what else the message tells, while they fit the reply (P5)."""
    spoken = walked.help or (walked.ids and not walked.aside and walked.again is None)
    shut = walked.danger.reader == "reading" or WHO_ASKS in walked.ids or walked.danger.state == "over"
    if not spoken or shut or walked.danger.kind in turn.knowledge.triage.silences:
        return walked
    anew = walked.help or walked.danger.who != turn.danger.who  # the lines of what opens now, for who it is
    turn = replace(turn, danger=walked.danger) if anew else turn
    first, second = first_words(walked.danger, turn.facts, turn.knowledge) if walked.help else ((), ())
    ids, asks = (walked.ids[:-1], walked.ids[-1:]) if "".join(walked.ids[-1:]).endswith(ASKS) else (walked.ids, ())
    held = (*walked.head, *first, *ids)
    may_tell = MAY_TELL if turn.danger.given and not walked.help else TOLD  # two that open together are told surely
    rest = lines_told(turn, TOLD, may_tell) if walked.danger.state == "open" else ()
    rest = (one for one in rest if one.endswith("/brief") or not turn.dying)  # beside who dies only another danger
    passed = {f"kind.{walked.danger.kind}/brief", *(one.removesuffix(HEAD) for one in held)}
    signs = (*filter(None, (mortal_line(turn),)), *untold_below(turn.danger, turn.knowledge))
    grave = [one for one in signs if one not in passed and turn.says(one)]
    if walked.help:  # of what opens its first words tell it; of another body in danger something is said in any case
        grave = [*(one for one in grave if kind_in(one) != walked.danger.kind), *_fears(turn)]
    own = {walked.danger.kind, *(one.kind for one in walked.danger.below)}  # before what its category says
    asked = sorted((one for one in _answers(turn) if one not in passed), key=lambda one: kind_in(one) not in own)[:1]
    left = any(fitting(one, turn.facts, turn.knowledge) for one in held)  # or what was told takes all of it back
    resort = () if left else (*ways_round(turn.facts.heard, turn.knowledge), next_care(turn, turn.danger) or STILL_HERE)
    too = turn.too if left else tuple(filter(turn.says, (*turn.too, *resort)))[:1]
    forced = (*too, *grave[:1], *asked) if walked.help else too  # what opens now is no answer
    told = (line for line in (*forced, *grave, *asked, *rest) if line not in passed)
    most = (REPLY_WORDS if walked.help else LATER_WORDS) - _words(second, turn)
    must = len(asked) if walked.help else 0  # what kills is said whole
    said = within(dict.fromkeys((*held, *told)), turn, most, len(held) + len(forced) - must, must)
    ids = (*ids, *within((*said, *_unanswered(said, turn)), turn, most, len(said))[len(held) :])
    return replace(walked, ids=(*ids, *asks))


def consoled(turn: Turn) -> str | None:
    """The line for a guilt or a fear that a message surely tells, which holds in others' care, too."""
    told = (turn.lines.get(one) for one in turn.knowledge.triage.consoled if turn.tells.get(one, 0) >= TOLD)
    return next(filter(None, told), None)


def _answers(turn: Turn) -> Iterator[str]:
    """The lines for what a message plainly asks, the likeliest first."""
    if turn.question is None or turn.own_matter or turn.danger.state == "handed":
        return
    asks, first = classifier_of(turn.knowledge, Group.ASKS).names, answer_to(turn)
    sure = (turn.lines.get(one) for one, margin in turn.tells.items() if margin >= TOLD and one in asks)
    yield from filter(None, (first, *sure))


def _fears(turn: Turn) -> Iterator[str]:
    """The lines for who is afraid to call or to be seen, where no line of what is open answers the same."""
    triage = turn.knowledge.triage
    for line in chain.from_iterable(lines for one, lines in triage.obstacles.items() if one in turn.heard):
        asks = () if turn.dying else triage.fears.get(line, ())
        answered = any(turn.tells.get(one, 0) >= TOLD and one in turn.lines for one in asks)
        if line in triage.fears and not answered and turn.says(line) and turn.allows(line):
            yield line


def _unanswered(said: Sequence[str], turn: Turn) -> Sequence[str]:
    """The line that what is asked is not known, where something is and none of these texts answers a question."""
    framed = turn.heard & {WHAT_NOW, *turn.knowledge.triage.framed}
    if turn.question is None or turn.own_matter or framed or turn.danger.state == "handed":
        return ()
    asked, passed = classifier_of(turn.knowledge, Group.ASKS).names, {one.removesuffix(HEAD) for one in said}
    lines = chain(turn.lines.items(), turn.lines_said.items())
    if any(name in asked and line in passed for name, line in lines):
        return ()
    return [one for one in UNKNOWN if turn.says(one) and turn.allows(one)][:1]


def within(ids: Iterable[str], turn: Turn, most: int = LATER_WORDS, first: int = 1, must: int = 0) -> tuple[str, ...]:
    """The first of these texts, the next that must be said, and all that fit (P5): heads, whole if they can."""
    held = list[str]()
    for one in ids:
        head = f"{one}{HEAD}" if "/care" in one and len(held) >= first else one
        form = head if head == one or fitting(head, turn.facts, turn.knowledge) else one
        held += [form] if len(held) < first + must or _words([*held, form], turn) <= most else []
    for at, one in enumerate(held):
        whole = [*held[:at], one.removesuffix(HEAD), *held[at + 1 :]]
        held = whole if _words(whole, turn) <= most else held
    return tuple(held)


def _words(ids: Sequence[str], turn: Turn) -> int:
    """About how many words these texts have, with what stands for their numbers."""
    clauses = [one for text_id in ids for one in fitting(text_id, turn.facts, turn.knowledge)]
    return sum(len(one.es.split()) + NUMBER_WORDS * one.es.count("{") for one in clauses)


def _open_in(turn: Turn) -> Iterator[OpenDanger]:
    """The open danger, those below, as one of its category, and of any body that it may be."""
    danger, triage = turn.danger, turn.knowledge.triage
    yield danger
    yield from (danger.having(kind=one.kind, category=one.category, who=one.who) for one in reversed(danger.below))
    yield danger.having(kind=danger.category)
    if danger.kind in triage.bodily:
        yield danger.having(kind=BODY, category=BODY)


def answer_to(turn: Turn, among: Collection[str] = ()) -> str | None:
    """The line that answers the likeliest question of a message, `among` these if any: of what is open, else told."""
    asked = [q for one in (turn.text, turn.question) if one for q in questions_in(one, turn.knowledge)]
    own = {turn.danger.kind, *(one.kind for one in turn.danger.below)}
    said = {one: line for one, line in turn.lines_said.items() if kind_in(line) in own}
    # what is open says it again before its category says it of other scenes
    due = {one: line if kind_in(line) in own else said.get(one, line) for one, line in turn.lines.items()}
    if answers := [by[one] for by in (due, said) for one in asked if one in by and one in (among or asked)]:
        return answers[0]
    number = not among and asked[:1] == [NUMBER]
    return turn.again if number and fitting(turn.again, turn.facts, turn.knowledge) else None


def due_care(turn: Turn, danger: OpenDanger) -> Iterator[tuple[str, Care]]:
    """The care lines that were not said and fit the facts."""
    for name, care in care_of(danger, turn.knowledge):
        if name not in danger.given and fitting(name, turn.facts, turn.knowledge):
            yield name, care


def read_out(care: str | None, turn: Turn) -> tuple[str, ...]:
    """A care line; who is far reads to those who are there what the open kind has for these."""
    if care is None:
        return ()
    for_them = turn.facts.far is not None and turn.danger.who == "other" and kind_in(care) == turn.danger.kind
    return (READ_THEM, care) if for_them and "/care." in care and turn.allows(READ_THEM) else (care,)
